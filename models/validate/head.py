"""The county's head: years, poverty line, name, sources."""

from __future__ import annotations

from itertools import pairwise

from liftplan.models.county import SOURCE_KINDS, County
from liftplan.models.findings import Findings
from liftplan.models.messages import listed, m
from liftplan.models.nearest import Nearest


def check_head(county: County, findings: Findings) -> None:
    """Years in order, a poverty line for each, a name, kinds of sources."""
    head = county.head
    years = head.years
    if not findings.spoiled("", "years"):
        if any(one >= other for one, other in pairwise(years)):
            message = m("The years {years} do not ascend.", years=listed(years))
            findings.add("years", findings.in_head("years"), message, m("Write each year once, the first one first."))
        for year in years:
            if year not in head.poverty_line and not findings.spoiled("", "poverty_line"):
                message = m("There is no poverty line for {year}.", year=year)
                findings.add(
                    "poverty-line", findings.in_head("poverty_line"), message, m("Add it, in yuan a person a year.")
                )
    if not head.name.strip() and not findings.spoiled("", "name"):
        findings.add("blank", findings.in_head("name"), m("The county has no name."), m("Write its name."))
    for place, source in enumerate(head.sources):
        if source.kind not in SOURCE_KINDS:
            near = Nearest(SOURCE_KINDS)(source.kind)
            rule = m("one of {names}", names=" | ".join(SOURCE_KINDS))
            message = m("{value} is not {rule}.", value=source.kind, rule=rule)
            way_out = m("Did you mean {name}?", name=near) if near else m("Correct the value.")
            findings.add("value", findings.in_head(f"sources.{place}.kind"), message, way_out, warning=True)
