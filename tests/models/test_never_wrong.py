"""Damaged CSV, JSON and Parquet: a list of problems, or exactly the county that the file now says."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county
from liftplan.models.rows import TABLES

from ..thorough import many

SOUND = Path(__file__).parent / "sound"
CSV = sorted(path.stem for path in SOUND.glob("*.csv"))
TRUTH = {"true": True, "1": True, "是": True, "yes": True, "false": False, "0": False, "否": False, "no": False}
PIECES = ["", ",", "\n", '"', ";", "0", "5", "-", ".", "１", " ", "　", "v01", "water", "是", "，", "#"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the tests share."""
    return tmp_path_factory.mktemp("never")


@cache
def sound() -> County:
    """The sound county."""
    county, _ = examine(SOUND)
    assert county is not None
    return county


def meant(cell: str, constraint: Constraint) -> Any:
    """What a cell of CSV means, worked out apart from the readers."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    if constraint.kind == "list":
        return (
            tuple(part.strip() for part in cell.replace("；", ";").split(";") if part.strip())
            or constraint.default
            or ()
        )
    if constraint.kind == "text":
        tight = constraint.identifier or bool(constraint.choices)
        return (cell.strip() if tight else cell) or constraint.default or ""
    if not plain:
        return constraint.default
    if constraint.kind == "bool":
        return TRUTH[plain.lower()]
    number = float(plain.replace(",", ""))
    assert constraint.kind == "float" or number == int(number)
    return number if constraint.kind == "float" else int(number)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; an absent number is the same as another."""
    return bool(one == other) or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


@settings(max_examples=many(80))
@given(table=st.sampled_from(CSV), start=st.floats(0, 1), cut=st.integers(0, 4), piece=st.sampled_from(PIECES))
def test_csv_says_what_stands_there(place: Path, table: str, start: float, cut: int, piece: str) -> None:
    """A table with a piece replaced is read cell by cell as it now stands; the other tables are the same."""
    folder = place / "county"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOUND, folder)
    text = (folder / f"{table}.csv").read_text(encoding="utf-8-sig")
    spot = int(start * len(text))
    text = text[:spot] + piece + text[spot + cut :]
    (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    found, problems = examine(folder)
    assert found is not None or problems
    if found is None:
        return
    assert (found.head, found.policy) == (sound().head, sound().policy)
    assert all(found[name] == sound()[name] for name in TABLES if name != table)
    header, *rows = list(csv.reader(io.StringIO(text, newline="")))
    names = [name.strip() for name in header]
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found[table]) == len(filled)
    for field, constraint in constraints(TABLES[table]).items():
        column = names.index(field) if field in names else -1
        for value, row in zip(found[table][field].tolist(), filled, strict=True):
            assert same(value, meant(row[column], constraint) if column >= 0 else constraint.default)


@cache
def document() -> Any:
    """The example as a document."""
    return json.loads((SOUND.parent / "sound.json").read_text(encoding="utf-8"))


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5000),
    st.floats(0, 10, allow_nan=False),
    st.sampled_from(["d", "f", "v", "industry", "fiscal", "甲", "", " ", "5", []]),
    st.lists(st.sampled_from(["industry", "measures", "grant", "x"]), max_size=2),
)


@settings(max_examples=many(80))
@given(data=st.data(), value=VALUES)
def test_json_says_what_stands_there(place: Path, data: st.DataObject, value: Any) -> None:
    """A document with any value in any row is read as it now stands."""
    content = json.loads(json.dumps(document()))
    table = data.draw(st.sampled_from(sorted(content["tables"])))
    field = data.draw(st.sampled_from(sorted(TABLES[table].model_fields)))
    content["tables"][table][0][field] = value
    (place / "any.json").write_text(json.dumps(content), encoding="utf-8")
    found, problems = examine(place / "any.json")
    assert found is not None or problems
    if found is None:
        return
    for name, rows in content["tables"].items():
        for one, constraint in constraints(TABLES[name]).items():
            for read, row in zip(found[name][one].tolist(), rows, strict=True):
                written = row.get(one, constraint.default)
                assert same(read, tuple(written) if isinstance(written, list) else written)
                assert isinstance(read, bool) == isinstance(written, bool)


@settings(max_examples=many(40))
@given(start=st.floats(0, 1), piece=st.binary(min_size=1, max_size=4))
def test_damaged_parquet_is_no_other_county(place: Path, start: float, piece: bytes) -> None:
    """Some bytes of a Parquet table changed: it is refused, or nothing that matters was hit."""
    folder = place / "parquet"
    write_county(example_county(), folder, table_format="parquet", overwrite=True)
    content = (folder / "households.parquet").read_bytes()
    spot = int(start * len(content))
    (folder / "households.parquet").write_bytes(content[:spot] + piece + content[spot + len(piece) :])
    found, problems = examine(folder)
    assert found is not None or problems
    assert found is None or found == example_county()
