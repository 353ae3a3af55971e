"""Tools at work: stopped when nobody waits, plans checked once, packages and options named."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest
from mcp import Client

import liftplan
from liftplan.api.checked import PlanRejected
from liftplan.assistant.server import server
from liftplan.assistant.shelf import Shelf

from ..program import Inside, script
from ..unproved import unproved


def test_a_cancelled_call_stops_its_solve(place: Path) -> None:
    """A client that gives up ends the solve: it stops as cancelled, long before it would be done."""
    (place / "unproved.zip").write_bytes(unproved())

    async def talk() -> None:
        async with Client(server(place / "plans")) as client:

            async def give_up(_done: float, _total: float | None, _message: str | None) -> None:
                call.cancel()

            asked = {"county": "unproved.zip", "gap": 0}
            call = asyncio.create_task(client.call_tool("solve_county", asked, progress_callback=give_up))
            with pytest.raises(asyncio.CancelledError):
                await call
            assert (await client.list_tools()).tools

    asyncio.run(talk())  # ends when all its threads have ended
    for saved in (place / "plans").glob("*/plan.json"):
        assert json.loads(saved.read_text(encoding="utf-8"))["stopped_by"] == "cancelled"


@pytest.mark.parametrize(
    ("tool", "asked"),
    [
        ("frontier_county", {"county": "zigui-2015", "gap": 0}),
        ("write_documents", {"plan": "plan"}),
    ],
)
def test_a_cancelled_call_stops_other_work(
    tool: str, asked: dict[str, object], solution: liftplan.Solution, place: Path
) -> None:
    """Searches and documents end as well, and leave nothing half."""
    solution.save(place / "plans" / "plan")

    async def talk() -> None:
        async with Client(server(place / "plans")) as client:
            call = asyncio.create_task(client.call_tool(tool, asked))
            await asyncio.sleep(0.3)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert (await client.list_tools()).tools

    asyncio.run(talk())  # ends when all its threads have ended
    assert [path.name for path in (place / "plans").iterdir()] == ["plan"]


def test_a_plan_is_checked_once_while_it_stays_the_same(solution: liftplan.Solution, place: Path) -> None:
    """The same object comes back until a file of the plan changes; then the plan is checked anew."""
    saved = solution.save(place / "plan")
    shelf = Shelf(place)
    first = shelf.opened("plan")
    assert shelf.opened(str(saved)) is first
    content = json.loads((saved / "plan.json").read_text(encoding="utf-8"))
    content["totals"]["people_lifted"] += 1
    (saved / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(PlanRejected):
        shelf.opened("plan")


def test_few_plans_are_kept(solution: liftplan.Solution, place: Path) -> None:
    """Memory does not grow with the number of plans that were looked at."""
    shelf = Shelf(place)
    for number in range(6):
        solution.save(place / f"plan{number}")
        shelf.opened(f"plan{number}")
    assert len(shelf._opened) == 4


def test_json_is_refused(call: Inside) -> None:
    """Standard output is the protocol's: --json is told so instead of spoiling it."""
    code, answer = call.json("mcp")
    assert (code, answer["problems"][0]["code"]) == (2, "usage")


def test_a_missing_sdk_is_named(call: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the extra the way out says how to install them."""
    for name in [name for name in sys.modules if name.startswith("liftplan.assistant")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    code, _, errors = call("mcp")
    assert code == 2
    assert 'pip install "liftplan[mcp]"' in errors


def test_the_example_of_the_page_runs(place: Path) -> None:
    """The conversation of docs/mcp.md, as it stands there, prints people and the reason."""
    page = (Path(__file__).parents[3] / "docs" / "mcp.md").read_text(encoding="utf-8")
    text = page.partition("```python\n")[2].partition("```")[0]
    text = text.replace(
        'command="liftplan", args=["mcp"]', f'command={sys.executable!r}, args=["-m", "liftplan", "mcp"]'
    )
    done = script(text, cwd=place)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert out.splitlines()[0] == "49"
    assert "does not lift it out of poverty" in out
