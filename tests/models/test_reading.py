"""How people and programs write counties, and how they are read."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from liftplan.models.example import example_county
from liftplan.models.files import archive, examine, read_county, write_county
from liftplan.models.files.numbers import number, truth, whole_number
from liftplan.models.messages import Message
from liftplan.models.problems import InputProblems

SOUND = Path(__file__).parent / "sound"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the sound county."""
    return Path(shutil.copytree(SOUND, tmp_path / "county"))


def text(path: Path) -> str:
    """The text of a CSV file."""
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(county: Path, encoding: str) -> None:
    """CSV in UTF-8, with or without byte order mark, and in GB18030 says the same."""
    for path in county.glob("*.csv"):
        path.write_text(text(path), encoding=encoding)
    assert read_county(county) == read_county(SOUND)


def test_gb18030_is_not_taken_for_utf8(county: Path) -> None:
    """Rare characters of GB18030 arrive as they are."""
    needs = county / "needs.csv"
    needs.write_text("id,name,name_en\nhousing,㐂〇龘,\nwater,䶮,\n", encoding="gb18030")
    assert read_county(county)["needs"]["name"].tolist() == ["㐂〇龘", "䶮"]


def test_csv_is_written_with_byte_order_mark(tmp_path: Path) -> None:
    """Excel and WPS show Chinese in what is written."""
    write_county(example_county(), tmp_path / "county")
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (tmp_path / "county").glob("*.csv"))


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_line_ends(county: Path, line: str) -> None:
    """Lines of any system are lines, the last one with or without its end."""
    for path in county.glob("*.csv"):
        path.write_bytes(line.join(text(path).splitlines()).encode())
    assert read_county(county) == read_county(SOUND)


def test_columns_in_any_order_and_without_defaults(county: Path) -> None:
    """Columns may stand in any order; those whose cells all have their default may be left out."""
    frame = pd.read_csv(county / "needs.csv", dtype=str)
    frame[["name", "id"]].to_csv(county / "needs.csv", index=False)
    found = read_county(county)["needs"]
    assert found["id"].tolist() == ["housing", "water"]
    assert found["name_en"].tolist() == ["", ""]


def test_blank_is_the_default(county: Path) -> None:
    """A blank cell is the default of its column: 0, nothing, or what the reference says."""
    path = county / "villages.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column in ("population", "in_push", "tags", "leader"):
        frame[column] = [" ", "", ""]
    frame.to_csv(path, index=False)
    villages = examine(county)[1], read_county(county)["villages"]
    assert villages[1]["population"].tolist() == [0, 0, 0]
    assert villages[1]["in_push"].tolist() == [True, True, True]
    assert villages[1]["tags"].tolist() == [(), (), ()]


def test_rows_and_columns_of_blanks_do_not_count(county: Path) -> None:
    """What spreadsheets leave behind - rows of commas, columns without name and content - is passed over."""
    path = county / "needs.csv"
    path.write_text("".join(f"{line},,\n" for line in text(path).splitlines()) + ",,,,\n,,,,\n", encoding="utf-8")
    _, problems = examine(county)
    assert [problem.code for problem in problems] == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("１２００", 1200),
        ("1,200,000", 1_200_000),
        ("１，２００", 1200),
        ("+7", 7),
        ("-7", -7),
        ("−7", -7),
        ("1200.0", 1200),
        ("1.2E+06", None),
        ("007", 7),
        ("12,00", None),
        ("1.5", None),
        ("12万", None),
        ("1_000", None),
        ("0x10", None),
        ("nan", None),
        ("1e400", None),
        ("1" * 50, None),
        ("", None),
        ("一", None),
    ],
)
def test_whole_numbers_as_people_type_them(cell: str, value: int | None) -> None:
    """Full width, grouping and spreadsheets' .0 are read; what could mean several things is not."""
    assert whole_number(cell) == value


