"""The content rules of a county: what the schemas cannot say, and what they say of every cell."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.problems import Problem
from liftplan.models.validate.cells import check_cells
from liftplan.models.validate.demands import check_demands
from liftplan.models.validate.doubts import check_doubts
from liftplan.models.validate.formats import check_formats
from liftplan.models.validate.funds import check_funds
from liftplan.models.validate.head import check_head
from liftplan.models.validate.items import check_items
from liftplan.models.validate.keys import check_keys
from liftplan.models.validate.money import check_money
from liftplan.models.validate.ordering import in_order
from liftplan.models.validate.policy import check_policy
from liftplan.models.validate.references import check_references
from liftplan.models.validate.requirements import check_requirements


def validate(county: County, valid: County | None = None) -> list[Problem]:
    """All problems of a county's content, warnings (`Problem.warning`) among them; none: it is valid.

    Rows are counted from 1. A county of several years is valid: whether it can be solved is the solver's concern, and
    so are demands that contradict each other only through what they cost or require.

    valid: a county known to be valid; cells of columns that both share are not looked at again.
    """
    findings = Findings()
    check(county, findings, valid)
    return findings.problems


def check(county: County, findings: Findings, valid: County | None = None) -> None:
    """Note all problems of a county's content. What could not be read is not judged again."""
    check_head(county, findings)
    check_cells(county, findings, valid)
    for step in (
        check_formats,
        check_keys,
        check_references,
        check_requirements,
        check_funds,
        check_items,
        check_money,
        check_demands,
        check_policy,
        check_doubts,
    ):
        step(county, findings)
    findings.problems = in_order(findings.problems)
