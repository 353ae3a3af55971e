"""`county.yaml`: text to values and back. YAML 1.2 in plain: no anchors, no dates, no key twice."""

from __future__ import annotations

import re
from typing import Any

import yaml

from liftplan.models.files.texts import Unreadable, decoded
from liftplan.models.messages import Message, m
from liftplan.models.policy import RULES
from liftplan.models.problems import Place


class _Loader(yaml.SafeLoader):
    """Reads what the county format needs of YAML, and nothing else."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int):
                raise yaml.constructor.ConstructorError(None, None, "key", key_node.start_mark)
            if key in found:
                raise _TwiceError(str(key), key_node.start_mark.line + 1)
            found[key] = self.construct_object(value_node, deep=True)
        return found


class _TwiceError(Exception):
    """A key stands twice in one mapping; `args` are the key and its line."""


for _tag, _pattern, _first in (
    ("bool", r"true|false|True|False|TRUE|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+0123456789."),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def parse(content: bytes, file: str) -> dict[Any, Any]:
    """Values of a `county.yaml`. Raises `Unreadable` if it is no YAML, or no mapping."""
    place = Place(file=file)
    text = decoded(content, place)
    try:
        value = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except _TwiceError as error:
        key, line = error.args
        raise _unreadable(Place(row=line, column=key, file=file), m("The key {key} stands here twice.", key=key)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(row=mark.line + 1 if mark else 0, file=file)
        if error.problem == "alias":
            raise _unreadable(place, m("Anchors and aliases are not read here.")) from None
        raise _unreadable(place, m("This is not YAML: {reason}.", reason=error.problem)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(place, m("This is not YAML: {reason}.", reason=" ".join(str(error).split())[:200])) from None
    if value is None:
        raise Unreadable("empty-file", place, m("The file is empty."), m("Say at least id, name, years and poverty_line."))
    if not isinstance(value, dict):
        raise _unreadable(place, m("The file is no list of `key: value`."))
    return value


def _unreadable(place: Place, message: Message) -> Unreadable:
    return Unreadable("yaml", place, message, m("Correct the file; `liftplan new` writes an example."))


def render(head: dict[str, Any], policy: dict[str, Any]) -> bytes:
    """The text of a `county.yaml`, one rule or source a line."""
    lines = [f"{key}: {_flow(value)}" for key, value in head.items() if key != "sources"]
    lines.append("policy:")
    for key, value in policy.items():
        name = f"  # {RULES[key].template}" if key in RULES else ""
        if isinstance(value, dict) and value.get("rows"):
            lines.append(f"  {key}:{name}")
            lines += [f"    {one}: {_flow(part)}" for one, part in value.items() if one != "rows"]
            lines += ["    rows:", *(f"      - {_flow(row)}" for row in value["rows"])]
        else:
            lines.append(f"  {key}: {_flow(value)}{name}")
    if head.get("sources"):
        lines += ["sources:", *(f"  - {_flow(source)}" for source in head["sources"])]
    return ("\n".join(lines) + "\n").encode()


def _flow(value: Any) -> str:
    """A value on one line."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
