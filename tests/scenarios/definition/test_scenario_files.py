"""Scenario files: order of overrides, what extends what, matrices, and what is said of files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import liftplan
from liftplan.models.problems import InputProblems, Problem
from liftplan.scenarios.definition import definition, definitions, library_names
from liftplan.scenarios.overrides.apply import apply_one


def written(folder: Path, **files: str) -> Path:
    """Files in a folder, named `NAME.yaml`."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a scenario file."""
    with pytest.raises(InputProblems) as caught:
        definitions(path)
    return caught.value.problems


def test_overrides_of_what_is_extended_come_first(tmp_path: Path) -> None:
    """In the order of `extends`, then the file's own: the last one wins."""
    written(
        tmp_path,
        child="extends: [first.yaml, second.yaml]\noverrides: [policy.R3.minimum = 3]",
        first="overrides:\n  - policy.R3.minimum = 1\n  - policy.R5.minimum = 1",
        second="overrides: policy.R3.minimum = 2",
    )
    found = definition(tmp_path / "child.yaml")
    assert found.name == "child"
    assert found.overrides == (
        "policy.R3.minimum = 1",
        "policy.R5.minimum = 1",
        "policy.R3.minimum = 2",
        "policy.R3.minimum = 3",
    )


def test_built_in_scenarios_can_be_extended(tmp_path: Path) -> None:
    """By their names, one of a matrix too; `separate` is handed on."""
    written(tmp_path, mine="name: mine\nextends: [separate, budgets+10]\noverrides: [poverty_line = 3000]")
    found = definition(tmp_path / "mine.yaml")
    assert found.separate
    assert found.overrides == ("funds[integrable=true].amount x 1.1", "poverty_line = 3000")


def test_what_comes_in_twice_is_applied_once(tmp_path: Path) -> None:
    """Two scenarios that extend the same third one do not cut its money twice."""
    written(
        tmp_path,
        child="extends: [a.yaml, b.yaml]",
        a="extends: [cut.yaml]\noverrides: [policy.R3.minimum = 1]",
        b="extends: [cut.yaml]\noverrides: [policy.R5.minimum = 1]",
        cut="overrides: [funds.amount x 0.5]",
    )
    found = definition(tmp_path / "child.yaml").overrides
    assert found == ("funds.amount x 0.5", "policy.R3.minimum = 1", "policy.R5.minimum = 1")


def test_a_circle_is_refused(tmp_path: Path) -> None:
    """The files of the circle are named, and the line that closes it."""
    written(tmp_path, a="extends:\n  - b.yaml", b="extends: [c.yaml]", c="name: c\nextends:\n  - a.yaml")
    (problem,) = problems(tmp_path / "a.yaml")
    assert problem.code == "scenario-cycle"
    assert "a.yaml → b.yaml → c.yaml → a.yaml" in str(problem.message)
    assert (Path(problem.place.file).name, problem.place.row) == ("c.yaml", 3)


def test_a_matrix_makes_every_combination(tmp_path: Path) -> None:
    """Values stand in overrides as `{axis}`, or have overrides of their own; names are made of the labels."""
    written(
        tmp_path,
        sweep=(
            "matrix:\n"
            "  share: [0.5, 2]\n"
            "  rule:\n"
            "    fixed: policy.R2.purpose_rule = fixed\n"
            "    '+all': [policy.R2.purpose_rule = pooled, poverty_line = 3000]\n"
            "overrides:\n"
            "  - funds.amount x {share}\n"
        ),
    )
    found = definitions(tmp_path / "sweep.yaml")
    assert [one.name for one in found] == ["sweep-0.5-fixed", "sweep-0.5+all", "sweep-2-fixed", "sweep-2+all"]
    assert found[1].overrides == ("funds.amount x 0.5", "policy.R2.purpose_rule = pooled", "poverty_line = 3000")


def test_one_scenario_of_a_matrix_has_an_address(tmp_path: Path) -> None:
    """`FILE#NAME` is one of them; the file alone is several, which is told where one is wanted."""
    written(tmp_path, sweep="matrix: {share: [0.5, 2]}\noverrides: 'funds.amount x {share}'")
    path = tmp_path / "sweep.yaml"
    assert definition(f"{path}#sweep-2").overrides == ("funds.amount x 2",)
    with pytest.raises(InputProblems, match="is 2 scenarios") as caught:
        definition(path)
    assert "#sweep-0.5" in str(caught.value.problems[0].way_out)
    with pytest.raises(InputProblems, match="has no scenario sweep-3") as caught:
        definition(f"{path}#sweep-3")
    assert "sweep-2" in str(caught.value.problems[0].way_out)


