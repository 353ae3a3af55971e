"""Calls of a server: repeated while it is busy or away for a moment; what it refuses is raised."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Timer
from time import monotonic, sleep
from typing import Any, TypeVar

import httpx

from liftplan.client.errors import Refused, ServiceError, Unreachable, problems_of
from liftplan.client.reasons import unreached
from liftplan.models.messages import m
from liftplan.models.placing import file_made
from liftplan.models.problems import InputProblems, Place, Problem

BUSY = 429
"""Too many requests, or too many jobs wait: `Retry-After` says when to come back."""

AWAY = (502, 503, 504)
"""What a proxy answers while the server behind it starts anew."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
"""Seconds between two tries, doubled each time, where the server does not say how long."""

SILENCE = 60.0
"""Seconds without a sign of life after which a stream of steps is opened anew; the server gives one every 15."""

TOKEN = re.compile(r"[\x21-\x7e]+")
"""What a token looks like."""

Taken = TypeVar("Taken")


class Connection:
    """Calls of one server.

    address: such as http://127.0.0.1:8000. timeout: seconds that one try may take to connect, and between any two parts
    of its answer. patience: seconds for which a call is tried again.
    """

    def __init__(
        self,
        address: str,
        *,
        token: str | None,
        language: str,
        timeout: float,
        patience: float,
    ) -> None:
        if token and not TOKEN.fullmatch(token):
            message = m("The token holds characters that no token has.")
            way_out = m("Give it as {command} showed it.", command="liftplan token add")
            raise InputProblems([Problem("token", Place(), message, way_out)])
        headers = {"accept-language": language} | ({"authorization": f"Bearer {token}"} if token else {})
        self.language = language
        self._address, self._patience, self._reached = address, patience, False
        try:
            url = httpx.URL(address)
            if url.scheme not in {"http", "https"} or not url.host:
                raise httpx.UnsupportedProtocol(address)
            self._client = httpx.Client(
                base_url=url, headers=headers, timeout=httpx.Timeout(timeout), trust_env=not _here(url.host)
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeEncodeError):
            message = m("This is no address of a server.")
            way_out = m("Give one such as {example}.", example="http://127.0.0.1:8000")
            raise InputProblems([Problem("address", Place(file=address), message, way_out)]) from None

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def call(self, method: str, path: str, *, once: bool = False, **given: Any) -> Any:
        """The JSON that a call answers; None if it answers nothing.

        once: what must not be done twice is not sent again after it may have arrived. given: as for `httpx`.
        """

        def take(answer: httpx.Response) -> Any:
            answer.read()
            try:
                return answer.json() if answer.content else None
            except ValueError:
                raise _other_server(answer) from None

        return self._tried(method, path, take, once=once, **given)

    def download(self, path: str, target: Any) -> None:
        """Put a file in its place, whole or not at all. Raises `OSError` if it cannot be written."""

        def take(answer: httpx.Response) -> None:
            with file_made(target) as made, made.open("wb") as file:
                for part in answer.iter_bytes():
                    file.write(part)

        self._tried("GET", path, take)

    @contextmanager
    def lines(self, path: str, headers: Mapping[str, str], end: float | None = None) -> Iterator[Iterator[str]]:
        """The lines of an answer, as they come; a server that is busy or away, then or later, raises `Broken`.

        end: when to break it off, by the clock `monotonic`; None: never.
        """
        left = SILENCE if end is None else max(0.001, min(SILENCE, end - monotonic()))
        try:
            with self._client.stream("GET", path, headers=dict(headers), timeout=left) as answer:
                if answer.status_code in (BUSY, *AWAY):
                    raise Broken
                _raise_refusal(answer)
                with _broken_off(answer, end):
                    yield answer.iter_lines()
        except httpx.TransportError as error:
            raise Broken from error

    def _tried(
        self,
        method: str,
        path: str,
        take: Callable[[httpx.Response], Taken],
        *,
        once: bool = False,
        **given: Any,
    ) -> Taken:
        """What `take` makes of the answer to a call, after as many tries as patience allows."""
        end, pause = monotonic() + self._patience, FIRST_PAUSE
        while True:
            wait, again = pause, False
            try:
                with self._client.stream(method, path, **given) as answer:
                    self._reached = True
                    wait = _asked_to_wait(answer) or pause
                    again = answer.status_code == BUSY or (answer.status_code in AWAY and not once)
                    _raise_refusal(answer)
                    return take(answer)
            except Refused as refused:
                failure: ServiceError = refused
            except httpx.TransportError as error:
                again = self._reached and (not once or isinstance(error, httpx.ConnectError))
                failure = self._unreachable(error)
            if not again or monotonic() + wait > end:
                raise failure
            sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _unreachable(self, error: httpx.TransportError) -> ServiceError:
        if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
            message, way_out = (
                m("The server did not answer in time."),
                m("Allow it more time: {option}.", option="timeout"),
            )
        else:
            reason, way_out = unreached(error)
            message = m("The server cannot be reached: {reason}.", reason=reason)
        return Unreachable([Problem("unreachable", Place(file=self._address), message, way_out)])


class Broken(Exception):
    """A stream ended before its end."""


def _raise_refusal(answer: httpx.Response) -> None:
    """Raise `Refused` if an answer is none of success."""
    if answer.is_success:
        return
    answer.read()
    try:
        told = answer.json()["problems"]
    except (ValueError, KeyError, TypeError):
        raise _other_server(answer) from None
    raise Refused(answer.status_code, problems_of(told))


def _other_server(answer: httpx.Response) -> Refused:
    """An answer that is not liftplan's: of a proxy, or of another server."""
    if answer.is_success:
        message = m("What answered is no server of liftplan.")
    else:
        message = m("The server answered {status} {reason}.", status=answer.status_code, reason=answer.reason_phrase)
    way_out = m("Look whether the address is that of liftplan.")
    place = Place(file=f"{answer.request.method} {answer.request.url}")
    return Refused(answer.status_code, [Problem("http", place, message, way_out)])


@contextmanager
def _broken_off(answer: httpx.Response, end: float | None) -> Iterator[None]:
    """Break an answer off at its end, however long it is silent: whoever reads it hears that it was cut."""
    if end is None:
        yield
        return

    def cut() -> None:
        with suppress(OSError):
            answer.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    timer = Timer(max(0.0, end - monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _asked_to_wait(answer: httpx.Response) -> float:
    """Seconds after which the server asks to come back; 0 if it does not say."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdigit() else 0.0


def _here(host: str) -> bool:
    """True for names of this machine, which no proxy of the environment can reach."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
