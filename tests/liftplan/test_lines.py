"""Reading the command line: help, versions, languages, mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import liftplan
from liftplan.cli.app import COMMANDS
from liftplan.cli.common import split, system_language

from .program import Inside, one_object, process

MISTAKES = {
    "no command": [],
    "unknown command": ["slove"],
    "unknown option": ["solve", "tiny", "--speed"],
    "missing argument": ["solve"],
    "missing value": ["solve", "tiny", "--gap"],
    "not a number": ["solve", "tiny", "--gap", "small"],
    "not finite": ["solve", "tiny", "--time-limit", "nan"],
    "out of range": ["solve", "tiny", "--gap", "2"],
    "negative": ["solve", "tiny", "--seed", "-1"],
    "too many": ["validate", "tiny", "tiny"],
    "unknown choice": ["export", "tiny", "--format", "xls"],
    "unknown language": ["validate", "tiny", "--lang", "fr"],
    "language without a name": ["validate", "tiny", "--lang"],
    "missing option": ["generate"],
}


def wide(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_of_each_command_has_usage_purpose_options_and_examples(call: Inside, name: str) -> None:
    """`COMMAND --help` ends well and shows how to call the command."""
    code, out, err = call(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: liftplan {name}")
    assert str(COMMANDS[name]) in out
    assert "--json" in out
    assert f"  liftplan {name}" in out
    assert not wide(out)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_of_each_command_is_chinese_on_wish(call: Inside, name: str) -> None:
    """Under `--lang zh` every description in a help page is Chinese."""
    _, english, _ = call(name, "--help")
    code, chinese, _ = call(name, "--help", "--lang", "zh")
    assert code == 0
    described = [line for line in chinese.splitlines() if line.startswith("  --")]
    assert all(wide(line) or line.split("  ")[-1] == "" or line.strip() in english for line in described)
    assert wide(chinese.splitlines()[0])
    assert COMMANDS[name].text("zh") in chinese.replace("\n", "")


def test_help_of_the_program_lists_every_command(call: Inside) -> None:
    """`--help` names all commands and gives examples."""
    code, out, _ = call("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in COMMANDS)
    assert "Examples:" in out


def test_help_follows_the_language_of_the_system(place: Path) -> None:
    """With a Chinese locale the help is Chinese without being asked."""
    shown = process("solve", "--help", cwd=place, LANG="zh_CN.UTF-8", PYTHONUTF8="1")
    assert "用法" in shown.stdout.decode()


def test_version(call: Inside) -> None:
    """`--version` says the name and the version."""
    code, out, _ = call("--version")
    assert code == 0
    assert out.startswith("liftplan 0.")


def test_help_and_version_are_one_object_under_json(call: Inside) -> None:
    """Even help and version keep the promise of `--json`."""
    assert "help" in call.json("solve", "--help")[1]
    assert call.json("--version")[1]["version"].startswith("0.")


@pytest.mark.parametrize("kind", list(MISTAKES))
def test_mistakes_on_the_line_end_with_2_and_a_way_out(call: Inside, kind: str) -> None:
    """A line that is not understood is bad input, said in a sentence without a traceback."""
    code, out, err = call(*MISTAKES[kind])
    assert (code, out) == (2, "")
    assert err.startswith("problem: ")
    assert "Traceback" not in err
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("kind", list(MISTAKES))
def test_mistakes_on_the_line_are_one_object_under_json(call: Inside, kind: str) -> None:
    """A line that is not understood still gives a JSON object, wherever `--json` stands."""
    arguments = ["--json", *MISTAKES[kind]]
    assert call(*arguments)[0] == 2
    found = one_object(call(*arguments)[1])
    assert found["status"] == "invalid"
    assert [set(problem) for problem in found["problems"]] == [{"code", "place", "message", "way_out"}]


@pytest.mark.parametrize("kind", [kind for kind in MISTAKES if "language" not in kind])
def test_mistakes_on_the_line_are_told_in_chinese(call: Inside, kind: str) -> None:
    """Under `--lang zh` mistakes are told in Chinese."""
    _, _, err = call("--lang", "zh", *MISTAKES[kind])
    assert all(wide(line) for line in err.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve", "tiny"],
        ["solve", "tiny", "--quiet"],
        ["solve", "tiny", "--profile"],
        ["solve", "nowhere"],
        ["solve", "tiny", "--scenario", "better"],
        ["solve", "--help"],
        ["verify", "plan", "--certificate"],
        ["verify", "plan"],
        ["verify", "plan", "--county", "county"],
        ["counties"],
        ["--help"],
    ],
)
def test_chinese_texts_have_chinese_punctuation(
    call: Inside, solution: liftplan.Solution, arguments: list[str]
) -> None:
    """No comma, colon or bracket of the English text stands beside a Chinese character."""
    solution.save("plan")
    liftplan.new("county")
    _, out, err = call(*arguments, "--lang", "zh")
    wrong = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()] ?[\u4e00-\u9fff]")
    assert not [line for line in (out + err).splitlines() if wrong.search(line)]


def test_near_misses_are_offered(call: Inside) -> None:
    """A misspelled command is answered with the one that was meant."""
    assert "Did you mean solve?" in call("slove")[2]


def test_common_options_stand_anywhere() -> None:
    """`--json`, `--quiet` and `--lang` are taken out wherever they are, but not after `--`."""
    common, rest = split(["--json", "solve", "--lang=zh", "x", "--quiet", "--", "--json"], {})
    assert (common.json, common.quiet, common.language) == (True, True, "zh")
    assert rest == ["solve", "x", "--", "--json"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_SG", "LANG": "en_GB"}, "zh"),
        ({"LC_MESSAGES": "de_DE", "LANG": "zh_CN"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_language_of_the_system(environment: dict[str, str], expected: str) -> None:
    """LC_ALL goes before LC_MESSAGES before LANG; empty ones do not count; other languages read English."""
    assert system_language(environment) == expected