@pytest.mark.parametrize(
    ("text", "code", "line", "way_out"),
    [
        ("", "empty-file", 0, "name and overrides"),
        ("- a", "yaml", 0, "Correct"),
        ("name: a\nname: b", "field-twice", 2, "right one"),
        ("name: a\noverride: [x]", "field-unknown", 2, "overrides"),
        ("name: a/b", "value", 1, "another name"),
        ("name: pooled", "scenario-name", 1, "another name"),
        ("name: [a]", "value", 1, "one text"),
        ("name: a\nmethod: seperate", "value", 2, "separate"),
        ("name: a\noverrides:\n  - {a: 1}", "value", 3, "behind a dash"),
        ("name: a\noverrides:\n  - policy.R3.minimum = 5\n  - 5", "value", 4, "behind a dash"),
        ("name: a\nmatrix: 5", "value", 2, "matrix:"),
        ("name: a\nmatrix:\n  share: 5", "value", 3, "matrix:"),
        ("name: a\nmatrix:\n  share: [1, 1]\noverrides: ['funds.amount x {share}']", "value", 3, "once"),
        ("name: a\nmatrix:\n  share: [1, 2]", "matrix-idle", 3, "where the value belongs"),
        ("name: a\nextends: [poold]", "scenario-unknown", 2, "pooled"),
        ("name: a\nextends:\n  - gone.yaml", "scenario-missing", 3, "Check the name"),
        ("name: a\nextends: [budgets]", "scenario-several", 2, "budgets+10"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    tmp_path: Path, text: str, code: str, line: int, way_out: str
) -> None:
    """Place, and the way out."""
    written(tmp_path, wrong=text)
    (problem,) = problems(tmp_path / "wrong.yaml")
    assert (problem.code, problem.place.row) == (code, line)
    assert Path(problem.place.file).name == "wrong.yaml"
    assert way_out in str(problem.way_out)


def test_an_override_that_means_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    """The place is that in the file, not that on the command line."""
    written(tmp_path, mine="name: mine\noverrides:\n  - poverty_line = 3000\n  - funds[department=povert].amount x 2")
    with pytest.raises(InputProblems) as caught:
        liftplan.under("tiny", tmp_path / "mine.yaml")
    (problem,) = caught.value.problems
    assert (Path(problem.place.file).name, problem.place.row) == ("mine.yaml", 4)


def test_a_matrix_cannot_be_without_end(tmp_path: Path) -> None:
    """More scenarios than anybody can look at are refused before they are made."""
    axes = "".join(f"  a{axis}: [{', '.join(map(str, range(100)))}]\n" for axis in range(3))
    written(tmp_path, big=f"overrides: ['funds.amount x {{a0}}{{a1}}{{a2}}']\nmatrix:\n{axes}")
    (problem,) = problems(tmp_path / "big.yaml")
    assert problem.code == "matrix-size"


@pytest.mark.parametrize("name", library_names())
def test_every_built_in_scenario_fits_the_built_in_county(name: str) -> None:
    """Each is read; each changes `tiny` or, if it names rows that only the large county has, says so."""
    found = definition(name)
    assert found.note
    try:
        scenario = liftplan.under("tiny", name)
    except InputProblems as error:
        (code,) = {problem.code for problem in error.problems}
        lacking = {"R4-ndrc": "override-none", "R4-finance": "override-none", "own_shares": "reference"}
        assert code in {lack for part, lack in lacking.items() if part in name}
    else:
        assert len(scenario.applied) == len(found.lines)


def test_library_fits_the_large_county() -> None:
    """All built-in scenarios mean something in `zigui-2015`."""
    county = liftplan.load("zigui-2015")
    changing = set()
    for name in library_names():
        for text in definition(name).overrides:
            changed, _ = apply_one(county, text)
            if changed != county:
                changing.add(name)
    assert set(library_names()) - changing == {"base", "fixed", "growth+10", "separate"}