@pytest.mark.parametrize(("cell", "value"), [("110.97", 110.97), ("１１０．５", 110.5), ("inf", None), ("x", None)])
def test_numbers_as_people_type_them(cell: str, value: float | None) -> None:
    """Coordinates may be in full width; they are never infinite."""
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("TRUE", True),
        ("是", True),
        ("１", True),
        ("false", False),
        ("否", False),
        ("0", False),
        ("2", None),
        ("", None),
    ],
)
def test_truth_values_as_people_type_them(cell: str, value: bool | None) -> None:
    """Truth values in both languages and as spreadsheets write them."""
    assert truth(cell) == value


def test_full_width_digits_in_a_table(county: Path) -> None:
    """Full-width digits in a cell are digits."""
    path = county / "commitments.csv"
    path.write_text(text(path).replace("80000", "８００００"), encoding="utf-8")
    assert read_county(county)["commitments"]["yuan"].tolist() == [80_000]


def parquet(county: Path, table: str, **columns: object) -> None:
    """Write a table as Parquet in place of CSV, some columns replaced by arrays of any type."""
    frame = pd.read_csv(county / f"{table}.csv", dtype=str, keep_default_na=False)
    arrays = {name: pa.array(frame[name]) for name in frame} | columns
    pyarrow.parquet.write_table(pa.table(arrays), county / f"{table}.parquet")
    (county / f"{table}.csv").unlink()


@pytest.mark.parametrize(
    "cells",
    [
        lambda texts: pa.array(texts).dictionary_encode(),
        lambda texts: pa.array([int(text) for text in texts], pa.uint32()),
        lambda texts: pa.array([float(text) for text in texts]),
        lambda texts: pa.array(texts, pa.large_string()),
    ],
    ids=["coded", "small", "float", "text"],
)
def test_parquet_of_other_programs(county: Path, cells: Callable[[list[str]], pa.Array]) -> None:
    """Whole numbers are read from any type that holds them exactly."""
    costs = pd.read_csv(county / "costs.csv", dtype=str)
    parquet(county, "costs", yuan=cells(costs["yuan"].tolist()))
    assert read_county(county) == read_county(SOUND)


def test_null_is_blank_in_parquet(county: Path) -> None:
    """Null is the default; in a column without one it is a problem."""
    parquet(county, "needs", name_en=pa.array([None, None], pa.string()))
    assert read_county(county)["needs"]["name_en"].tolist() == ["", ""]
    parquet(county, "commitments", yuan=pa.array([None], pa.int64()))
    assert [(one.code, one.place.row) for one in examine(county)[1]] == [("blank", 1)]


@pytest.mark.parametrize(
    ("column", "array", "code"),
    [
        ("yuan", pa.array([0.5]), "value"),
        ("yuan", pa.array([float("inf")]), "value"),
        ("yuan", pa.array([2**64 - 1], pa.uint64()), "value"),
        ("yuan", pa.array([True]), "column-type"),
        ("fund", pa.array([7]), "column-type"),
        ("fund", pa.array([["village_road"]]), "column-type"),
    ],
)
def test_parquet_of_a_wrong_type(county: Path, column: str, array: pa.Array, code: str) -> None:
    """Fractions, numbers beyond all and columns of another type are told, in the first row or the whole column."""
    parquet(county, "commitments", **{column: array})
    problems = examine(county)[1]
    assert [(one.code, one.place.table, one.place.column) for one in problems] == [(code, "commitments", column)]
    assert problems[0].place.row == (1 if code == "value" else 0)


def test_parquet_with_text_that_is_none(county: Path) -> None:
    """Bytes that are no UTF-8 are found before they can do harm."""
    parquet(county, "needs", name=pa.array([b"\xff", b"x"], pa.binary()).view(pa.string()))
    assert [one.code for one in examine(county)[1]] == ["parquet"]


def test_what_a_file_is_its_content_says(tmp_path: Path) -> None:
    """A document and an archive are known without their endings; `county.yaml` stands for its folder."""
    for name in ("county.json", "county.zip"):
        write_county(example_county(), tmp_path / name)
        assert read_county((tmp_path / name).rename(tmp_path / "found")) == example_county()
    assert read_county(SOUND / "county.yaml") == read_county(SOUND)


