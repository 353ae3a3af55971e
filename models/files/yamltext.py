"""YAML as the county format uses it: no anchors, no dates, no key twice; every field has its line."""

from __future__ import annotations

import re
from typing import Any

import yaml

MOST_CHARACTERS = 5_000_000
"""Longest text that is read."""

DEEPEST = 20
"""Deepest nesting that is read."""


_FULL_WIDTH = re.compile(r"(?:^|[{,，])\s*[A-Za-z0-9_]+：|[［］｛｝]")
"""Signs that should be half width outside of texts."""


class YamlFault(Exception):
    """The text is not what this reads. `line` from 1, 0 = unknown.

    `kind`: syntax, tab, width, open, alias, twice, key, size.
    """

    def __init__(self, kind: str, line: int, detail: str) -> None:
        super().__init__(kind, line, detail)
        self.kind, self.line, self.detail = kind, line, detail


class _Loader(yaml.SafeLoader):
    """Knows texts, whole numbers, fractions, truth values and null by their looks, as YAML 1.2 does; no dates."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null", "int", "float", "map", "seq")}

for _tag, _pattern, _first in (
    ("bool", r"true|false|True|False|TRUE|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+0123456789."),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


class Reader:
    """Reads one text.

    Attributes
    ----------
    lines
        Line of each field, by its path: `years`, `policy.R3.minimum`, `sources.0.note`.
    faults
        Keys that stand twice, and keys that are neither text nor number.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self.faults: list[YamlFault] = []
        self._text = text

    def value(self) -> Any:
        """The values; raises `YamlFault` for what cannot be read at all."""
        if len(self._text) > MOST_CHARACTERS:
            raise YamlFault("size", 0, "")
        try:
            loader = _Loader(self._text)
            self._refuse_aliases()
            node = loader.get_single_node()
            return None if node is None else self._of(loader, node, "", 0)
        except yaml.MarkedYAMLError as error:
            raise self._fault(error) from None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise YamlFault("syntax", 0, " ".join(str(error).split())[:200]) from None

    def _fault(self, error: yaml.MarkedYAMLError) -> YamlFault:
        """What somebody probably did in the line of an error, or in the one before."""
        mark = error.problem_mark or error.context_mark
        number, lines = mark.line if mark else 0, self._text.splitlines()
        for place in (number, number - 1):
            line = lines[place] if 0 <= place < len(lines) else ""
            if "\t" in line:
                return YamlFault("tab", place + 1, "")
            if _FULL_WIDTH.search(line):
                return YamlFault("width", place + 1, "")
        begun = error.context_mark or mark
        kind = (
            "open"
            if (error.context or "").startswith(("while parsing a flow", "while scanning a quoted"))
            else "syntax"
        )
        meant = begun if kind == "open" and begun else mark
        return YamlFault(kind, meant.line + 1 if meant else 0, str(error.problem or error.context))

    def _refuse_aliases(self) -> None:
        for depth, event in _nested(yaml.parse(self._text, _Loader)):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent):
                raise YamlFault("alias", line, "")
            if depth > DEEPEST:
                raise YamlFault("syntax", line, f"nested more than {DEEPEST} deep")

    def _of(self, loader: _Loader, node: yaml.Node, path: str, line: int) -> Any:
        self.lines[path] = line or node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [self._of(loader, one, _joined(path, str(place)), 0) for place, one in enumerate(node.value)]
        if node.tag not in _TAGS:
            raise YamlFault("syntax", node.start_mark.line + 1, f"tag {node.tag}")
        if not isinstance(node, yaml.MappingNode):
            return loader.construct_object(node, deep=True)
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = loader.construct_object(key_node, deep=True) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.faults.append(YamlFault("key", line, str(key)))
                continue
            if str(key) in found:
                self.faults.append(YamlFault("twice", line, _joined(path, str(key))))
                continue
            found[str(key)] = self._of(loader, value_node, _joined(path, str(key)), line)
        return found


def _nested(events: Any) -> Any:
    """Events with the depth at which they stand."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        yield depth, event


def _joined(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part


BREAKS = frozenset("\r\n\x85\u2028\u2029")
"""Line ends of YAML: only double quotes keep them as they are."""


class _Dumper(yaml.SafeDumper):
    """Texts with line ends in double quotes."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if BREAKS.intersection(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def flow(value: Any) -> str:
    """A value on one line."""
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, default_flow_style=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
