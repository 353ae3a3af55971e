"""What the client does when server, network or caller are not as they should be."""

from __future__ import annotations

import importlib
import json
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import liftplan
from liftplan.client import Refused, Service, ServiceError, Step, Unreachable
from liftplan.client.following import events
from liftplan.service.tokens import Tokens

from ..service.servers import Server, begun, serving
from ..unproved import ENDLESS
from .cutting import cutting


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server that asks for tokens and allows few calls a minute; a token of each role, and one to use up."""
    store = tmp_path_factory.mktemp("guarded") / "store"
    tokens = {role: Tokens(store).add(role, role) for role in ("viewer", "planner")}
    tokens["hasty"] = Tokens(store).add("hasty", "planner")
    with serving(store, "--login", "--rate", "60") as server:
        yield server, tokens


def test_a_stream_that_breaks_is_gone_on_with(server: Server) -> None:
    """Cut after each step, it tells every step once, in order, and then the end."""
    heard: list[Step] = []
    with cutting(server.address, steps=1) as (address, cutter), Service(address) as service:
        job = service.solve("tiny", seed=21, on_progress=heard.append)
        assert job.wait().state == "done"
    with server.client.stream("GET", f"/v1/jobs/{job.id}/events") as answer:
        whole = [json.loads(data) for name, _, data in events(answer.iter_lines()) if name == "progress"]
    assert heard == [Step.of(one) for one in whole]
    assert cutter.cuts >= 1
    assert b"last-event-id" in cutter.asked[-1].lower()


def test_a_server_that_is_killed_and_started_anew_is_waited_for(tmp_path: Path) -> None:
    """The job begins again there, and its steps are told again from its beginning; the wait goes on to its end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    servers = [begun(tmp_path / "store", "--port", port)]
    heard: dict[int, list[float]] = {1: [], 2: []}

    def listen(step: Step) -> None:
        heard[len(servers)].append(step.seconds)
        if len(servers) == 1 and len(heard[1]) == 2:
            servers[0].kill()
            servers.append(begun(tmp_path / "store", "--port", port))
        elif len(heard[2]) == 2:
            job.cancel()

    try:
        with Service(servers[0].address) as service:
            job = service.solve(servers[0].unproved(), **ENDLESS, on_progress=listen)
            job.wait()
    finally:
        for one in servers:
            one.kill()
    assert (job.state, job.facts["attempts"]) == ("cancelled", 2)
    assert heard[2][0] == 0.0
    assert heard[2] == sorted(heard[2])


def test_a_busy_server_is_asked_again(guarded: tuple[Server, dict[str, str]]) -> None:
    """Beyond the allowed calls the client waits as long as it is asked to; without patience it is refused."""
    server, tokens = guarded
    with Service(server.address, token=tokens["hasty"], patience=0) as hasty, pytest.raises(Refused) as raised:
        list(iter(hasty.about, None))
    assert (raised.value.status, raised.value.problems[0].code) == (429, "rate")
    with Service(server.address, token=tokens["hasty"]) as service:
        assert [service.about().role for _ in range(3)] == ["planner"] * 3


def test_roles_are_kept(guarded: tuple[Server, dict[str, str]]) -> None:
    """Without a token nothing is told; a viewer asks for no job."""
    server, tokens = guarded
    with Service(server.address) as nobody, pytest.raises(Refused) as raised:
        nobody.counties()
    assert (raised.value.status, raised.value.problems[0].code) == (401, "token")
    with Service(server.address, token=tokens["viewer"]) as viewer, pytest.raises(Refused) as raised:
        viewer.solve("tiny")
    assert (raised.value.status, raised.value.problems[0].code) == (403, "role")


def test_viewers_save_what_they_may_have(guarded: tuple[Server, dict[str, str]], tmp_path: Path) -> None:
    """The public files, nothing that names a household or tells of few people."""
    server, tokens = guarded
    with Service(server.address, token=tokens["planner"]) as planner:
        job = planner.solve("tiny").wait()
    with Service(server.address, token=tokens["viewer"]) as viewer:
        saved = viewer.job(job.id).save(tmp_path / "public")
    assert {path.name for path in saved.iterdir()} == {"public-villages.csv", "public-villages.xlsx"}


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    """With its address; nobody waits for one that never answered."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Service(f"http://127.0.0.1:{port}", patience=600) as service, pytest.raises(Unreachable) as raised:
        service.about()
    assert str(port) in str(raised.value)


def test_what_is_no_server_is_told_in_words(server: Server) -> None:
    """Each usual reason in words of our own, with what to do; no words of a library, no numbers of errors."""
    port = server.address.rstrip("/").rpartition(":")[2]
    told = {
        "http://127.0.0.1:1": "nobody listens at this address. Start it with liftplan serve",
        "http://nowhere.invalid": "no machine of this name is known. Look at the name",
        f"https://127.0.0.1:{port}": "it does not speak https. Let the address begin with http://",
    }
    for address, text in told.items():
        with Service(address) as service, pytest.raises(Unreachable) as raised:
            service.about()
        assert text in str(raised.value)
        assert "Errno" not in str(raised.value)


@pytest.mark.parametrize("content", [b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", b"SSH-2.0-OpenSSH_9.2\r\n"])
def test_what_is_another_server_is_told(content: bytes) -> None:
    """A page instead of JSON, and what is no HTTP at all."""
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            near, _ = other.accept()
            with near:
                near.recv(65_536)
                near.sendall(content)

        threading.Thread(target=answer, daemon=True).start()
        with (
            Service(f"http://127.0.0.1:{other.getsockname()[1]}", patience=0) as service,
            pytest.raises(ServiceError, match=r"no server of liftplan|no HTTP") as raised,
        ):
            service.about()
    assert raised.value.problems[0].way_out


def test_a_token_that_cannot_be_one_is_told() -> None:
    """Before anything is sent, and without its text."""
    with pytest.raises(liftplan.InputProblems, match="characters that no token has") as raised:
        Service(token="秘密")
    assert "秘密" not in str(raised.value)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without httpx the import says how to install it."""
    for name in [name for name in sys.modules if name.startswith("liftplan.client")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "liftplan\[client\]"'):
        importlib.import_module("liftplan.client")


def test_a_server_that_says_nothing_is_given_up() -> None:
    """After the time limit of a call."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Service(address, timeout=0.3) as service, pytest.raises(Unreachable, match="in time"):
            service.about()


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://host", "http://", "", "http://[::1"])
def test_what_is_no_address_is_told(address: str) -> None:
    """Before anything is sent."""
    with pytest.raises(liftplan.InputProblems, match="no address of a server"):
        Service(address)


def test_another_server_is_told(server: Server) -> None:
    """An answer that is not liftplan's has its status, and a way out."""
    with Service(f"{server.address}v1/counties/tiny/") as wrong, pytest.raises(Refused) as raised:
        wrong.about()
    assert raised.value.status == 404


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["event: end", "data: {}", ""], [("end", 0, "{}")]),
        ([": beat", "", "id: 7", "data:a", "data: b", ""], [("", 7, "a\nb")]),
        (["event: progress", "data: cut off"], []),
    ],
)
def test_events_are_read(lines: list[str], found: list[tuple[str, int, str]]) -> None:
    """Comments are passed over, lines of data put together, what is cut off left out."""
    assert list(events(iter(lines))) == found
