"""Diagnosing: whether a county has a plan, which rules clash, and the smallest changes that repair it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from liftplan.api.failure import reproducible
from liftplan.api.mending import overrides_of, repair_file
from liftplan.api.outputs import json_text, refuse_files, write_files
from liftplan.api.priorities import read_priorities
from liftplan.api.saving import refuse_unwritable
from liftplan.api.scenario import Asked, Scenario, under
from liftplan.api.solution import Solution
from liftplan.api.solving import solve
from liftplan.models.county import County
from liftplan.models.files import archive
from liftplan.models.files.parts import pack
from liftplan.models.planfiles import COUNTY_FILE
from liftplan.reports.conflicts import Content, summary
from liftplan.reports.conflicts.asjson import as_json
from liftplan.reports.conflicts.content import Mended
from liftplan.reports.conflicts.kinds import KINDS
from liftplan.reports.conflicts.page import conflict_page
from liftplan.reports.conflicts.terminal import headline
from liftplan.reports.words import BASE, command_line
from liftplan.solver.diagnose.diagnosis import Stage
from liftplan.solver.diagnose.diagnosis import diagnose as diagnose_county
from liftplan.solver.diagnose.repairs import Priorities, repairs
from liftplan.solver.progress import Cancel

DIAGNOSIS_FILE = "diagnosis.json"
PAGE_FILE = "diagnosis.html"
REPAIR_FILES: dict[str, str] = {kind: f"repair-{kind}.yaml" for kind in KINDS}
"""Kind of repair -> name of its scenario file."""


class Diagnosis:
    """What is known of a county: room, or conflicts and repairs. Everything is checked or proved, or says it is not."""

    def __init__(self, content: Content, scenario: Scenario) -> None:
        self.content = content
        """Figures, room, conflicts, repairs."""
        self.scenario = scenario
        """The county as diagnosed."""

    @property
    def status(self) -> str:
        """`feasible` (a checked plan), `infeasible` (proved) or `unknown`."""
        return self.content.diagnosis.status

    @property
    def county(self) -> County:
        """The county as diagnosed, scenario applied."""
        return self.scenario.county

    @property
    def repairs(self) -> tuple[Mended, ...]:
        """Repairs with their overrides: `yuan`, `rules`, `priorities`, as far as there are."""
        return self.content.repairs

    @property
    def headline(self) -> str:
        """The outcome in one line, in the current language."""
        return str(headline(self.content))

    def summary(self, folder: Path | None = None) -> RenderableType:
        """What the command line shows, for `rich.print`; `folder`: where it is written."""
        return summary(self.content, folder)

    def as_json(self) -> dict[str, Any]:
        """Numbers, texts, lists and objects only; texts in the current language."""
        return as_json(self.content)

    def repaired(self, kind: str) -> Scenario:
        """The county under one of its repairs; `solve` takes it.

        Raises
        ------
        KeyError
            If there is no such repair.
        """
        mended = next((one for one in self.repairs if one.repair.kind == kind), None)
        if mended is None:
            raise KeyError(kind)
        return under(self.scenario, overrides=mended.overrides, name=f"repair-{kind}")

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Diagnosis:
        """Write `diagnosis.json`, `diagnosis.html`, the county diagnosed and a scenario file for each repair.

        Returns the diagnosis that names them.

        Raises
        ------
        InputProblems
            If a file is in the way or cannot be written.
        """
        folder = Path(folder)
        paths = {one.repair.kind: folder / REPAIR_FILES[one.repair.kind] for one in self.repairs}
        named = Diagnosis(replace(self.content, files={kind: str(path) for kind, path in paths.items()}), self.scenario)
        files: dict[Path, Callable[[], bytes]] = {
            folder / DIAGNOSIS_FILE: named.json_file,
            folder / PAGE_FILE: named.page_file,
            folder / COUNTY_FILE: lambda: archive.render(pack(self.county, "csv")),
        }
        before = "" if self.scenario.name == BASE else self.scenario.name
        for one in self.repairs:
            files[paths[one.repair.kind]] = partial(repair_file, named.content, one, before)
        write_files(files, overwrite)
        return named

    @property
    def page(self) -> str:
        """The page, a whole HTML document in both languages."""
        return conflict_page(self.content)

    def page_file(self) -> bytes:
        """The content of `diagnosis.html`."""
        return self.page.encode()

    def json_file(self) -> bytes:
        """The content of `diagnosis.json`."""
        content = {"status": self.status, "headline": self.headline, **self.as_json()}
        return json_text(content)

    def __repr__(self) -> str:
        return f"<Diagnosis {self.headline}>"


def diagnosis_ready(folder: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if a diagnosis cannot be written here; asked before it is made, whatever its outcome."""
    refuse_unwritable(folder / DIAGNOSIS_FILE)
    refuse_files(
        [folder / name for name in (DIAGNOSIS_FILE, PAGE_FILE, COUNTY_FILE, *REPAIR_FILES.values())], overwrite
    )


