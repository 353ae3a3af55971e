"""Tokens and roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.service.serving import refuse_open
from liftplan.service.settings import Serving
from liftplan.service.tokens import Tokens

from ..program import Inside
from .servers import Server, serving


def test_token_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    """The file holds neither the token nor its secret part, and nobody else may read it."""
    token = Tokens(tmp_path).add("office", "planner")
    file = tmp_path / "tokens.json"
    assert token.rpartition("_")[2] not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0


def test_token_tells_who_calls(tmp_path: Path) -> None:
    """A token is known again, by another reader of the file too; anything else is nobody's."""
    token = Tokens(tmp_path).add("office", "planner")
    other = Tokens(tmp_path)
    found = other.who(token)
    assert found is not None
    assert (found.name, found.role) == ("office", "planner")
    for wrong in ("", "liftplan", token[:-1], token + "x", token.upper(), "_".join(token.split("_")[:2]), "\ud800"):
        assert other.who(wrong) is None


def test_removed_token_is_refused_at_once(tmp_path: Path) -> None:
    """A server that has let a token in refuses it as soon as it is removed."""
    tokens = Tokens(tmp_path)
    token = tokens.add("office", "viewer")
    assert tokens.who(token) is not None
    Tokens(tmp_path).remove("office")
    assert tokens.who(token) is None


def test_names_are_given_once(tmp_path: Path) -> None:
    """The audit log names tokens, so no two have the same name."""
    tokens = Tokens(tmp_path)
    tokens.add("office", "viewer")
    with pytest.raises(liftplan.InputProblems, match="already"):
        tokens.add("office", "admin")


@pytest.mark.parametrize("name", ["local", "Local"])
def test_no_token_is_called_as_whoever_sits_at_this_machine(tmp_path: Path, name: str) -> None:
    """`local` is who calls where no token is asked for; a token of that name could be taken for it."""
    with pytest.raises(InputProblems):
        Tokens(tmp_path).add(name, "viewer")


def test_command_makes_lists_and_removes(call: Inside, place: Path) -> None:
    """`liftplan token` shows a token once, lists names and roles, and removes."""
    store = ("--store", str(place / "store"))
    code, made = call.json("token", "add", "office", "--role", "planner", *store)
    assert (code, made["name"], made["role"]) == (0, "office", "planner")
    assert Tokens(place / "store").who(made["token"]) is not None
    code, found = call.json("token", "list", *store)
    assert [(one["name"], one["role"]) for one in found["tokens"]] == [("office", "planner")]
    assert made["token"] not in json.dumps(found)
    assert call("token", "remove", "office", *store)[0] == 0
    assert call("token", "remove", "office", *store)[0] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"host": "0.0.0.0", "hostnames": ("plan.example.org",)},
        {"hostnames": ("plan.example.org",)},
        {"login": True},
        {"host": "192.0.2.1"},
    ],
)
def test_server_that_others_reach_needs_tokens(tmp_path: Path, change: dict[str, object]) -> None:
    """Any other address than this machine's, a proxy, or `--login`: without tokens the server does not start."""
    open_to_others = Serving(store=tmp_path, **change)  # type: ignore[arg-type]
    with pytest.raises(liftplan.InputProblems) as refused:
        refuse_open(open_to_others)
    assert [problem.code for problem in refused.value.problems] == ["no-tokens"]
    assert "liftplan token add" in str(refused.value.problems[0].way_out)
    Tokens(tmp_path).add("office", "admin")
    refuse_open(open_to_others)


def test_server_on_every_address_needs_a_name(tmp_path: Path) -> None:
    """Without a name there is no Host to compare with."""
    Tokens(tmp_path).add("office", "admin")
    with pytest.raises(liftplan.InputProblems) as refused:
        refuse_open(Serving(store=tmp_path, host="0.0.0.0"))
    assert [problem.code for problem in refused.value.problems] == ["no-hostname"]


