"""Every text for users is in both languages, with the same placeholders, in an up-to-date catalogue."""

import ast
import gettext
import string
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from liftplan.models.messages import LANGUAGES, Message, language, m, speaking

ROOT = Path(__file__).parents[2]
FOLDERS = ("models", "solver", "scenarios", "liftplan")
CATALOGUE = ROOT / "models" / "locale" / "zh_CN" / "LC_MESSAGES" / "liftplan.po"


def written() -> dict[str, str]:
    """Every template given to `m(...)` in the sources, with a place where it stands."""
    found: dict[str, str] = {}
    for path in sources():
        for call in calls(path):
            (template,) = call.args
            if isinstance(template, ast.Constant) and template.value:
                found[template.value] = f"{path.relative_to(ROOT)}:{call.lineno}"
    for path in templates():
        for inside in calls_in_template(path):
            (text,) = inside.args
            if isinstance(text, nodes.Const):
                found[text.value] = f"{path.relative_to(ROOT)}:{inside.lineno}"
    return found


def templates() -> list[Path]:
    """Templates of pages."""
    return sorted((ROOT / "liftplan" / "web" / "templates").rglob("*.html"))


def calls_in_template(path: Path) -> list[nodes.Call]:
    """Calls of `m` in a template."""
    found = Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call)
    return [call for call in found if isinstance(call.node, nodes.Name) and call.node.name == "m"]


def calls(path: Path) -> list[ast.Call]:
    """Calls of `m` in a file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [
        node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "m"
    ]


def catalogue() -> Catalog:
    """The Chinese catalogue as text."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def placeholders(template: str) -> list[tuple[str, str]]:
    """Names and formats between braces, sorted."""
    return sorted((name, form or "") for _, name, form, _ in string.Formatter().parse(template) if name is not None)


def sources() -> list[Path]:
    """Tracked Python files of the four folders."""
    listed = subprocess.run(["git", "ls-files", *FOLDERS], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if name.endswith(".py") and (ROOT / name).exists()]


def test_catalogue_covers_exactly_the_messages_of_the_sources() -> None:
    """No message is missing from the catalogue and none is left over: after a change of a text run `make messages`."""
    known = {str(entry.id) for entry in catalogue() if entry.id}
    texts = written()
    missing = {text: place for text, place in texts.items() if text not in known}
    assert not missing
    assert not known - set(texts)


def test_no_message_is_untranslated_or_fuzzy() -> None:
    """Each entry has a finished translation."""
    assert not [entry.id for entry in catalogue() if entry.id and (not entry.string or entry.fuzzy)]


def test_translations_use_the_same_placeholders() -> None:
    """Each value of the English text appears in the Chinese one, in the same format."""
    for entry in catalogue():
        if entry.id and entry.string:
            assert placeholders(str(entry.string)) == placeholders(str(entry.id)), entry.id


def test_every_template_can_be_formatted() -> None:
    """No template has stray braces or unnamed placeholders."""
    for text, place in written().items():
        assert all(name.isidentifier() for name, _ in placeholders(text)), place


def test_compiled_catalogue_is_up_to_date() -> None:
    """The .mo file says what the .po file says."""
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in catalogue():
        if entry.id and entry.string:
            assert compiled.gettext(str(entry.id)) == entry.string


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_are_literal(path: Path) -> None:
    """`m` is only ever given a literal text and named values, so that no message escapes the catalogue."""
    for call in calls(path):
        (template,) = call.args
        assert isinstance(template, ast.Constant), f"{path}:{call.lineno}"
        assert isinstance(template.value, str), f"{path}:{call.lineno}"
        given = {keyword.arg for keyword in call.keywords}
        named = {name for name, _ in placeholders(template.value)}
        assert None in given or given == named, f"{path}:{call.lineno}"


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_of_pages_are_literal(path: Path) -> None:
    """Templates of pages give `m` a literal text and its named values, too."""
    for call in calls_in_template(path):
        (text,) = call.args
        assert isinstance(text, nodes.Const), f"{path}:{call.lineno}"
        given = {keyword.key for keyword in call.kwargs}
        assert given == {name for name, _ in placeholders(text.value)}, f"{path}:{call.lineno}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_is_inside_an_f_string(path: Path) -> None:
    """`make messages` does not look into f-strings: a message inside one would be missing from the catalogue."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            inside = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
            names = {part.func.id for part in inside if isinstance(part.func, ast.Name)}
            assert "m" not in names, f"{path}:{node.lineno}"


def test_english_is_the_default() -> None:
    """Without a choice of language messages are in English."""
    assert language() == "en"
    assert str(m("no {thing} here", thing="fund")) == "no fund here"


def test_language_holds_inside_its_block_only() -> None:
    """`speaking` switches the language and puts it back."""
    with speaking("zh"):
        assert language() == "zh"
    assert language() == "en"


def test_unknown_language_is_english() -> None:
    """A language without a catalogue falls back to the source language."""
    with speaking("fr"):
        assert language() == "en"


def test_values_that_are_messages_are_translated_too() -> None:
    """A message inside a message is rendered in the language of the outer one."""
    outer = m("{inner}!", inner=m("ten {unit}", unit="yuan"))
    for chosen in LANGUAGES:
        assert outer.text(chosen) == "ten yuan!"


def test_doubled_braces_are_single_in_the_text() -> None:
    """A template without values follows the same brace rules as one with values."""
    assert m("{{a}}").text() == Message("{{a}}").text("zh") == "{a}"


def test_empty_message_is_empty() -> None:
    """The empty text is not mistaken for the catalogue's header."""
    assert m("").text("zh") == ""
