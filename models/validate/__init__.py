"""The content rules of a county."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.problems import Problem


def validate(county: County) -> list[Problem]:
    """All problems of a county's content, warnings (`Problem.warning`) among them; none: it is valid."""
    findings = Findings()
    check(county, findings)
    return findings.problems


def check(county: County, findings: Findings) -> None:
    """Note all problems of a county's content."""
    for name, table in county.tables.items():
        if not len(table):
            findings.unread.add(name)
