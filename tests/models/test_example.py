"""The example county: what people start from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from liftplan.models.constraints import constraints
from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county
from liftplan.models.messages import LANGUAGES, speaking
from liftplan.models.rows import TABLES
from liftplan.solver import reference


def test_names_are_in_both_languages() -> None:
    """Whatever has an English name has one, and a Chinese one."""
    for table in example_county().tables.values():
        if "name_en" in table.columns:
            assert all(table["name_en"].tolist())
            assert all(any(sign > "\u4e00" for sign in name) for name in table["name"].tolist())


def test_every_table_but_budgets_has_rows() -> None:
    """People see each table filled; budgets differ from the funds' own amounts in no year."""
    assert [name for name, table in example_county().tables.items() if not len(table)] == ["budgets"]


def test_most_columns_show_how_they_are_filled() -> None:
    """Of the columns with a default at least three quarters hold something else somewhere."""
    filled = []
    for name, table in example_county().tables.items():
        if not len(table):
            continue
        for column, constraint in constraints(TABLES[name]).items():
            if not constraint.required:
                values = [value for value in table[column].tolist() if value == value]  # noqa: PLR0124
                filled.append(any(value != constraint.default for value in values))
    assert np.mean(filled) > 0.75


def test_best_plan_lifts_most_but_not_all() -> None:
    """The example can be solved, and money is short: 28 of 30 people out of poverty, proved by the reference model."""
    answer = reference.solve(example_county())
    assert answer.status == "optimal"
    assert answer.evaluation is not None
    assert answer.evaluation.totals.people_lifted == 28
    assert answer.evaluation.already_out == ("v01-h004",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_one_name_is_told_in_the_language_of_the_reader(language: str) -> None:
    """Who asks for the example in Chinese gets sources, rows of R4 and townships in Chinese, in English without it."""
    with speaking(language):
        county = example_county()
    sources = county.head.sources
    assert [source.kind for source in sources] == ["stated", "synthetic"]
    texts = [text for source in sources for text in (source.subject, source.note)]
    texts += [county.policy.R3.source, *(row.name for row in county.policy.R4.rows), *county["villages"]["township"]]
    assert all((max(text) > "\u4e00") == (language == "zh") for text in texts)
    assert language == "en" or not any("a" <= sign.lower() <= "z" for text in texts for sign in text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["county.xlsx", "county.json", "county"])
def test_example_reads_back_the_same(form: str, language: str, tmp_path: Path) -> None:
    """In either language each form holds the example without a doubt."""
    with speaking(language):
        county = example_county()
        write_county(county, tmp_path / form)
        assert examine(tmp_path / form) == (county, [])
