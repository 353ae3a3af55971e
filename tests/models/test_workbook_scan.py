"""The two ways to look through a sheet agree, and neither lets through what another reader may take otherwise."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.files.workbook import scan as scanning
from liftplan.models.files.workbook.cells import column_of, letters
from liftplan.models.files.workbook.scan import scan
from liftplan.models.files.workbook.usual import ScanFault, references_of

from .sheets import Error, Formula, Percent, sheet_xml

PERCENT = frozenset({2})
VALUES = st.one_of(st.none(), st.integers(0, 9), st.text("ab<&>\"'c", max_size=3), st.booleans())
BLANK = st.sampled_from(["", "<v/>", "<v></v>", "<v />"])
ODD = st.one_of(
    VALUES, st.builds(Formula, st.just("1+1"), st.sampled_from([None, 2, ""]), BLANK), st.just(Error("#N/A"))
)


@given(st.lists(st.lists(VALUES, max_size=30), max_size=5))
def test_the_quick_look_sees_what_the_close_one_sees(rows: list[list[object]]) -> None:
    """Where nothing is unusual both find the same."""
    xml = sheet_xml(rows).encode()
    assert scan(xml, PERCENT) == scanning._Events(PERCENT).scan(xml)


@given(st.lists(st.lists(ODD, max_size=4), max_size=4), st.sets(st.integers(1, 4)))
def test_what_is_unusual_is_found(rows: list[list[object]], hidden: set[int]) -> None:
    """Formulas without a value, errors and hidden rows, each in its place."""
    found = scan(sheet_xml(rows, hidden_rows=sorted(hidden)).encode(), PERCENT)
    cells = {(row, place): value for row, line in enumerate(rows) for place, value in enumerate(line)}
    assert found.formulas == {
        cell for cell, value in cells.items() if isinstance(value, Formula) and value.value is None
    }
    assert set(found.errors) == {cell for cell, value in cells.items() if isinstance(value, Error)}
    assert found.hidden_rows == [row - 1 for row in sorted(hidden) if row <= len(rows)]


PIECES = [
    *(
        "<",
        ">",
        "&",
        '"',
        "'",
        "</row>",
        "<row>",
        '<row r="9"/>',
        "<c/>",
        '<c r="B9"/>',
        "<f>1</f>",
        ' hidden="1"',
        "]]>",
    ),
    *(
        "<!-- -->",
        "<!--",
        "<![CDATA[",
        "\x01",
        "\uffff",
        "&#1;",
        "&bad;",
        "</sheetData>",
        "<sheetData>",
        "<?x",
        "?>",
        ' r="1"',
    ),
    *('<x:c r="C9"><v>1</v></x:c>', '<c r="D9" t="e"><v>1</v></c>', "<v>1</v>", '<col hidden="true"/>', ' hidden="0"'),
]


@settings(max_examples=600)
@given(
    st.lists(st.lists(VALUES, min_size=1, max_size=3), max_size=3),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 12), st.sampled_from(PIECES)), max_size=3),
)
def test_a_quick_look_is_enough_only_where_a_close_one_would_find_nothing(
    rows: list[list[object]], edits: list[tuple[int, int, str]]
) -> None:
    """Whatever is done to a sheet: if its cells are named at once, it is XML without formula, error or hidden row."""
    xml = sheet_xml(rows)
    for place, length, piece in edits:
        start = place % (len(xml) + 1)
        xml = xml[:start] + piece + xml[start + length :]
    content = xml.encode()
    try:
        references = references_of(content)
    except ScanFault:
        return
    if references is None:
        return
    names: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, attributes: names.append(attributes["r"]) if name == "c" else None
    parser.Parse(content, True)
    assert names == [name.decode() for name in references]
    try:
        found = scanning._Events(frozenset()).scan(content)
    except ScanFault:
        return  # it looks at the rows as well
    assert found.formulas | set(found.errors) == set()
    assert found.hidden_rows + found.hidden_columns == []


def test_a_plain_sheet_is_looked_at_quickly() -> None:
    """Cells as Excel, LibreOffice, WPS and this program write them need no closer look; formulas and hidden rows do."""
    head, tail = b'<worksheet><cols><col hidden="false" min="1"/></cols><sheetData>', b"</sheetData></worksheet>"
    row = b'<row r="1" spans="1:3" customFormat="false" hidden="false" x14ac:dyDescent="0.25">'
    cells = b'<c r="A1" s="12" t="s"><v>3</v></c><c r="B1"><v>-1.5E-3</v></c><c r="C1" s="1"/>'
    text = '<c r="D1" t="inlineStr"><is><t xml:space="preserve"> 秭归（县） &amp; </t></is></c>'.encode()
    names = [b"A1", b"B1", b"C1", b"D1"]
    assert references_of(head + row + cells + text + b"</row>" + tail) == names
    for closer in (b'<c r="E1"><f>1</f><v>1</v></c>', b'</row><row hidden="1">', b"<!-- -->"):
        assert references_of(head + row + cells + text + closer + b"</row>" + tail) is None


def test_percentages_are_found() -> None:
    """Cells whose format shows a percentage are told from others."""
    assert scan(sheet_xml([[1, Percent(0.5)]]).encode(), PERCENT).percents == {(0, 1)}
    assert scan(sheet_xml([[1, Percent(0.5)]]).encode(), frozenset()).percents == set()


def prefixed(xml: str) -> str:
    """The same sheet as some programs write it."""
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        xml = xml.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
    return xml.replace("xmlns=", "xmlns:x=").replace("<x:cols", "<cols")


def test_other_ways_to_write_the_same() -> None:
    """Prefixes, single quotation marks, comments, rows and cells without names."""
    plain = sheet_xml([[1, "a"], [None, 5]])
    other = [
        prefixed(plain),
        plain.replace('"', "'"),
        plain.replace("<sheetData>", "<!-- --><sheetData>"),
        plain.replace(' r="1"', "").replace(' r="2"', "").replace(' r="A1"', "").replace(' r="B1"', ""),
    ]
    for xml in other:
        assert scan(xml.encode(), PERCENT) == scan(plain.encode(), PERCENT)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml.replace('"A2"', '"A1"'),
        lambda xml: xml.replace('"B1"', '"A1"'),
        lambda xml: xml.replace('"A1"', '"C1"'),
        lambda xml: xml.replace('"A2"', '"XFE2"'),
        lambda xml: xml.replace('"A2"', '"A1048577"'),
        lambda xml: xml.replace("<row", "<!-- --><row", 1).replace('<row r="2"', '<row r="1"'),
        lambda xml: xml.replace("<row", "<!-- --><row", 1).replace('<row r="2"', '<row r="1048577"'),
        lambda xml: xml.replace("<row", "<!-- --><row", 1).replace('"A2"', '"A3"'),
        lambda xml: xml.replace("</row>", "", 1),
        lambda xml: xml[:-5],
        lambda xml: "<!DOCTYPE x>" + xml.partition("?>")[2],
    ],
)
def test_sheets_that_could_be_read_in_two_ways_are_refused(spoil: Callable[[str], str]) -> None:
    """Cells twice, out of order or beyond Excel's last one, and XML that is none."""
    xml = sheet_xml([[1, 2], [3, 4]])
    assert spoil(xml) != xml
    with pytest.raises(ScanFault):
        scan(spoil(xml).encode(), PERCENT)


@given(st.integers(0, 16_383))
def test_columns_are_named_as_excel_names_them(column: int) -> None:
    """Letters and numbers of columns belong to each other."""
    assert column_of(letters(column)) == column
    assert [letters(place) for place in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
