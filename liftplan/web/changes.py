"""A scenario as the editor's form tells it: fields that were changed become overrides, one line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import get_args

from liftplan.models.messages import Message, m
from liftplan.models.policy import RULES, Policy
from liftplan.service.outlines import Outline
from liftplan.web.knobs import Knob, knobs

SHARE, FUND, RULE, PRICE, MORE = "share.", "fund.", "rule.", "price.", "more"
"""How fields of the form are called: a department's share, a fund's amount, how strictly a rule holds and what it costs
to break it, further lines."""

PURPOSES = "purposes"
"""Field: whether funds are pooled (R2)."""

MOST_PERCENT, MOST_YUAN = Decimal(1_000), Decimal(10**12)

DIGITS = 8
"""Digits of a percentage behind the point."""

MILLION = 1_000_000
"""Prices are millionths of a person."""

LINE_OF_SHARE = re.compile(r"funds\[department=([^\]|]+)\]\.amount x ([0-9.]+)")
LINE_OF_FUND = re.compile(r"funds\[([\w.\-]+)\]\.amount ([=x]) ([0-9.]+)")
LINE_OF_RULE = re.compile(r"policy\.(R[0-9]+)\.(enforce|price) = (\w+)")


@dataclass(frozen=True)
class Read:
    """What a form asks for."""

    lines: tuple[str, ...]
    """Overrides, in order."""
    wrong: Mapping[str, Message]
    """Field -> what is wrong with it."""


def choices(policy: Policy) -> dict[str, tuple[str, ...]]:
    """Rule -> how strictly it may hold."""
    return {rule: get_args(type(getattr(policy, rule)).model_fields["enforce"].annotation) for rule in RULES}


def read(form: Mapping[str, str], outline: Outline) -> Read:
    """The overrides of a form. Fields that are blank, or say what the county says already, change nothing."""
    lines: list[str] = []
    wrong: dict[str, Message] = {}
    for name, make in _writers(outline, form).items():
        text = form.get(name, "").strip().replace("\uff05", "%")
        if not text:
            continue
        try:
            line = make(text)
        except (ArithmeticError, ValueError):
            wrong[name] = m("{text} is no amount: write whole yuan, or a share as in 90%.", text=text)
        else:
            lines += [line] if line else []
    more = [line.strip() for line in form.get(MORE, "").splitlines()]
    return Read((*lines, *(line for line in more if line)), wrong)


def form_of(lines: tuple[str, ...], outline: Outline) -> dict[str, str]:
    """The form that asks for these overrides: what has no field of its own stands in the further lines."""
    found: dict[str, str] = {}
    rest: list[str] = []
    known = {knob.selector: knob for knob in knobs(outline)}
    for line in lines:
        try:
            pair = _field_of(line, known)
        except (ArithmeticError, ValueError):  # written by hand, and no amount
            pair = None
        if pair is None:
            rest.append(line)
        else:
            found[pair[0]] = pair[1]
    found[MORE] = "\n".join(rest)
    return found if read(found, outline).lines == lines else {MORE: "\n".join(lines)}


def _field_of(line: str, known: Mapping[str, Knob]) -> tuple[str, str] | None:
    if found := LINE_OF_SHARE.fullmatch(line):
        return SHARE + found[1], _plain(Decimal(found[2]) * 100)
    if found := LINE_OF_FUND.fullmatch(line):
        factor = found[2] == "x"
        return FUND + found[1], f"{_plain(Decimal(found[3]) * 100)}%" if factor else found[3]
    if line.startswith("policy.R2.purpose_rule = "):
        return PURPOSES, line.rpartition(" ")[2]
    if found := LINE_OF_RULE.fullmatch(line):
        if found[2] == "enforce":
            return RULE + found[1], found[3]
        return PRICE + found[1], _plain(Decimal(found[3]) / MILLION)
    selector, _, value = line.partition(" = ")
    knob = known.get(selector)
    return (knob.field, knob.shown(int(value))) if knob is not None and value.isdigit() else None


Make = Callable[[str], str | None]
"""The line that the text of a field asks for; None: nothing. Raises `ValueError` or `ArithmeticError`."""


def _writers(outline: Outline, form: Mapping[str, str]) -> dict[str, Make]:
    """Field of the form -> what makes its line, in the order of the lines."""
    policy = Policy.model_validate(outline.policy)
    found: dict[str, Make] = {}
    for one in outline.departments:
        found[SHARE + one.id] = partial(_share, f"funds[department={one.id}].amount")
    for fund in outline.funds:
        whole = form.get(SHARE + fund.department, "").strip() in {"", "100"}
        found[FUND + fund.id] = partial(_amount, f"funds[{fund.id}].amount", fund.amount if whole else None)
    for knob in knobs(outline):
        found[knob.field] = partial(_knob, knob)
    found[PURPOSES] = partial(_choice, "policy.R2.purpose_rule", policy.R2.purpose_rule, ("fixed", "pooled"))
    for rule, offered in choices(policy).items():
        part = getattr(policy, rule)
        found[RULE + rule] = partial(_choice, f"policy.{rule}.enforce", part.enforce, offered)
        if "soft" in offered:
            found[PRICE + rule] = partial(_price, f"policy.{rule}.price", part.price)
    return found


def _share(selector: str, text: str) -> str | None:
    percent = Decimal(text.removesuffix("%").strip())
    if not 0 <= percent <= MOST_PERCENT or percent != round(percent, DIGITS):
        raise ValueError(text)
    return None if percent == 100 else f"{selector} x {_plain(percent / 100)}"


def _amount(selector: str, present: int | None, text: str) -> str | None:
    """present: None if its department's share changes it anyway."""
    if text.endswith("%"):
        return _share(selector, text)
    yuan = Decimal(text.replace(",", ""))
    if not 0 <= yuan <= MOST_YUAN or yuan != yuan.to_integral_value():
        raise ValueError(text)
    return None if yuan == present else f"{selector} = {int(yuan)}"


def _knob(knob: Knob, text: str) -> str | None:
    value = knob.value_of(text)
    return None if value == knob.present else f"{knob.selector} = {value}"


def _choice(selector: str, present: str, offered: tuple[str, ...], text: str) -> str | None:
    if text not in offered:
        raise ValueError(text)
    return None if text == present else f"{selector} = {text}"


def _price(selector: str, present: int, text: str) -> str | None:
    exact = Decimal(text.replace(",", "")) * MILLION
    if not 0 <= exact <= MOST_YUAN:
        raise ValueError(text)
    price = int(exact.to_integral_value())
    return None if price == present else f"{selector} = {price}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
