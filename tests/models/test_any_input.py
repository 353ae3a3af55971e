"""Whatever the input, the answer is a county or a list of problems; never a traceback."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county

from ..thorough import many
from .told import told

SOUND = Path(__file__).parent / "sound"
FILES = sorted(path.name for path in SOUND.iterdir())
PIECES = [
    b"",
    b'"',
    b",",
    b";",
    b"\n",
    b"\xff",
    b"\0",
    b"-1",
    b"\xef\xbb\xbf",
    "，".encode(),
    b"id",
    b"[",
    b"{",
    b": ",
    b"&a",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the tests share."""
    return tmp_path_factory.mktemp("any")


@settings(max_examples=many(100))
@given(
    file=st.sampled_from(FILES),
    start=st.floats(0, 1),
    length=st.integers(0, 12),
    piece=st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
)
def test_damaged_folders(place: Path, file: str, start: float, length: int, piece: bytes) -> None:
    """A piece of a file replaced by anything."""
    county = place / "county"
    shutil.rmtree(county, ignore_errors=True)
    shutil.copytree(SOUND, county)
    content = (county / file).read_bytes()
    cut = int(start * len(content))
    (county / file).write_bytes(content[:cut] + piece + content[cut + length :])
    found, problems = examine(county)
    assert found is not None or problems
    told(problems)


@cache
def packed(name: str, table_format: str, place: Path) -> bytes:
    """The example as one file."""
    write_county(
        example_county(), place / name, table_format="parquet" if table_format == "parquet" else "csv", overwrite=True
    )
    return (place / name).read_bytes()


@settings(max_examples=many(100))
@given(
    form=st.sampled_from([("county.zip", "csv"), ("county.zip", "parquet"), ("county.json", "csv")]),
    start=st.floats(0, 1),
    piece=st.binary(min_size=1, max_size=4),
)
def test_damaged_files(place: Path, form: tuple[str, str], start: float, piece: bytes) -> None:
    """Some bytes of an archive or a document changed."""
    content = packed(*form, place)
    cut = int(start * len(content))
    broken = place / f"broken{Path(form[0]).suffix}"
    broken.write_bytes(content[:cut] + piece + content[cut + len(piece) :])
    found, problems = examine(broken)
    assert found is not None or problems
    told(problems)


@settings(max_examples=many(60))
@given(start=st.floats(0, 1), piece=st.binary(min_size=1, max_size=4))
def test_damaged_parquet(place: Path, start: float, piece: bytes) -> None:
    """Some bytes of a Parquet table changed."""
    county = place / "parquet"
    write_county(example_county(), county, table_format="parquet", overwrite=True)
    table = county / "households.parquet"
    content = table.read_bytes()
    cut = int(start * len(content))
    table.write_bytes(content[:cut] + piece + content[cut + len(piece) :])
    told(examine(county)[1])


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)
    ),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.text(max_size=5), inside, max_size=3)),
    max_leaves=5,
)


@cache
def document() -> Any:
    """The small sound document."""
    return json.loads((SOUND.parent / "sound.json").read_text(encoding="utf-8"))


@settings(max_examples=many(100))
@given(data=st.data(), value=VALUES)
def test_documents_with_anything_in_them(place: Path, data: st.DataObject, value: Any) -> None:
    """Any value at any place of a document."""
    content = json.loads(json.dumps(document()))
    spot = content
    while True:
        key = data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot))))
        inside = spot[key]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.booleans()):
            spot[key] = value
            break
        spot = inside
    (place / "any.json").write_text(json.dumps(content), encoding="utf-8")
    found, problems = examine(place / "any.json")
    assert found is not None or problems
    told(problems)
