"""`make screenshots`: pictures of every page, for looking at. They are kept in `build/screenshots`, not in git."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, sync_playwright

import liftplan

from ..service.servers import Server, serving
from .visiting import LOCALES, visiting

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "build" / "screenshots"
COUNTY = "zigui-2015"

PATIENT = {"time_limit": 600, "gap": 0.001}
"""A plan is found on a busy machine, too."""


def main() -> None:
    """Solve, visit, keep the pictures."""
    county = sys.argv[1] if len(sys.argv) > 1 else COUNTY
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    liftplan.warm()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "store") as server:
        plan = server.over(server.ask(county=county, settings=PATIENT)["id"])["id"]
        more = questions(server, county, plan)
        bad = faulty(Path(folder) / "county.xlsx")
        with sync_playwright() as play:
            opened = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for language in LOCALES:
                for across in (1280, 390):
                    for scheme in ("light", "dark"):
                        pictures(opened, server, f"{language}-{across}-{scheme}", pages(county, plan) | more, bad)
            opened.close()
    print(f"{len(list(FOLDER.rglob('*.png')))} pictures: {FOLDER}")  # noqa: T201


def questions(server: Server, county: str, plan: str) -> dict[str, str]:
    """Scenarios and what is asked about them: name of a picture -> address."""
    overrides = ["funds[department=transport].amount x 0.9"]
    less = server.over(server.ask(county=county, overrides=overrides, settings=PATIENT)["id"])["id"]
    compared = server.over(server.ask(kind="compare", jobs=[plan, less])["id"])["id"]
    line = server.over(server.ask(kind="curve", county="tiny", points=7)["id"])["id"]
    clash = server.over(server.ask(kind="diagnose", county="tiny", overrides=["policy.R3.minimum x 10"])["id"])["id"]
    return {
        "scenario": f"/counties/{county}/scenario",
        "scenario-again": f"/counties/{county}/scenario?from={less}",
        "feasibility": f"/counties/{county}/feasibility",
        "diagnosis": f"/counties/tiny/feasibility/{clash}",
        "curves": f"/counties/{county}/curves",
        "curve": f"/counties/tiny/curves/{line}",
        "compare": "/compare",
        "comparison": f"/compare/{compared}",
    }


def pages(county: str, plan: str) -> dict[str, str]:
    """Name of a picture -> address."""
    inside = ("villages", "villages/v01", "funds", "funds/special_poverty", "projects/v01-p01", "households/v01-h0002")
    return {
        "start": "/",
        "upload": "/upload",
        "county": f"/counties/{county}",
        **{one: f"/counties/{county}/{one}" for one in ("scenario", "feasibility", "curves")},
        "compare": "/compare",
        "plans": "/plans",
        "plan": f"/plans/{plan}",
        **{f"plan-{one.replace('/', '-')}": f"/plans/{plan}/{one}" for one in (*inside, "downloads")},
        "nowhere": "/nowhere",
    }


def pictures(browser: Browser, server: Server, name: str, addresses: dict[str, str], bad: Path) -> None:
    """All pages in one language, width and scheme."""
    language, across, scheme = name.split("-")
    with visiting(browser, server.address, language, int(across), scheme) as visit:
        for page, address in addresses.items():
            visit.go(address)
            visit.tab.screenshot(path=FOLDER / name / f"{page}.png", full_page=True)
        visit.go("/upload")
        visit.tab.set_input_files("input[type=file]", bad)
        visit.tab.click("main button.main")
        visit.tab.wait_for_selector("td.meant")
        visit.tab.screenshot(path=FOLDER / name / "problems.png", full_page=True)


def faulty(path: Path) -> Path:
    """A workbook with wrong cells."""
    liftplan.convert("tiny", path)
    book = openpyxl.load_workbook(path)
    book["Funds"]["F3"], book["Households"]["B15"], book["Costs"]["C12"] = "ninety", "v99", 12.5
    book.save(path)
    return path


if __name__ == "__main__":
    main()
