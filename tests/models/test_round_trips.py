"""A county is the same in every form."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.county import County, Source
from liftplan.models.example import example_county
from liftplan.models.files import examine, read_county, write_county
from liftplan.models.files.lists import join, split
from liftplan.models.tables import Table, kinds
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES

from ..thorough import many

FORMS = [
    ("county", "csv"),
    ("county", "parquet"),
    ("county.json", "csv"),
    ("county.zip", "csv"),
    ("c.zip", "parquet"),
    ("c.xlsx", "csv"),
]
"""Name to write to, and format of the tables."""

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
).filter(str.strip)
"""Texts that a name may be: anything but halves of characters, and two that a workbook cannot hold."""


def through(county: County, place: Path, form: tuple[str, str], *, overwrite: bool = False) -> County:
    """The county, written and read back."""
    name, tables = form
    write_county(county, place / name, table_format="parquet" if tables == "parquet" else "csv", overwrite=overwrite)
    found, problems = examine(place / name)
    assert found is not None, problems
    return found


@st.composite
def counties(draw: st.DrawFn) -> County:
    """Small counties under any rules, with texts and lists of texts of all kinds."""
    hard = draw(st.sets(st.sampled_from(HARD_RULES), max_size=2))
    soft = draw(st.sets(st.sampled_from(SOFT_RULES), max_size=2)) - hard
    county = random_small(draw(st.integers(0, 10**6)), hard=sorted(hard), soft=sorted(soft))
    villages, projects = county["villages"], county["projects"]
    names, units = villages["name"].copy(), villages["member_units"].copy()
    names[0] = draw(TEXTS)
    units[0] = tuple(dict.fromkeys(draw(st.lists(TEXTS, max_size=3))))
    longitude = projects["longitude"].copy()
    longitude[:1] = draw(st.floats(-180, 180))
    head = county.head.model_copy(
        update={"name": draw(TEXTS), "sources": (Source(subject=draw(TEXTS), kind="assumption", note=draw(TEXTS)),)}
    )
    return dataclasses.replace(
        county.with_tables(
            villages=villages.replace(name=names, member_units=units), projects=projects.replace(longitude=longitude)
        ),
        head=head,
    )


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\t", "\n", "：", "'", '"', "#", "\ufeff"])
def test_signs_inside_texts_survive(tmp_path: Path, sign: str) -> None:
    """Line breaks of all kinds, and signs that mean something in YAML or CSV, anywhere in a text."""
    text = f"{sign}a{sign} {sign}b{sign}"
    county = example_county()
    head = county.head.model_copy(update={"name": text, "sources": (Source(subject=text, kind="stated", note=text),)})
    names = county["needs"]["name"].copy()
    names[0] = text
    county = dataclasses.replace(county.with_tables(needs=county["needs"].replace(name=names)), head=head)
    for form in FORMS:
        assert through(county, tmp_path, form, overwrite=True) == county


@settings(max_examples=many(40))
@given(county=counties(), form=st.sampled_from(FORMS))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, county: County, form: tuple[str, str]
) -> None:
    """Whatever the texts, a county and its digest survive each form."""
    found = through(county, tmp_path_factory.mktemp("county"), form)
    assert found == county
    assert found.digest == county.digest


@pytest.mark.parametrize("form", FORMS, ids="-".join)
def test_every_field_survives(tmp_path: Path, form: tuple[str, str]) -> None:
    """The example, whose fields are nearly all filled, is the same in each form, types of columns included."""
    county = example_county()
    found = through(county, tmp_path, form)
    assert found == county
    for name, table in found.tables.items():
        assert {column: values.dtype for column, values in table.columns.items()} == {
            column: values.dtype for column, values in county[name].columns.items()
        }


def test_forms_follow_each_other_without_loss(tmp_path: Path) -> None:
    """From form to form to form nothing is lost."""
    county = found = random_small(7, hard=["R4"], soft=["R10"])
    for form in FORMS:
        found = through(found, tmp_path, form, overwrite=True)
    assert found == county


@pytest.mark.parametrize("form", FORMS, ids="-".join)
def test_same_county_same_bytes(tmp_path: Path, form: tuple[str, str]) -> None:
    """Written twice, a county gives the same bytes: nothing depends on time or place."""
    contents = []
    for place in (tmp_path / "one", tmp_path / "two"):
        place.mkdir()
        through(example_county(), place, form)
        files = sorted(path for path in place.rglob("*") if path.is_file())
        contents.append([(path.relative_to(place), path.read_bytes()) for path in files])
    assert contents[0] == contents[1]


def test_order_of_rows_is_kept_but_not_in_the_digest(tmp_path: Path) -> None:
    """Rows come back in the order in which they stand; the digest does not care."""
    county = example_county()
    order = np.arange(len(county["measures"]))[::-1]
    turned = county.with_tables(measures=county["measures"].take(order))
    found = through(turned, tmp_path, FORMS[0])
    assert found == turned != county
    assert found.digest == county.digest


def test_tables_without_rows_have_no_file(tmp_path: Path) -> None:
    """An empty table is left out and comes back empty."""
    county = example_county().with_tables(accounts=Table.empty(example_county()["accounts"].schema))
    write_county(county, tmp_path / "county")
    assert not (tmp_path / "county" / "accounts.csv").exists()
    assert read_county(tmp_path / "county") == county


@given(st.lists(st.text(max_size=8), max_size=4))
def test_lists_in_a_cell_are_split_as_they_were_joined(entries: list[str]) -> None:
    """Whatever entries hold - separators, quotation marks, blanks, nothing - a cell gives them back."""
    assert split(join(tuple(entries))) == tuple(entries)


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("", ()),
        (" ; ", ()),
        ("a;b", ("a", "b")),
        (" a ；b ; ", ("a", "b")),
        ('"a;b";c', ("a;b", "c")),
        ('5" pipe;c', ('5" pipe', "c")),
    ],
)
def test_lists_as_people_type_them(cell: str, entries: tuple[str, ...]) -> None:
    """Blanks and empty entries do not count; full-width separators do."""
    assert split(cell) == entries


def test_every_kind_of_column_is_tried() -> None:
    """The example fills at least one cell of each kind with something else than its default."""
    filled = {
        kinds(table.schema)[name]
        for table in example_county().tables.values()
        for name, values in table.columns.items()
        if len(set(values.tolist())) > 1
    }
    assert filled == {"int", "float", "bool", "text", "list"}