def diagnose(
    county: County | Scenario | str | Path,
    *,
    scenario: Asked | Sequence[Asked] = (),
    priorities: Priorities | str | Path | None = None,
    opened: bool = False,
    best: bool = False,
    time_limit: float | None = 120.0,
    threads: int = 0,
    seed: int = 0,
    cancel: Cancel | None = None,
    report: Callable[[Stage], None] = lambda _: None,
) -> Diagnosis:
    """Say whether a county has a plan; if not, which rules clash and what the smallest repairs are.

    Parameters
    ----------
    county, scenario
        As for `solve`.
    priorities
        A file (or `Priorities`): which rules may give, at what price, which never. Otherwise the third repair adds no
        money and leaves commitments and demands as they are.
    opened
        Name single villages where a conflict is in several.
    best
        Also find the best plan under each repair (60 seconds each at most).
    time_limit
        Seconds after which whatever is known of conflicts is told, and as many for the repairs; None: no limit.
    threads, seed, cancel
        As for `solve`.
    report
        Called when a stage begins, with its name.

    Raises
    ------
    InputProblems
        If the county, a scenario or the priorities are not valid.
    """
    begun = under(county, scenario)
    wish = read_priorities(Path(priorities), begun.county) if isinstance(priorities, str | Path) else priorities
    facts = {"county": begun.county.head.id, "scenario": begun.name, "time_limit": time_limit, "seed": seed}
    with reproducible(facts, begun.county, own=True):
        found = diagnose_county(
            begun.county, time_limit=time_limit, threads=threads, seed=seed, cancel=cancel, report=report
        )
        if found.status == "infeasible":
            report("repairs")
        made = tuple(
            Mended(one, overrides_of(one, begun.county)) for one in repairs(found, wish, time_limit=time_limit)
        )
    content = Content(found, made, wish, opened, solving=_solving(county, scenario), scenarios=begun.names)
    diagnosis = Diagnosis(content, begun)
    if best and made:
        solved = tuple(_solved(one, diagnosis.repaired(one.repair.kind), cancel) for one in made)
        return Diagnosis(replace(diagnosis.content, repairs=solved), begun)
    return diagnosis


def _solving(county: County | Scenario | str | Path, scenario: Asked | Sequence[Asked]) -> str:
    """The command that solves what is diagnosed; "" where part of it has neither a name nor a file."""
    asked = (scenario,) if isinstance(scenario, Asked) else tuple(scenario)
    words = [str(one) for one in (county, *asked) if isinstance(one, str | Path)]
    if len(words) != 1 + len(asked):
        return ""
    options = [word for one in words[1:] for word in ("--scenario", one)]
    return command_line("liftplan", "solve", words[0], *options)


def _solved(mended: Mended, scenario: Scenario, cancel: Cancel | None) -> Mended:
    """The second phase: the best plan under a repair."""
    solution: Solution = solve(scenario, cancel=cancel)
    if not solution.has_plan:
        return mended
    return replace(mended, people=solution.people_lifted, bound=solution.objective_bound)
