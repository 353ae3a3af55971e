"""A server from its start to its end."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.service.app import Mount, application
from liftplan.service.settings import Serving
from liftplan.service.tokens import Tokens

GRACE = 3
"""Seconds for answers under way when the server ends."""


def serve(serving: Serving, ready: Callable[[str], None], mount: Mount | None = None) -> None:
    """Serve until the process is told to end.

    Parameters
    ----------
    serving
        What to serve.
    ready
        Called with the server's address once it listens.
    mount
        What adds pages to the endpoints.

    Raises
    ------
    InputProblems
        If others could reach it and there are no tokens, the address is not free, or the store cannot be used.
    """
    refuse_open(serving)
    listening = _listening(serving)
    try:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            application(serving, port, mount),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=GRACE,
            backlog=1024,
        )
        host = f"[{serving.host}]" if ":" in serving.host else serving.host
        ready(f"http://{host}:{port}/")
        with suppress(KeyboardInterrupt):  # the usual end
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def refuse_open(serving: Serving) -> None:
    """Raise `InputProblems` if others could reach the server without a token, or by no name."""
    problems = []
    if serving.asks_for_tokens and not Tokens(serving.store).listed():
        message = m("Others could reach this server, and there are no tokens yet.")
        command = f"liftplan token add NAME --role admin --store {serving.store}"
        problems.append(Problem("no-tokens", Place(), message, m("Make one: {command}", command=command)))
    if serving.host in {"0.0.0.0", "::"} and not serving.hostnames:
        message = m("A server on every address must be told the names by which browsers reach it.")
        problems.append(Problem("no-hostname", Place(), message, m("Add {option}.", option="--hostname NAME:PORT")))
    if problems:
        raise InputProblems(problems)


def _listening(serving: Serving) -> socket.socket:
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            serving.host, serving.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, number)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(1024)
    except OSError as error:
        wanted = f"{serving.host}:{serving.port}"
        message = m("{address} cannot be listened on: {reason}.", address=wanted, reason=_reason(error))
        way_out = m("Choose another port with {option}.", option="--port")
        raise InputProblems([Problem("address", Place(), message, way_out)]) from None
    opened.setblocking(False)
    return opened


def _reason(error: OSError) -> Message:
    """Why an address cannot be listened on."""
    if isinstance(error, socket.gaierror):
        return m("there is no such name")
    known = {
        errno.EADDRINUSE: m("another program listens there"),
        errno.EADDRNOTAVAIL: m("it is no address of this machine"),
    }
    return known.get(error.errno or 0) or system_reason(error)
