"""Public files: villages only, small groups suppressed, formulas escaped."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import highspy
import numpy as np
import openpyxl
from hypothesis import given
from hypothesis import strategies as st

import liftplan
from liftplan.service.public.cells import escaped, plain
from liftplan.service.public.suppress import SMALLEST, Group, Published, suppressed
from liftplan.service.public.write import public_rows, write_public

few = st.one_of(st.integers(0, 14), st.integers(0, 60))
county = st.lists(st.lists(st.tuples(few, few, few), min_size=1, max_size=5), min_size=1, max_size=4)


def named(parts: list[list[tuple[int, int, int]]]) -> dict[str, list[Group]]:
    """Townships with their villages."""
    return {f"t{i}": [Group(f"t{i}v{j}", one) for j, one in enumerate(village)] for i, village in enumerate(parts)}


def small(value: int) -> bool:
    """Whether this many people are a small group."""
    return 0 < value < SMALLEST


@given(county)
def test_no_small_group_is_published(parts: list[list[tuple[int, int, int]]]) -> None:
    """No figure that is shown, of a village, a township or the county, is about one to nine people."""
    sums = named(parts)
    may = suppressed(sums)
    shown = [one.parts for groups in sums.values() for one in groups if one.key in may.groups]
    shown += [total(groups) for name, groups in sums.items() if name in may.sums]
    shown += [total([one for groups in sums.values() for one in groups])] if may.total else []
    assert not [figures for figures in shown if any(small(value) for value in (*figures, sum(figures)))]


@given(county)
def test_no_figure_left_out_can_be_worked_out(parts: list[list[tuple[int, int, int]]]) -> None:
    """No linear program over what is published pins down a small group that was left out: its range is wider."""
    sums = named(parts)
    may = suppressed(sums)
    for part in range(3):
        for at, value in ((at, one.parts[part]) for at, one in enumerate(flat(sums)) if one.key not in may.groups):
            if small(value):
                low, high = span(sums, may, part, at)
                assert high - low > 0.5
                assert high >= SMALLEST or low < 0.5


def total(groups: list[Group]) -> tuple[int, ...]:
    """People of groups together."""
    return tuple(sum(one.parts[part] for one in groups) for part in range(3))


def flat(sums: dict[str, list[Group]]) -> list[Group]:
    """All villages in order."""
    return [one for groups in sums.values() for one in groups]


def span(sums: dict[str, list[Group]], may: Published, part: int, at: int) -> tuple[float, float]:
    """Least and most that a village's figure can be, for whoever knows what is published."""
    groups = flat(sums)
    ends = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        fixed = [one.key in may.groups for one in groups]
        lower = np.array([float(one.parts[part]) if known else 0.0 for one, known in zip(groups, fixed, strict=True)])
        upper = np.array([float(one.parts[part]) if known else 1e6 for one, known in zip(groups, fixed, strict=True)])
        model.addVars(len(groups), lower, upper)
        first = 0
        for name, inside in sums.items():
            if name in may.sums:
                known = float(total(inside)[part])
                places = np.arange(first, first + len(inside), dtype=np.int32)
                model.addRow(known, known, len(inside), places, np.ones(len(inside)))
            first += len(inside)
        if may.total:
            known = float(total(groups)[part])
            model.addRow(known, known, len(groups), np.arange(len(groups), dtype=np.int32), np.ones(len(groups)))
        model.changeColCost(at, 1.0)
        model.changeObjectiveSense(sense)
        model.run()
        ends.append(model.getInfo().objective_function_value)
    return ends[0], ends[1]


def test_large_groups_are_published() -> None:
    """Where every group is large nothing is left out."""
    sums = named([[(20, 30, 0), (40, 10, 15)], [(10, 10, 10)]])
    assert suppressed(sums) == Published(frozenset(one.key for one in flat(sums)), frozenset(sums), total=True)


def test_small_village_takes_another_one_with_it() -> None:
    """One village left out of a township would follow from its sum, so the smallest other one is left out too."""
    sums = named([[(4, 30, 0), (40, 90, 0), (20, 30, 0)], [(50, 50, 0)]])
    may = suppressed(sums)
    assert may.groups == {"t0v1", "t1v0"}
    assert (may.sums, may.total) == ({"t0", "t1"}, True)


def test_files_say_the_same_and_name_no_household(solution: liftplan.Solution, tmp_path: Path) -> None:
    """The CSV and the workbook hold the same villages, and no household."""
    write_public(solution.tables, tmp_path)
    text = (tmp_path / "public-villages.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    sheet = openpyxl.load_workbook(tmp_path / "public-villages.xlsx").active
    assert sheet is not None
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert [row for row in rows if len(row) > 1] == cells[: len(rows) - 1]
    assert "-h0" not in text
    assert len(public_rows(solution.tables)) == 3 + 1 + 1


def test_formulas_are_shown_as_texts() -> None:
    """No cell of an export begins like a formula; numbers and other texts stay as they are."""
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"):
        assert plain(text) == f"'{text}"
    assert (plain("road"), plain(-5), plain(None)) == ("road", -5, "")
    content = escaped('name,yuan\n"=HYPERLINK(""http://evil.example"")",5\n'.encode("utf-8-sig")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content)))[1] == ['\'=HYPERLINK("http://evil.example")', "5"]
