"""An assistant's conversation with `liftplan mcp`, over a real connection with the client of the official SDK."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

import liftplan

from .conversing import COMMAND, answer, connected, line_by_line, refusal

TOOLS = [
    "list_counties",
    "validate_county",
    "diagnose_county",
    "solve_county",
    "verify_plan",
    "plan_table",
    "explain_plan",
    "write_documents",
    "compare_plans",
    "curve_county",
    "goal_county",
    "frontier_county",
    "stress_plan",
    "alternative_plans",
]

HELLO = [
    {
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "0"},
        },
    },
    {"method": "notifications/initialized"},
]

SOLVE = {"id": 2, "method": "tools/call", "params": {"name": "solve_county", "arguments": {"county": "tiny"}}}

Heard = dict[str, Any]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server runs."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def tiny(place: Path) -> Heard:
    """What one conversation about `tiny` hears, step by step."""
    heard: Heard = {"progress": []}

    async def talk(client: Client) -> None:
        async def progress(done: float, _total: float | None, message: str | None) -> None:
            heard["progress"].append((done, message))

        heard["tools"] = (await client.list_tools()).tools
        heard["counties"] = answer(await client.call_tool("list_counties"))
        heard["valid"] = answer(await client.call_tool("validate_county", {"county": "tiny"}))
        heard["solved"] = answer(await client.call_tool("solve_county", {"county": "tiny"}, progress_callback=progress))
        heard["again"] = await client.call_tool("solve_county", {"county": "tiny"})
        heard["pooled"] = answer(
            await client.call_tool("solve_county", {"county": "tiny", "scenarios": ["pooled"], "folder": "pooled"})
        )
        heard["verified"] = answer(await client.call_tool("verify_plan", {"plan": "tiny-base", "certificate": True}))
        heard["poor"] = answer(
            await client.call_tool(
                "plan_table",
                {"plan": "tiny-base", "table": "households", "where": {"lifted": False, "already_out": False}},
            )
        )
        home = heard["poor"]["rows"][0]["household"]
        heard["why"] = answer(
            await client.call_tool("explain_plan", {"plan": "tiny-base", "kind": "household", "name": home})
        )
        heard["compared"] = answer(await client.call_tool("compare_plans", {"plans": ["tiny-base", "pooled"]}))
        heard["papers"] = answer(
            await client.call_tool("write_documents", {"plan": "tiny-base"}, progress_callback=progress)
        )
        heard["unknown"] = await client.call_tool("solve_county", {"county": "tiny", "gapp": 0})
        heard["value"] = await client.call_tool("solve_county", {"county": "tiny", "gap": 7})
        heard["choice"] = await client.call_tool("plan_table", {"plan": "tiny-base", "table": "fundz"})
        heard["left out"] = await client.call_tool("solve_county", {})
        poor = liftplan.load("tiny")
        cut = poor["funds"]["amount"].copy()
        cut[0] = 1_000
        poor = poor.with_tables(funds=poor["funds"].replace(amount=cut))
        liftplan.convert(poor, place / "cut.json")
        heard["diagnosed"] = answer(await client.call_tool("diagnose_county", {"county": "cut.json"}))
        heard["typo"] = await client.call_tool("solve_county", {"county": "tinny"})
        heard["column"] = await client.call_tool(
            "plan_table", {"plan": "tiny-base", "table": "funds", "where": {"colour": "red"}}
        )
        heard["outside"] = await client.call_tool("solve_county", {"county": "tiny", "folder": "../elsewhere"})
        content = json.loads((place / "plans/pooled/plan.json").read_text(encoding="utf-8"))
        content["ledger"][0][3] += 1
        (place / "plans/pooled/plan.json").write_text(json.dumps(content), encoding="utf-8")
        heard["spoilt"] = await client.call_tool("plan_table", {"plan": "pooled", "table": "ledger"})

    asyncio.run(connected(place, talk))
    return heard


def test_tools_are_listed_with_what_they_take(tiny: Heard) -> None:
    """Every tool and every parameter is described."""
    assert [tool.name for tool in tiny["tools"]] == TOOLS
    for tool in tiny["tools"]:
        assert tool.description
        for name, parameter in tool.input_schema.get("properties", {}).items():
            assert parameter.get("description"), f"{tool.name}.{name}"


def test_counties_are_told_with_their_size(tiny: Heard) -> None:
    """Names that solve_county takes, and how large each is."""
    assert [one["county"] for one in tiny["counties"]["counties"]] == liftplan.counties()
    assert tiny["counties"]["counties"][0]["people"] == 55
    assert (tiny["valid"]["valid"], tiny["valid"]["problems"]) == (True, [])


def test_a_solve_tells_what_python_tells(tiny: Heard, solution: liftplan.Solution) -> None:
    """Status, people, bound and yuan are those of `liftplan.solve`, and the plan lies in the server's folder."""
    told = tiny["solved"]
    assert (told["status"], told["people_lifted"]) == (solution.status, solution.people_lifted)
    assert (told["objective_bound"], told["gap"]) == (solution.objective_bound, solution.gap)
    assert told["ledger_yuan"] == solution.plan.totals.ledger_yuan
    assert liftplan.verify(told["plan"]).accepted
    assert Path(told["plan"]).parent.name == "plans"


