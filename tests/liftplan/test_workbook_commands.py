"""The commands on workbooks: write one, overwrite cells, check, convert, solve; progress as a terminal shows it."""

from __future__ import annotations

import itertools
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from liftplan.models.files import read_county
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.messages import LANGUAGES, speaking

from .program import Inside, environment, process


def overwrite(path: Path, table: str, field: str, row: int, value: object, language: str) -> str:
    """Another value in a cell, as who has opened the workbook finds it; returns the name of the cell."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEETS[table].text(language)]
    [head] = [cell for cell in sheet[1] if cell.value == header_of(field).text(language)]
    sheet.cell(row, head.column, value)
    book.save(path)
    return f"{head.column_letter}{row}"


@pytest.mark.parametrize("language", ["zh"])
def test_a_workbook_is_written_overwritten_checked_and_solved(language: str, tmp_path: Path) -> None:
    """new, validate and solve, each with exit code 0; what was overwritten is what is solved."""
    written = process("new", "my.xlsx", "--lang", language, cwd=tmp_path)
    assert (written.returncode, written.stderr) == (0, b"")
    assert "my.xlsx" in written.stdout.decode()
    assert openpyxl.load_workbook(tmp_path / "my.xlsx").sheetnames[1] == SHEETS["county"].text(language)
    overwrite(tmp_path / "my.xlsx", "households", "persons", 2, 6, language)
    overwrite(tmp_path / "my.xlsx", "funds", "amount", 2, 300_000, language)
    overwrite(tmp_path / "my.xlsx", "villages", "name", 2, "新名村", language)
    valid = process("validate", "my.xlsx", "--lang", language, cwd=tmp_path)
    assert (valid.returncode, valid.stderr) == (0, b"")
    solved = process("solve", "my.xlsx", "--out", "plan", "--lang", language, "--threads", "1", cwd=tmp_path)
    assert solved.returncode == 0, solved.stderr
    county = read_county(tmp_path / "plan" / "county.zip")
    assert county == read_county(tmp_path / "my.xlsx")
    assert county["households"]["persons"][0] == 6
    assert county["funds"]["amount"][0] == 300_000
    with speaking(language):
        assert openpyxl.load_workbook(tmp_path / "plan" / "plan.xlsx").sheetnames[0] in {"Summary", "概览"}
    page = (tmp_path / "plan" / "summary.html").read_text(encoding="utf-8")
    assert "新名村" in page or language == "en"
    assert process("verify", "plan", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_in_a_workbook_is_told_with_its_cell(language: str, call: Inside, place: Path) -> None:
    """Validate and solve both end with 2, name sheet and cell, write no plan and show no traceback."""
    assert call("new", "my.xlsx", "--lang", language)[0] == 0
    cell = overwrite(place / "my.xlsx", "households", "persons", 3, "four", language)
    for command in ("validate", "solve"):
        code, out, told = call(command, "my.xlsx", "--lang", language)
        assert (code, out) == (2, "")
        assert cell in told
        assert SHEETS["households"].text(language) in told
        assert "four" in told
        assert "Traceback" not in told
    assert sorted(path.name for path in place.iterdir()) == ["my.xlsx"]


def test_problems_of_a_workbook_as_json(call: Inside, place: Path) -> None:
    """Programs get one object with the place, the message and the way out."""
    assert call("new", "my.xlsx")[0] == 0
    cell = overwrite(place / "my.xlsx", "costs", "yuan", 2, -5, "en")
    code, found = call.json("validate", "my.xlsx")
    assert (code, found["status"]) == (2, "invalid")
    [problem] = found["problems"]
    assert cell in problem["place"]
    assert problem["way_out"]


def test_workbook_to_folder_and_back_loses_nothing(call: Inside, place: Path) -> None:
    """Convert takes a county through workbook, folder, document and zip; all hold the same."""
    names = ["tiny", "a.xlsx", "b", "c.json", "d.zip", "e.xlsx"]
    for source, target in itertools.pairwise(names):
        assert call("convert", source, target)[0] == 0
    counties = [read_county(place / name) for name in names[1:]]
    assert all(county == counties[0] for county in counties)
    assert (place / "a.xlsx").read_bytes() == (place / "e.xlsx").read_bytes()


@pytest.mark.parametrize("command", [("new", "my.docx"), ("convert", "tiny", "my.pdf")])
def test_other_kinds_of_files_are_refused(command: tuple[str, ...], call: Inside, place: Path) -> None:
    """No folder of such a name is made; the endings that are possible are told."""
    code, _, told = call(*command)
    assert code == 2
    assert all(ending in told for ending in (".xlsx", ".json", ".zip"))
    assert list(place.iterdir()) == []


def test_a_workbook_that_is_there_is_kept(call: Inside, place: Path) -> None:
    """Only --overwrite replaces it."""
    assert call("new", "my.xlsx")[0] == 0
    overwrite(place / "my.xlsx", "households", "persons", 2, 9, "en")
    before = (place / "my.xlsx").read_bytes()
    assert call("new", "my.xlsx")[0] == 2
    assert (place / "my.xlsx").read_bytes() == before
    assert call("new", "my.xlsx", "--overwrite")[0] == 0
    assert (place / "my.xlsx").read_bytes() != before


def test_progress_of_writing_is_shown_on_a_terminal(tmp_path: Path) -> None:
    """Who waits at a terminal sees how many rows are written, up to the last one; standard output has the end alone."""
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "liftplan", "convert", "tiny", "county.xlsx", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(TERM="xterm"), stdout=subprocess.PIPE, stderr=terminal
    ) as program:
        os.close(terminal)
        shown = seen(reader)
        assert program.stdout is not None
        found = json.loads(program.stdout.read())
    assert found["path"] == str(tmp_path / "county.xlsx")
    county = read_county(tmp_path / "county.xlsx")
    rows = sum(len(table) for table in county.tables.values())
    counts = [tuple(int(part.replace(",", "")) for part in one) for one in SENTENCE.findall(shown)]
    assert counts[-1] == (rows, rows)


SENTENCE = re.compile(r"([0-9,]+) of ([0-9,]+) rows written")


def seen(reader: int) -> str:
    """All that a program writes to a terminal, to its end."""
    parts = []
    while True:
        try:
            part = os.read(reader, 65_536)
        except OSError:  # how Linux says that nobody writes any more
            part = b""
        if not part:
            os.close(reader)
            return b"".join(parts).decode(errors="replace")
        parts.append(part)
