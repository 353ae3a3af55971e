"""The other commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import typer

import liftplan
from liftplan.cli.options import RefusedValue
from liftplan.cli.usage import usage_problem

from .program import Inside, environment, one_object, process


def test_validate_accepts_and_counts(call: Inside) -> None:
    """A valid county is told its size."""
    code, found = call.json("validate", "tiny")
    assert (code, found["status"], found["villages"], found["households"]) == (0, "valid", 3, 20)


def test_validate_lists_all_problems(call: Inside, place: Path) -> None:
    """All problems of a county come together, each with place and way out."""
    liftplan.new("county")
    villages = place / "county" / "villages.csv"
    lines = villages.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[0], "", 1)
    villages.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    code, found = call.json("validate", "county")
    assert (code, found["status"]) == (2, "invalid")
    assert len(found["problems"]) >= 2
    assert all("villages" in problem["place"] or problem["place"] for problem in found["problems"])


def test_validate_tells_rows_and_columns_in_chinese(call: Inside, place: Path) -> None:
    """Under `--lang zh` the place of a problem is told in Chinese too."""
    liftplan.new("county")
    villages = place / "county" / "villages.csv"
    lines = villages.read_text(encoding="utf-8-sig").splitlines()
    villages.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    assert "行" in call("validate", "county", "--lang", "zh")[2]


def test_counties_lists_the_built_in_ones(call: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """`counties` names each built-in county with its size."""
    monkeypatch.setattr(liftplan, "load", cache(liftplan.load))  # reading the large ones once is enough
    code, found = call.json("counties")
    assert code == 0
    listed = {county["id"]: county for county in found["counties"]}
    assert {"tiny", "zigui-2015"} <= set(listed)
    assert listed["tiny"]["villages"] == 3
    assert call("counties", "--quiet")[1].split() == list(listed)
    several = listed["zigui-2011-2015"]
    assert list(several["yuan_by_year"]) == ["2011", "2012", "2013", "2014", "2015"]
    assert f"{several['yuan']:,} (2015)" in call("counties")[1]


@pytest.mark.parametrize("target", ["county", "county.json", "county.zip"])
def test_new_writes_a_valid_county_in_each_format(call: Inside, target: str) -> None:
    """The example can be validated as it is, whatever the format."""
    code, found = call.json("new", target)
    assert (code, found["status"]) == (0, None)
    assert call("validate", target)[0] == 0


def test_new_does_not_overwrite(call: Inside) -> None:
    """What is there stays, unless `--overwrite` is given."""
    assert call("new", "county")[0] == 0
    assert call("new", "county")[0] == 2
    assert call("new", "county", "--overwrite")[0] == 0


@pytest.mark.parametrize("extra", [["t.json"], ["t.zip"], ["t"], ["t", "--tables", "parquet"]])
def test_convert_loses_nothing(call: Inside, extra: list[str]) -> None:
    """A county is the same in every format."""
    assert call("convert", "tiny", *extra)[0] == 0
    assert liftplan.load(Path(extra[0])).digest == liftplan.load("tiny").digest


def test_generate_repeats_its_seed(call: Inside) -> None:
    """The same seed gives the same county, another one another."""
    for target, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        arguments = ["--villages", "3", "--households", "8", "--seed", seed, "--out", f"{target}.json"]
        assert call("generate", *arguments)[0] == 0
    one, two, three = (liftplan.load(Path(f"{name}.json")).digest for name in ("one", "two", "three"))
    assert one == two != three


def test_schema_is_a_json_schema(call: Inside) -> None:
    """`schema` prints a JSON Schema; under `--json` it is a field of the object."""
    _, out, _ = call("schema")
    printed = json.loads(out)
    assert "$defs" in printed or "properties" in printed
    assert call.json("schema")[1]["schema"] == printed


@pytest.mark.parametrize("form", ["lp", "mps"])
def test_export_writes_a_model(call: Inside, place: Path, form: str) -> None:
    """`export` writes the model in both formats, and does not overwrite."""
    assert call("export", "tiny", "--format", form)[0] == 0
    assert (place / f"tiny.{form}").stat().st_size > 1000
    assert call("export", "tiny", "--format", form)[0] == 2
    assert [path.name for path in place.iterdir()] == [f"tiny.{form}"]


def test_format_of_an_export_is_told_by_its_ending(call: Inside, place: Path) -> None:
    """`--out t.mps` is in the MPS format without `--format`; an ending that is neither is refused."""
    assert call("export", "tiny", "--out", "t.mps")[0] == 0
    assert "ROWS" in (place / "t.mps").read_text(encoding="utf-8")
    assert call("export", "tiny", "--out", "t.lp")[0] == 0
    assert "subject to" in (place / "t.lp").read_text(encoding="utf-8").lower()
    code, found = call.json("export", "tiny", "--out", "t.txt")
    assert (code, found["problems"][0]["code"]) == (2, "export-format")


def test_export_over_a_file_names_the_option_that_replaces_it(call: Inside) -> None:
    """A file in the way is kept, and the way out says `--overwrite`, which replaces it."""
    assert call("export", "tiny")[0] == 0
    assert "--overwrite" in call.json("export", "tiny")[1]["problems"][0]["way_out"]
    assert call("export", "tiny", "--overwrite")[0] == 0


def test_warm_compiles_ahead(call: Inside) -> None:
    """The kernels can be compiled ahead."""
    code, found = call.json("warm")
    assert (code, found["status"]) == (0, None)
    assert found["seconds"] >= 0


def test_closed_pipe_is_no_error(place: Path) -> None:
    """A reader that goes away early gets no traceback; the exit code stays."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "liftplan", "counties"]
    ended = subprocess.run(
        command, cwd=place, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_full_disk_is_told_in_a_sentence(place: Path) -> None:
    """Output that cannot be written ends with 1 and the reason."""
    command = [sys.executable, "-m", "liftplan", "schema"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command, cwd=place, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert ended.returncode == 1
    assert b"Standard output cannot be written" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_every_exit_of_a_process_is_one_object(place: Path) -> None:
    """Byte for byte one object: bad input, bad lines, good ends."""
    for code, arguments in (
        (2, ["solve", "nowhere", "--json"]),
        (2, ["verify", "--json"]),
        (0, ["validate", "tiny", "--json"]),
        (0, ["validate", "tiny", "--json", "--lang", "zh"]),
    ):
        ended = process(*arguments, cwd=place)
        assert ended.returncode == code
        one_object(ended.stdout)


@pytest.mark.parametrize(
    ("error", "quoted"),
    [
        (typer.BadParameter("Value is odd.", param_hint="--odd"), True),
        (RefusedValue("too large", param_hint="--odd"), False),
    ],
)
def test_words_of_the_library_are_told_as_such(error: typer.BadParameter, quoted: bool) -> None:
    """What the reader of the line says is a quotation; what readers of values say is in our own words."""
    problem = usage_problem(error)
    assert problem is not None
    assert ("in the words of the program" in problem.message.text("en")) == quoted
    assert error.message in problem.message.text("zh")