def test_steps_are_progress(tiny: Heard) -> None:
    """The client hears how far a solve is, ever later."""
    times = [done for done, message in tiny["progress"] if "documents" not in message]
    assert times == sorted(times)
    assert all(message for _, message in tiny["progress"])
    assert times


def test_a_plan_is_verified(tiny: Heard) -> None:
    """The verdict says that the bound was proved again, and that nothing was left unchecked."""
    told = tiny["verified"]
    assert (told["accepted"], told["bound_reproved"], told["status"]) == (True, True, "optimal")
    assert (told["not_checked"], told["objective_bound"]) == ([], tiny["solved"]["objective_bound"])


def test_tables_are_the_plans(tiny: Heard, solution: liftplan.Solution) -> None:
    """Rows are filtered by columns, and are those of the Python tables."""
    homes = solution.households
    poor = homes[~homes["lifted"] & ~homes["already_out"]]
    assert [row["household"] for row in tiny["poor"]["rows"]] == poor["household"].tolist()
    assert tiny["poor"]["rows_in_all"] == len(poor)


def test_why_a_household_is_not_lifted(tiny: Heard, solution: liftplan.Solution) -> None:
    """The answer is the explanation that Python gives, in words and in numbers."""
    home = tiny["poor"]["rows"][0]["household"]
    found = liftplan.explain(solution, household=home)
    assert home in tiny["why"]["text"]
    assert "does not lift it out of poverty" in tiny["why"]["text"]
    assert tiny["why"]["facts"]["question"] == found.as_json()["question"]


def test_why_a_county_has_no_plan(tiny: Heard) -> None:
    """The answer has the rules that clash and the smallest repairs."""
    assert tiny["diagnosed"]["status"] == "infeasible"
    assert tiny["diagnosed"]["conflicts"]
    assert tiny["diagnosed"]["repairs"]


def test_plans_are_compared(tiny: Heard) -> None:
    """Two plans side by side, with how sure their order is."""
    assert [side["people_lifted"] for side in tiny["compared"]["sides"]] == [
        tiny["solved"]["people_lifted"],
        tiny["pooled"]["people_lifted"],
    ]
    assert tiny["compared"]["pairs"]


@pytest.fixture(scope="module")
def searched(place: Path, tiny: Heard) -> Heard:
    """What a conversation hears that solves `tiny` many times and doubts its plan."""
    heard: Heard = {"progress": []}
    assert tiny["solved"]["plan"]

    async def talk(client: Client) -> None:
        async def progress(_done: float, _total: float | None, message: str | None) -> None:
            heard["progress"].append(message)

        asked = {
            "curve_county": {"county": "tiny", "points": 3},
            "goal_county": {"county": "tiny", "people": 50, "within": 0.02},
            "frontier_county": {"county": "tiny", "points": 3},
            "stress_plan": {"plan": "tiny-base", "draws": 200, "income_margin": 0.05, "folder": "safe"},
            "alternative_plans": {"plan": "tiny-base", "within": 5, "count": 1},
        }
        for name, arguments in asked.items():
            heard[name] = answer(await client.call_tool(name, arguments, progress_callback=progress))
        heard["again"] = await client.call_tool("alternative_plans", asked["alternative_plans"])

    asyncio.run(connected(place, talk))
    return heard


def test_a_curve_is_that_of_python(searched: Heard) -> None:
    """Each point's people and bound; steps tell points."""
    found = liftplan.curve("tiny", points=3, gap=1e-3)
    told = searched["curve_county"]
    assert [(one["value"], one["people"], one["bound"]) for one in told["points"]] == [
        (one.value, one.people, one.bound) for one in found.points
    ]
    assert told["headline"] == found.headline
    assert any(message.startswith("Point ") for message in searched["progress"])


def test_a_goal_is_an_interval(searched: Heard) -> None:
    """The least money for so many people, with proof at both ends."""
    told, found = searched["goal_county"], liftplan.goal("tiny", 50, within=0.02)
    assert (told["lower_yuan"], told["upper_yuan"]) == (found.lower, found.upper)
    assert told["lower_yuan"] < told["upper_yuan"] <= told["lower_yuan"] + 0.02 * told["present"] + 1


def test_a_frontier_is_that_of_python(searched: Heard) -> None:
    """Plans on it, and what is proved between them."""
    told, found = searched["frontier_county"], liftplan.frontier("tiny", points=3, gap=1e-3)
    assert [(one["share_bp"], one["people"]) for one in told["points"]] == [
        (one.share_bp, one.people) for one in found.points
    ]
    assert told["bounds"] == found.as_json()["bounds"]


