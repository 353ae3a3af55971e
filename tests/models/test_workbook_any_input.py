"""Whatever happens to a workbook: a list of problems, or a county that differs only where it was touched."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county
from liftplan.models.messages import speaking

from ..thorough import many
from .sheets import Error, Formula, Percent, cell_xml, packed, workbook
from .smallbook import small_book
from .told import told

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)')
TABLES = {"部门": "departments", "用途": "purposes", "需求": "needs", "资金": "funds", "村": "villages"} | {
    "村级项目": "projects",
    "贫困户": "households",
    "到户措施": "measures",
    "费用": "costs",
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=5),
    st.sampled_from(
        ["v01", "poverty", "是", "１２", "1.5万", "财政扶贫资金", "water;water", "=1+1", "2015-10-31", "编号"]
    ),
    st.builds(Formula, st.just("1+1"), st.sampled_from([None, 2, "v01"])),
    st.just(Error("#N/A")),
    st.builds(Percent, st.floats(0, 2)),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workbooks are written."""
    return tmp_path_factory.mktemp("any") / "county.xlsx"


@cache
def sound() -> County:
    """The small county, whose values `test_workbook` checks one by one."""
    county, _ = examine(Path(__file__).parent / "broken" / "xlsx-hidden.xlsx")
    assert county is not None
    return county


@cache
def example(place: Path) -> bytes:
    """The example's workbook in Chinese."""
    with speaking("zh"):
        write_county(example_county(), place, overwrite=True)
    return place.read_bytes()


@settings(max_examples=many(80))
@given(start=st.floats(0, 1), piece=st.binary(min_size=1, max_size=4), cut=st.integers(0, 3))
def test_damaged_bytes(place: Path, start: float, piece: bytes, cut: int) -> None:
    """Bytes of the file changed, added or lost: it is refused, or it is the same county."""
    content = workbook(small_book())
    spot = int(start * len(content))
    place.write_bytes(content[:spot] + piece + content[spot + cut :])
    found, problems = examine(place)
    told(problems)
    assert found is None or found == sound()
    assert found is not None or problems


PIECES = [
    "",
    "<",
    ">",
    '"',
    "<c/>",
    "</c>",
    "&",
    "&#65;",
    "<!--",
    "-->",
    "9",
    "A",
    't="s"',
    "<row>",
    "\ufffd",
    "<f/>",
    " ",
]


@settings(max_examples=many(80))
@given(data=st.data(), piece=st.sampled_from(PIECES), cut=st.integers(0, 6))
def test_damaged_xml(place: Path, data: st.DataObject, piece: str, cut: int) -> None:
    """What is inside changed, with sums that fit: no traceback, and tables of other sheets are the same."""
    with zipfile.ZipFile(io.BytesIO(workbook(small_book()))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    spot = data.draw(st.integers(0, len(parts[name])))
    place.write_bytes(packed({**parts, name: parts[name][:spot] + piece + parts[name][spot + cut :]}))
    found, problems = examine(place)
    told(problems)
    assert found is not None or problems
    if found is not None and name.startswith("xl/worksheets/"):
        sheet = list(small_book())[int(re.sub(r"\D", "", name)) - 1]
        assert all(found[table] == sound()[table] for title, table in TABLES.items() if title != sheet)


@settings(max_examples=many(100))
@given(data=st.data(), value=VALUES)
def test_any_value_in_any_cell(place: Path, data: st.DataObject, value: object) -> None:
    """A cell replaced by anything: a problem, or a county that differs in that cell alone."""
    sheet = data.draw(st.sampled_from(sorted(TABLES)))
    book = small_book()
    row = data.draw(st.integers(1, len(book[sheet]) - 1))
    column = data.draw(st.integers(0, len(book[sheet][0]) - 1))
    book[sheet][row][column] = value
    place.write_bytes(workbook(book))
    found, problems = examine(place)
    told(problems)
    assert found is not None or problems
    if found is None:
        return
    assert (found.head, found.policy) == (sound().head, sound().policy)
    for name, table in found.tables.items():
        if name != TABLES[sheet]:
            assert table == sound()[name]
            continue
        assert len(table) == len(sound()[name])
        changed = {
            (field, line)
            for field in table.columns
            for line, (new, old) in enumerate(zip(table[field].tolist(), sound()[name][field].tolist(), strict=True))
            if new != old and new == new  # noqa: PLR0124 - an absent number is not equal to itself
        }
        assert {line for _, line in changed} <= {row - 1}
        assert len(changed) <= 1


@settings(max_examples=many(40))
@given(data=st.data(), value=VALUES)
def test_any_value_in_any_cell_of_the_example(place: Path, data: st.DataObject, value: object) -> None:
    """The same in a workbook as it is written, settings, headers and explanations included: never a traceback."""
    with zipfile.ZipFile(io.BytesIO(example(place))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))))
    cells = list(CELL.finditer(parts[name].decode()))
    cell = data.draw(st.sampled_from(cells))
    text = parts[name].decode()
    new = cell_xml(cell[1], value) if value is not None else ""
    place.write_bytes(packed({**parts, name: text[: cell.start()] + new + text[cell.end() :]}))
    found, problems = examine(place)
    told(problems)
    assert found is not None or problems