def test_serve_refuses_other_addresses_without_tokens(call: Inside, place: Path) -> None:
    """The command says so, with the way out, and exit code 2."""
    code, _, err = call("serve", "--host", "0.0.0.0", "--hostname", "plan.example.org", "--store", str(place / "s"))
    assert code == 2
    assert "liftplan token add" in err


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with login, and a token for each role."""
    store = tmp_path_factory.mktemp("guarded") / "store"
    tokens = {role: Tokens(store).add(f"the-{role}", role) for role in ("viewer", "planner", "admin")}
    with serving(store, "--login") as found:
        yield found, tokens


def bearing(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"authorization": f"Bearer {token}"}


def test_nothing_is_told_without_a_token(guarded: tuple[Server, dict[str, str]]) -> None:
    """Only whether the server is up is told to everybody."""
    server, _ = guarded
    assert server.client.get("/v1/health").status_code == 200
    for path in ("/v1/jobs", "/v1/counties", "/v1/version", "/v1/openapi.json", "/v1/nowhere"):
        answer = server.client.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert server.client.get(path, headers=bearing("liftplan_0000000000000000_x")).status_code == 401


def test_roles_allow_what_they_say(guarded: tuple[Server, dict[str, str]]) -> None:
    """A viewer looks, a planner solves; only planners are told households; an admin deletes what others made."""
    server, tokens = guarded
    viewer, planner, admin = (bearing(tokens[role]) for role in ("viewer", "planner", "admin"))
    asked = {"kind": "solve", "county": "tiny"}
    assert server.client.post("/v1/jobs", json=asked, headers=viewer).status_code == 403
    server.client.headers.update(viewer)
    made = server.client.post("/v1/jobs", json=asked, headers=planner).json()
    assert server.over(made["id"])["state"] == "done"
    names = {one["name"] for one in server.client.get(f"/v1/jobs/{made['id']}/files").json()}
    assert names == {"public-villages.csv", "public-villages.xlsx"}
    for name in ("summary.html", "plan.xlsx", "ledger.csv", "plan.json", "county.zip", "plan.zip", "run.json"):
        address = f"/v1/jobs/{made['id']}/files/{name}"
        assert server.client.get(address).status_code == 403
        assert server.client.get(address, headers=planner).status_code == 200
    villages = server.client.get(f"/v1/jobs/{made['id']}/view").json()["villages"]
    assert {village["lifted"] for village in villages} == {None}  # all of them have small groups
    villages = server.client.get(f"/v1/jobs/{made['id']}/view", headers=planner).json()["villages"]
    assert sum(village["lifted"] for village in villages) == made_lifts(server, made["id"])
    text = server.client.get(f"/v1/jobs/{made['id']}/result").text + server.client.get("/v1/counties/tiny").text
    assert "-h0" not in text
    named = {"kind": "explain", "job": made["id"], "subject": "household", "id": "v01-h0001"}
    asked_about = server.client.post("/v1/jobs", json=named, headers=planner).json()
    assert "-h0" in server.client.get(f"/v1/jobs/{asked_about['id']}", headers=planner).text
    assert "-h0" not in server.client.get(f"/v1/jobs/{asked_about['id']}").text
    server.over(asked_about["id"])
    assert server.client.delete(f"/v1/jobs/{made['id']}").status_code == 403
    other = server.client.post("/v1/jobs", json={**asked, "name": "x"}, headers=admin).json()
    assert server.over(other["id"])["state"] == "done"
    assert server.client.delete(f"/v1/jobs/{other['id']}", headers=planner).status_code == 403
    assert server.client.delete(f"/v1/jobs/{made['id']}", headers=admin).status_code == 204


def made_lifts(server: Server, job: str) -> int:
    """People lifted by the plan of a job."""
    return int(server.job(job)["outcome"]["people_lifted"])


def test_audit_log_names_who_did_what(guarded: tuple[Server, dict[str, str]]) -> None:
    """Refusals and changes stand in the log with the token's name, never the token."""
    server, tokens = guarded
    with httpx.Client(base_url=server.address) as nobody:
        nobody.get("/v1/jobs")
    server.client.post("/v1/jobs", json={"kind": "solve", "county": "nowhere"}, headers=bearing(tokens["planner"]))
    end, seen, text = monotonic() + 5.0, set[tuple[str | None, str, str, int]](), ""
    while ("the-planner", "POST", "/v1/jobs", 404) not in seen and monotonic() < end:  # written after the answer
        sleep(0.05)
        text = (server.store / "audit.jsonl").read_text(encoding="ascii")
        lines = [json.loads(line) for line in text.splitlines()]
        seen = {(line["who"], line["method"], line["path"], line["status"]) for line in lines}
    assert ("the-planner", "POST", "/v1/jobs", 404) in seen
    assert (None, "GET", "/v1/jobs", 401) in seen
    assert not [token for token in tokens.values() if token in text]
