"""Files of multiple-choice multidimensional knapsack problems."""

from __future__ import annotations

import csv
import gzip
import os
from fractions import Fraction
from pathlib import Path

import pytest

from liftplan.models.problems import InputProblems
from liftplan.solver.flat import read_mmkp, reprove, solve_flat
from liftplan.solver.settings import Settings

KHAN = """
 2 2 2
 5 7
 1
 4.20 1 2
 16.2 3 5.5
 2
 0 1 1
 3.35 2 2.25
Solutions by HEU
 23912.00
"""

DATA = Path(os.environ.get("MMKP_DATA", "-"))
published = pytest.mark.skipif(not DATA.is_dir(), reason="MMKP_DATA does not name the folder of the files")
EXACT = Settings(gap=0, time_limit=60)


def test_fractions_are_scaled_exactly(tmp_path: Path) -> None:
    """Values count in twentieths, the second resource in quarters; text after the last group is not read."""
    (tmp_path / "I00").write_text(KHAN, encoding="ascii")
    (read,) = read_mmkp(tmp_path / "I00")
    assert read.scale == 20
    assert read.problem.values.tolist() == [84, 324, 0, 67]
    assert read.problem.amount.tolist() == [5, 28]
    assert read.problem.costs.of(1)[1].tolist() == [3, 22]
    assert read.value(324 + 67) == Fraction("19.55")


def test_optimum_of_a_file_by_hand(tmp_path: Path) -> None:
    """16.2 and 3.35 need 5 and 7.75 of 5 and 7: of the rest, 16.2 alone is worth most."""
    (tmp_path / "I00").write_text(KHAN, encoding="ascii")
    (read,) = read_mmkp(tmp_path / "I00")
    result = solve_flat(read.problem, EXACT)
    assert result.objective is not None
    assert read.value(result.objective) == Fraction("16.2")


def test_several_problems_of_one_compressed_file(tmp_path: Path) -> None:
    """Each problem is headed by its number."""
    text = "1 1 2 1\n9\n1\n5 4\n6 8\n2 1 1 1\n3\n1\n2 2\n"
    (tmp_path / "set.txt.gz").write_bytes(gzip.compress(text.encode()))
    first, second = read_mmkp(tmp_path / "set.txt.gz")
    assert (first.number, second.number) == (1, 2)
    assert (first.problem.values.tolist(), second.problem.values.tolist()) == ([5, 6], [2])


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "set.txt: the file ends where a number is expected: number of the problem"),
        ("1 1 1", "set.txt, line 1: the file ends where a number is expected: capacity"),
        ("1 1 1\n5\n1\n3 x", "set.txt, line 4: 'x' is no number of 0 or more: value or weight"),
        ("1 1 1\n5\n1\n3 -1", "set.txt, line 4: '-1' is no number of 0 or more: value or weight"),
        ("1 1 1\n5\n1\n3 nan", "set.txt, line 4: 'nan' is no number of 0 or more: value or weight"),
        ("1 1 1\n5\n1\n3 1e999999", "set.txt, line 4: '1e999999' is no number of 0 or more: value or weight"),
        ("1 1 1\n5\n2\n3 1", "set.txt, line 3: 2 where 1 is expected: number of the group"),
        ("0 1 1\n5", "set.txt, line 1: 0 where a whole number from 1 to 1000000 is expected: groups"),
    ],
)
def test_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """The file, the line, and what was expected there."""
    (tmp_path / "set.txt").write_text(text, encoding="ascii")
    with pytest.raises(InputProblems) as caught:
        read_mmkp(tmp_path / "set.txt")
    (problem,) = caught.value.problems
    assert f"{problem.place}: {problem.message}" == said


@pytest.mark.parametrize("content", [b"plain", gzip.compress(b"1 1 1 1\n")[:-9]], ids=["not gzip", "cut off"])
def test_damaged_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    """A .gz file that is none, or that ends too early."""
    (tmp_path / "set.gz").write_bytes(content)
    with pytest.raises(InputProblems, match="Cannot be read: it is damaged"):
        read_mmkp(tmp_path / "set.gz")


@published
@pytest.mark.parametrize("number, value", [(1, "173"), (2, "364"), (5, "3905.7"), (6, "4799.3")])
def test_published_optima_of_khan(number: int, value: str) -> None:
    """Problems are proved to be worth what the literature says (I03 and I04 take longer: benchmarks/mmkp.py)."""
    (read,) = read_mmkp(DATA / "khan" / f"I{number:02d}")
    result = solve_flat(read.problem, EXACT)
    assert result.status == "optimal"
    assert result.objective is not None
    assert read.value(result.objective) == Fraction(value)
    assert reprove(read.problem, result.proof) == result.bound


@published
@pytest.mark.parametrize("name", ["TestSet1.5GP10IT5KP", "TestSet5.10GP10IT10KP", "TestSet.100GP10IT10KP"])
def test_published_optima_of_hiremath_and_hill(name: str) -> None:
    """The first problems of a file are proved to be worth what the table of optima says."""
    with (DATA / "hiremath_hill" / "optima.csv").open(encoding="utf-8") as file:
        optima = {
            int(row["problem"]): int(row["highs_value"]) for row in csv.DictReader(file) if row["file"] == f"{name}.txt"
        }
    for read in read_mmkp(DATA / "hiremath_hill" / f"{name}.txt.gz")[:3]:
        result = solve_flat(read.problem, EXACT)
        assert (result.status, result.objective) == ("optimal", optima[read.number])
