"""Documents of three counties in both languages, each written once."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

import liftplan
from liftplan.reports.documents import plan_documents

from .truth import Truth

COUNTIES = ("tiny", "example", "generated")
"""Solved by hand; the sample with accounts and teams; six villages with every kind of measure."""


@dataclass(frozen=True)
class Written:
    """The documents of a plan in one language, and what they must say."""

    language: str
    files: dict[str, bytes]
    truth: Truth

    def of(self, kind: str) -> dict[str, bytes]:
        """Documents of a kind -> content, by village, department or county."""
        listed = json.loads(self.files["documents.json"])["documents"]
        return {one["subject"]: self.files[one["path"]] for one in listed if one["kind"] == kind}

    def only(self, kind: str) -> bytes:
        """The one document of a kind."""
        (content,) = self.of(kind).values()
        return content


@pytest.fixture(scope="session")
def solutions(solution: liftplan.Solution) -> dict[str, liftplan.Solution]:
    """Plans of the counties."""
    with liftplan.speaking("zh"):  # names of its rules are in the reader's language
        example = liftplan.example()
    county = liftplan.generate(villages=6, households_per_village=60, seed=4, tightness=2.0)
    return {
        "tiny": solution,
        "example": liftplan.solve(example, threads=1),
        "generated": liftplan.solve(county, threads=1, time_limit=None, gap=0.01),
    }


@pytest.fixture(
    scope="session",
    params=[(county, language) for county in COUNTIES for language in ("en", "zh")],
    ids="-".join,
)
def written(request: pytest.FixtureRequest, solutions: dict[str, liftplan.Solution]) -> Written:
    """Documents of one county in one language; tests that use them speak it too."""
    county, language = request.param
    solved = solutions[county]
    with liftplan.speaking(language):
        return Written(language, plan_documents(solved.plan, solved.county), Truth(solved.plan, solved.county))
