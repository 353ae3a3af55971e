"""Why a server cannot be reached: the usual reasons in words of our own, each with a way out."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from liftplan.models.messages import Message, m
from liftplan.models.reasons import quoted

_SYSTEM: dict[int, tuple[Message, Message]] = {
    errno.ECONNREFUSED: (
        m("nobody listens at this address"),
        m("Start it with {command}, or look at the port of the address.", command="liftplan serve"),
    ),
    errno.ENETUNREACH: (m("there is no network"), m("Look whether this machine is on the network.")),
    errno.EHOSTUNREACH: (m("no way leads to its machine"), m("Look whether its machine runs, and at the network.")),
    errno.ECONNRESET: (m("it broke off"), m("Ask again; look whether it runs.")),
    errno.EPIPE: (m("it broke off"), m("Ask again; look whether it runs.")),
}
"""What the system says -> reason, way out."""

_NO_NAME = (m("no machine of this name is known"), m("Look at the name in the address."))
_NO_TLS = (m("it does not speak https"), m("Let the address begin with http:// if it is a server without TLS."))
_NO_TRUST = (
    m("this machine does not trust its certificate"),
    m("Look at the name in the address, or have its certificate accepted on this machine."),
)
_PROXY = (
    m("the proxy of this machine does not let it through"),
    m("Look at {name}, or name the server in {other}.", name="HTTPS_PROXY", other="NO_PROXY"),
)
_NO_ANSWER = (m("it does not answer"), m("Look whether it runs and the address is right."))
_NOT_HTTP = (
    m("what it answers is no HTTP, or was cut off"),
    m("Look at the address; let it begin with https:// if the server has TLS."),
)


def unreached(error: httpx.TransportError) -> tuple[Message, Message]:
    """Reason and way out of a call that failed; what is not usual is quoted."""
    if isinstance(error, httpx.ProxyError):
        return _PROXY
    if isinstance(error, httpx.TimeoutException):
        return _NO_ANSWER
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _NO_TRUST
        if isinstance(cause, ssl.SSLError):
            return _NO_TLS
        if isinstance(cause, socket.gaierror):
            return _NO_NAME
        if isinstance(cause, OSError) and cause.errno in _SYSTEM:
            return _SYSTEM[cause.errno]
    if isinstance(error, httpx.RemoteProtocolError):
        return _NOT_HTTP
    return quoted(str(error) or type(error).__name__), m("Look whether it runs and the address is right.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it was raised from."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
