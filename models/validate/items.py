"""Projects and measures: slots, labour, and what costs nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import m


def check_items(county: County, findings: Findings) -> None:
    """What a cell alone does not show of projects and measures."""
    _slots(county, findings)
    _labour(county, findings)
    _free(county, findings)


def _slots(county: County, findings: Findings) -> None:
    projects = county["projects"]
    none = findings.judged("projects", np.flatnonzero(projects["slots"] == 0).tolist(), "slots")
    used = county["measures"]["uses_slot"].tolist()
    without = set(projects["id"][none].tolist()) & set(used) - {""}
    findings.cells(
        "slot",
        "measures",
        "uses_slot",
        [row for row, name in enumerate(used) if name in without] if without else [],
        lambda row: m("The project {project} has no slots.", project=used[row]),
        m(
            "Fill in {slots} of the project, or name it in {requires} instead.",
            slots=findings.wording.column("slots"),
            requires=findings.wording.column("requires"),
        ),
    )


def _labour(county: County, findings: Findings) -> None:
    households, measures = county["households"], county["measures"]
    known = findings.judged("households", range(len(households)), "labour")
    workers = dict(zip(households["id"][known].tolist(), households["labour"][known].tolist(), strict=True))
    tied, homes = measures["labour"], measures["household"]
    rows = [row for row in np.flatnonzero(tied > 0).tolist() if tied[row] > workers.get(homes[row], tied[row])]
    findings.cells(
        "labour",
        "measures",
        "labour",
        rows,
        lambda row: m(
            "It ties up {count} workers; household {household} has {workers}.",
            count=tied[row],
            household=homes[row],
            workers=workers[homes[row]],
        ),
        m("It can never be taken; correct one of the two figures."),
        warning=True,
    )


def _free(county: County, findings: Findings) -> None:
    """Items without cost lines, where that is not meant as a direct effect."""
    costed = set(county["costs"]["item"].tolist())
    projects, measures = county["projects"], county["measures"]
    if "" in costed or len(findings.judged("costs", range(len(county["costs"])), "item")) < len(county["costs"]):
        return  # of some lines it is not known whose they are
    if not costed and not findings.incomplete("costs") and (len(projects) or len(measures)):
        message = m(
            "The table {table} has no rows: nothing would cost anything.", table=findings.wording.table("costs")
        )
        findings.add("table-empty", findings.at("costs"), message, m("Add the table."), warning=True)
        return
    free = [row for row in _uncosted(projects["id"], costed) if not projects["leveraged"][row]]
    free = [row for row in free if not findings.lost("costs", projects["id"][row])]
    findings.cells(
        "project-free",
        "projects",
        "id",
        findings.judged("projects", free, "leveraged"),
        lambda row: m("The project {project} has no cost line: it would cost nothing.", project=projects["id"][row]),
        m("Add its cost lines."),
        warning=True,
    )
    requires, slots = measures["requires"].tolist(), measures["uses_slot"].tolist()
    free = [row for row in _uncosted(measures["id"], costed) if not (requires[row] or slots[row])]
    free = [row for row in free if not findings.lost("costs", measures["id"][row])]
    findings.cells(
        "measure-free",
        "measures",
        "id",
        findings.judged("measures", free, "requires", "uses_slot"),
        lambda row: m(
            "The measure {measure} has no cost line and requires no project: it would be taken in any case.",
            measure=measures["id"][row],
        ),
        m("Add its cost lines, or the project whose effect it is."),
        warning=True,
    )


def _uncosted(ids: npt.NDArray[np.object_], costed: set[str]) -> list[int]:
    return [row for row, id_ in enumerate(ids.tolist()) if id_ not in costed]
