"""What can go wrong in the ledger."""

from __future__ import annotations

from liftplan.models.messages import Message
from liftplan.models.problems import LiftplanError


class LimitReached(LiftplanError):
    """The time or the numbers did not suffice to decide whether whole-yuan flows exist; nothing is proved."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)
