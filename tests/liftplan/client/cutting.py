"""A proxy between client and server whose connections break."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

EVENT = b"event: progress"


@dataclass
class Cutter:
    """Passes everything on, and cuts each stream of steps after so many of them; `cuts` counts how often it did."""

    address: str
    """Of the server."""
    steps: int
    """Steps after which a stream is cut."""
    cuts: int = 0
    asked: list[bytes] = field(default_factory=list)
    """Heads of the requests for streams."""

    def pass_on(self, near: socket.socket, own: bytes) -> None:
        """Serve one connection of a client."""
        parts = urlsplit(self.address)
        far = socket.create_connection((parts.hostname, parts.port))
        back = threading.Thread(target=self._back, args=(near, far), daemon=True)
        back.start()
        with suppress(OSError):
            while head := near.recv(65_536):
                if b"/events " in head:
                    self.asked.append(head)
                far.sendall(head.replace(own, parts.netloc.encode()))
        far.close()

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        seen = 0
        with suppress(OSError):
            while part := far.recv(65_536):
                seen += part.count(EVENT)
                near.sendall(part)
                if seen >= self.steps:
                    self.cuts += 1
                    near.shutdown(socket.SHUT_RDWR)
                    break
        near.close()


@contextmanager
def cutting(address: str, steps: int) -> Iterator[tuple[str, Cutter]]:
    """The address of a proxy, and the proxy."""
    cutter = Cutter(address, steps)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        own = f"127.0.0.1:{listening.getsockname()[1]}"

        def accept() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listening.accept()
                    threading.Thread(target=cutter.pass_on, args=(near, own.encode()), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://{own}", cutter