def test_document_may_leave_out_defaults(tmp_path: Path) -> None:
    """A document needs head and tables; 1200.0 is 1200 as JSON knows no difference."""
    small = json.loads((SOUND.parent / "sound.json").read_text(encoding="utf-8"))
    small["tables"]["funds"][0]["amount"] = 1e6
    (tmp_path / "county.json").write_text(json.dumps(small), encoding="utf-8")
    assert read_county(tmp_path / "county.json") == read_county(SOUND.parent / "sound.json")


def test_archive_may_hold_the_folder_itself(tmp_path: Path) -> None:
    """Packed with its folder around it, and with what some systems add, a county is read all the same."""
    with zipfile.ZipFile(tmp_path / "county.zip", "w") as packed:
        for path in SOUND.iterdir():
            packed.write(path, f"my county/{path.name}")
        packed.writestr("__MACOSX/my county/._funds.csv", b"x")
        packed.writestr("my county/.DS_Store", b"x")
    assert read_county(tmp_path / "county.zip") == read_county(SOUND)


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """An archive that would become far larger than it is, is not unpacked."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("county.yaml", bytes(archive.FEW_BYTES + 1))
    (tmp_path / "county.zip").write_bytes(bomb.getvalue())
    assert [one.code for one in examine(tmp_path / "county.zip")[1]] == ["zip-size"]


def test_archive_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    """No more is unpacked than an archive says; a file that would be longer is damaged."""
    content = bytearray(archive.render({"county.yaml": b"id: a\n" * 1000}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    (tmp_path / "county.zip").write_bytes(bytes(content))
    assert examine(tmp_path / "county.zip")[1][0].code == "zip"


def spoilt(kind: str) -> bytes:
    """An archive of a county that cannot be unpacked."""
    content = bytearray(archive.render({"county.yaml": b"id: a\n" * 1000}))
    directory = content.rindex(b"PK\x01\x02")
    if kind == "cut":
        del content[directory:]
    elif kind == "changed":
        content[directory + 16] ^= 1
    elif kind == "method":
        content[directory + 10] = content[8] = 97
    else:
        content[len("PK\x03\x04") + 40 : directory - 2] = bytes(directory - 2 - 44)
    return bytes(content)


REASONS = {
    "cut": "it is something else, or cut off",
    "changed": "its content was changed",
    "method": "it is packed in a way that is not known here",
    "noise": "it is damaged",
}
"""What is said of each."""


@pytest.mark.parametrize("kind", REASONS)
def test_archive_that_cannot_be_unpacked_is_told_in_our_own_words(kind: str, tmp_path: Path) -> None:
    """Why it cannot be read never comes from a library, which speaks English whoever reads."""
    (tmp_path / "county.zip").write_bytes(spoilt(kind))
    problem = examine(tmp_path / "county.zip")[1][0]
    assert problem.code == "zip"
    (reason,) = (value for name, value in problem.message.values if name == "reason")
    assert str(reason) == REASONS[kind]
    assert isinstance(reason, Message)


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    """What is no file is refused at once."""
    with pytest.raises(InputProblems):
        read_county("/dev/null")
    (tmp_path / "county.json").mkdir()
    with pytest.raises(InputProblems):
        read_county(tmp_path / "county.json")


def test_other_files_in_the_folder_are_no_concern(county: Path) -> None:
    """Notes, lock files of spreadsheets and subfolders are passed over."""
    (county / "notes.docx").write_bytes(b"x")
    (county / "~$funds.csv").write_bytes(b"x")
    (county / ".funds.csv").write_bytes(b"x")
    (county / "old").mkdir()
    assert read_county(county) == read_county(SOUND)


def test_columns_cannot_be_changed_afterwards() -> None:
    """A county that was read is as immutable as any."""
    with pytest.raises(ValueError, match="read-only"):
        read_county(SOUND)["households"]["income"][:] = np.int64(0)
