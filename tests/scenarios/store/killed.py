"""Adds runs to a store in a process that is killed, again and again; called as a program, so that no threads run.

Arguments: address of the store, how many times, seed. Writes a line for each run that was added: its identifier and the
digest of its content.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from time import sleep

sys.path.insert(0, str(Path(__file__).parent))

from made import made  # type: ignore[import-not-found]

from liftplan.scenarios.store import RunStore


def add_without_end(store: RunStore, first: int, line: int) -> None:
    """Add runs and say so, until somebody ends this."""
    for number in range(first, first + 100_000):
        kept = store.add(made(number), f"content {number} " * 5_000)
        os.write(line, f"{kept.id} {kept.content}\n".encode())


def main() -> None:
    """Start a process, kill it, tell what it had said until then."""
    address, times, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    store, chance = RunStore(address), random.Random(seed)
    for time in range(times):
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            add_without_end(store, 100_000 * (time + 1), theirs)
        os.close(theirs)
        head = b"" if time else os.read(ours, 1)  # the first has said something, however busy the machine is
        sleep(chance.random() * 0.08)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(ours, "rb") as said:
            sys.stdout.write((head + said.read()).decode())


if __name__ == "__main__":
    main()
