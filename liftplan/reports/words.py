"""The words for what plans hold as codes."""

from __future__ import annotations

import shlex
import subprocess
import sys

from liftplan.models.messages import Message, language, m

BASE = "base"
"""Name of the scenario that changes nothing."""

CHANNELS: dict[str, Message] = {
    "fiscal": m("fiscal poverty funds"),
    "sector": m("sector poverty funds"),
    "household": m("household poverty funds"),
    "social": m("social poverty funds"),
}
"""Channels of money."""

CHANNEL_SIGNS = dict(zip(CHANNELS, "①②③④", strict=True))
"""Channel -> its sign, which stands beside its colour."""

REASONS: dict[str, Message] = {
    "none_left": m("all spent"),
    "ring_fenced": m("ring-fenced, never allocated"),
    "no_eligible_use": m("nothing left that it may pay"),
    "not_worth_it": m("what it may still pay lifts nobody more"),
    "reserved": m("reserved as fee"),
}
"""Why a fund has money left."""

RESULTS: dict[str, Message] = {
    "lifted": m("leaves poverty"),
    "poor": m("not lifted"),
    "out": m("already out"),
}
"""What becomes of a household."""

MODES: dict[str, Message] = {
    "grant": m("grant"),
    "interest_subsidy": m("interest subsidy"),
    "reward": m("reward for work done"),
    "build_first": m("build first, be refunded"),
}
"""Modes of finance."""

STAGES: dict[str, Message] = {
    "read": m("reading the county"),
    "compile": m("setting up the problem"),
    "kernels": m("compiling the numerical kernels, once for this machine"),
    "search": m("searching"),
    "prices": m("proving a bound"),
    "sets": m("fitting projects together"),
    "plan": m("improving the plan"),
    "branch": m("closing the gap"),
    "second level": m("working on the second goal"),
    "certificate": m("writing the certificate"),
    "ledger": m("writing the ledger"),
    "assemble": m("putting the plan together"),
    "check": m("checking the plan"),
    "write": m("writing the plan folder"),
}
"""Stages of a solve, those of events and those of its account of time."""

DIAGNOSIS_STAGES: dict[str, Message] = {
    "compile": m("setting up the problem"),
    "arithmetic": m("adding up needs and money"),
    "feasibility": m("looking for a plan, or a proof that there is none"),
    "slack": m("measuring the room of each rule"),
    "conflicts": m("looking for rules that clash"),
    "proofs": m("writing down what proves it"),
    "repairs": m("looking for the smallest repairs"),
}
"""Stages of a diagnosis."""

QUESTION_STAGES: dict[str, Message] = {
    "point": m("solving points"),
    "compare": m("comparing plans"),
    "explain": m("looking for reasons"),
    "prove": m("solving again with the opposite"),
    "tell": m("putting it into words"),
}
"""Stages of other questions that a server answers."""

STATUS: dict[str, Message] = {"optimal": m("proved best"), "feasible": m("checked plan, not proved best")}
"""How good a plan is known to be."""

STOPS: dict[str, Message] = {
    "proof": m("the proof is complete"),
    "gap": m("the gap asked for was reached"),
    "time": m("the time limit was reached"),
    "rounds": m("the limit of rounds was reached"),
    "cancelled": m("it was cancelled"),
}
"""Why a solve ended."""


def stage_name(stage: str) -> str:
    """A stage in the current language; one that is not known here has its own name."""
    return str({**DIAGNOSIS_STAGES, **QUESTION_STAGES, **STAGES}.get(stage, stage))


def shown(name: str, name_en: str) -> str:
    """A thing's name in the current language."""
    return name_en if name_en and language() == "en" else name


def yuan(amount: int) -> str:
    """Whole yuan with separators: 1,234,567."""
    return f"{amount:,}"


def percent(share: float, digits: int = 1) -> str:
    """A share as a percentage."""
    return f"{100 * share:.{digits}f} %"


def command_line(*words: str) -> str:
    """Words as somebody types them on this machine's command line, quoted where they have to be."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
