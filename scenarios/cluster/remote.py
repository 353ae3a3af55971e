"""What runs on the cluster's workers."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from liftplan.models.messages import speaking


def done(work: Callable[[int, bytes], str], number: int, job: bytes, speech: str) -> str:
    """Do a job, in the language of whoever asks."""
    with speaking(speech):
        return work(number, job)


def installed() -> str:
    """The version of liftplan that a worker has."""
    return version("liftplan")