def test_a_plan_is_stressed(searched: Heard, place: Path) -> None:
    """The figures of the draws; the plan with margins lies in the server's folder."""
    told, found = searched["stress_plan"], liftplan.stress(place / "plans" / "tiny-base", draws=200)
    assert (told["stressed"]["mean"], told["stressed"]["least"]) == (found.plan.mean, found.plan.least)
    kept = liftplan.read_plan(told["plan"])
    assert (kept.scenario, Path(told["plan"]).name) == ("resistant", "safe")
    assert told["resistant"]["planned"] >= kept.totals.people_lifted  # those below the margin only are lifted too


def test_alternatives_are_plans(searched: Heard) -> None:
    """Each is a folder that `verify` accepts; they are replaced on demand only."""
    told = searched["alternative_plans"]
    assert len(told["plans"]) == len(told["alternatives"]) == 1
    assert liftplan.verify(told["plans"][0]).accepted
    assert told["alternatives"][0]["people"] >= told["people"] - 5
    assert "already" in refusal(searched["again"])


def test_answers_are_small(searched: Heard) -> None:
    """An assistant reads each of them whole."""
    assert all(len(json.dumps(told)) < 6_000 for name, told in searched.items() if "_" in name)


def test_documents_are_written(tiny: Heard) -> None:
    """The files that the answer names are there."""
    paths = list(map(Path, tiny["papers"]["documents"]))
    assert len(paths) > 5
    assert all(path.is_file() for path in paths)
    assert "documents made" in tiny["progress"][-1][1]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("typo", "Give a path, or a built-in county: tiny."),
        ("again", "There is a plan folder here already."),
        ("column", "The table funds has no column colour. Use one of fund,"),
        ("outside", "The name ../elsewhere is no plain name of a folder."),
        ("spoilt", "The plan is rejected"),
        ("unknown", "There is no argument gapp. Did you mean gap?"),
        ("value", "The argument gap cannot be 7. Give a number from 0 to 1."),
        ("choice", 'The argument table cannot be "fundz". Use one of ledger, projects,'),
        ("left out", "The argument county is missing."),
    ],
)
def test_what_goes_wrong_is_told(tiny: Heard, step: str, text: str) -> None:
    """Errors are the problem and the way out, not a traceback."""
    told = refusal(tiny[step])
    assert text in told
    assert not any(strange in told for strange in ("Traceback", "executing tool", "pydantic"))


def test_the_county_of_the_article(place: Path) -> None:
    """An assistant solves `zigui-2015` and asks why a household is not lifted."""
    heard: Heard = {}

    async def talk(client: Client) -> None:
        heard["solved"] = answer(await client.call_tool("solve_county", {"county": "zigui-2015", "gap": 0.05}))
        poor = {"plan": "zigui-2015-base", "table": "households", "where": {"lifted": False, "already_out": False}}
        rows = answer(await client.call_tool("plan_table", {**poor, "limit": 1}))["rows"]
        heard["household"] = rows[0]["household"]
        asked = {"plan": "zigui-2015-base", "kind": "household", "name": heard["household"]}
        heard["why"] = answer(await client.call_tool("explain_plan", asked))

    asyncio.run(connected(place, talk))
    assert heard["solved"]["people_lifted"] > 20_000
    assert heard["solved"]["gap"] <= 0.05
    assert heard["household"] in heard["why"]["text"]
    assert "does not lift it out of poverty" in heard["why"]["text"]


def test_descriptions_follow_the_language(place: Path) -> None:
    """With --lang zh, tools and parameters are described in Chinese, and so are answers."""
    heard: Heard = {}

    async def ask(client: Client) -> None:
        heard["tools"] = (await client.list_tools()).tools
        heard["missing"] = answer(await client.call_tool("validate_county", {"county": "nowhere"}))

    asyncio.run(connected(place, ask, "--lang", "zh"))
    texts = [tool.description for tool in heard["tools"]]
    texts += [one["description"] for tool in heard["tools"] for one in tool.input_schema["properties"].values()]
    assert all(any("一" <= letter <= "鿿" for letter in text) for text in texts)
    assert heard["missing"]["problems"][0]["message"] == "没有这个县或文件。"


def test_standard_output_carries_the_protocol_alone(tmp_path: Path) -> None:
    """From the first to the last line it is JSON-RPC; what libraries print below Python goes to standard error."""
    noisy = (
        "import os, liftplan; from liftplan.cli import main; from liftplan.assistant import server; "
        "load = liftplan.load; "
        "liftplan.load = lambda *given: (os.write(1, b'noise'), print('more noise'), load(*given))[2]; "
        f"main({COMMAND[2:]!r})"
    )
    listed = {"id": 3, "method": "tools/call", "params": {"name": "list_counties", "arguments": {}}}
    lines, errors, code = line_by_line([*HELLO, SOLVE, listed], tmp_path, ["-c", noisy])
    assert all(line["jsonrpc"] == "2.0" for line in lines)
    answers = {line["id"]: line["result"] for line in lines if "id" in line}
    assert answers[2]["structuredContent"]["people_lifted"] == 49
    assert len(answers[3]["structuredContent"]["counties"]) == 3
    assert "noise" in errors
    assert "more noise" in errors
    assert code == 0
