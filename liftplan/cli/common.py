"""What every command takes: `--json`, `--quiet`, `--lang`, anywhere on the line; and the language of the machine."""

from __future__ import annotations

import ctypes
import locale
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from liftplan.models.messages import LANGUAGES, m

COMMON_OPTIONS = (
    ("--json", m("Print exactly one JSON object on standard output.")),
    ("--quiet", m("No progress, and one line instead of a summary.")),
    ("--lang en|zh", m("Language of texts; otherwise that of the system.")),
    ("--help", m("Show this help.")),
)
"""Options of every command, for the help."""


@dataclass(frozen=True)
class Common:
    """How to speak to whoever called."""

    json: bool = False
    quiet: bool = False
    language: str = "en"
    wrong_language: str | None = None
    """What was given to `--lang`, if it is no language offered; "" if nothing was given."""
    command: str = ""
    """The command that the line names, whether there is such a command or not."""
    out: TextIO | None = None
    """The real standard output, from where it is held."""


def split(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Common, list[str]]:
    """The common options of a command line, and the rest of it. Nothing after `--` is looked at."""
    rest: list[str] = []
    json = quiet = False
    asked: str | None = None
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        if word == "--json":
            json = True
        elif word == "--quiet":
            quiet = True
        elif word == "--lang":
            asked = left.pop(0) if left else ""
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        else:
            rest.append(word)
    fits = asked in LANGUAGES
    language = asked if asked is not None and fits else system_language(environment)
    command = next((word for word in rest if not word.startswith("-")), "")
    return Common(json, quiet, language, None if asked is None or fits else asked, command), rest


def system_language(environment: Mapping[str, str]) -> str:
    """`zh` if the system's messages are Chinese, else `en`: LC_ALL, LC_MESSAGES, LANG, then the Windows setting."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return "zh" if environment[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        known = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
        return "zh" if known.startswith("zh") else "en"
    return "en"
