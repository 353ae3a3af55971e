"""What is asked of any problem that is told."""

from __future__ import annotations

from liftplan.models.messages import LANGUAGES
from liftplan.models.problems import Problem


def told(problems: list[Problem]) -> None:
    """Each problem can be shown in each language."""
    for problem in problems:
        for language in LANGUAGES:
            assert problem.message.text(language)
            assert problem.way_out.text(language)
