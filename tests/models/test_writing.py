"""Writing counties: at once or not at all, over nothing but counties."""

from __future__ import annotations

from pathlib import Path

import pytest

from liftplan.models.example import example_county
from liftplan.models.files import read_county, write_county, writing
from liftplan.models.files.parts import pack
from liftplan.models.messages import LANGUAGES
from liftplan.models.problems import InputProblems
from liftplan.scenarios.small import random_small

NAMES = ["county", "county.json", "county.zip", "county.xlsx"]


def refusal(path: Path, *, overwrite: bool = False) -> str:
    """The code with which writing is refused."""
    with pytest.raises(InputProblems) as raised:
        write_county(example_county(), path, overwrite=overwrite)
    (problem,) = raised.value.problems
    assert problem.place.file == str(path)
    assert str(problem.way_out)
    return problem.code


@pytest.mark.parametrize("name", NAMES)
def test_county_is_replaced_only_if_asked(tmp_path: Path, name: str) -> None:
    """A county that is there stays, unless it is to be overwritten; then nothing of it is left."""
    write_county(random_small(1), tmp_path / name)
    assert refusal(tmp_path / name) == "target-exists"
    assert read_county(tmp_path / name) == random_small(1)
    write_county(example_county(), tmp_path / name, table_format="parquet", overwrite=True)
    assert read_county(tmp_path / name) == example_county()
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_a_county_is_replaced(tmp_path: Path, name: str, overwrite: bool) -> None:
    """Other files and folders of that name stay, whatever is asked."""
    target = tmp_path / name
    target.write_text("[1]", encoding="utf-8")
    assert refusal(target, overwrite=overwrite) == "target-other"
    assert target.read_text(encoding="utf-8") == "[1]"
    target.unlink()
    target.mkdir()
    (target / "photo.png").touch()
    assert refusal(target, overwrite=overwrite) == "target-other"
    assert (target / "photo.png").exists()


def test_folder_with_more_than_a_county_is_not_replaced(tmp_path: Path) -> None:
    """What people keep beside a county's files is never lost."""
    write_county(example_county(), tmp_path / "county")
    (tmp_path / "county" / "notes.docx").touch()
    assert refusal(tmp_path / "county", overwrite=True) == "target-other"
    assert (tmp_path / "county" / "notes.docx").exists()


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    """An empty folder is as good as none; folders above are made."""
    (tmp_path / "county").mkdir()
    write_county(example_county(), tmp_path / "county")
    write_county(example_county(), tmp_path / "a" / "b" / "county.zip")
    assert read_county(tmp_path / "county") == read_county(tmp_path / "a" / "b" / "county.zip")


@pytest.mark.parametrize("name", ["county.csv", "county.xls", "county.yaml", "my.docx", "my.pdf", "my.PDF", "my.et"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    """No folder is made that looks like a file of another kind."""
    assert refusal(tmp_path / name) == "target-form"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputProblems) as raised:
        write_county(example_county(), tmp_path / name)
    for language in LANGUAGES:
        way_out = raised.value.problems[0].way_out.text(language)
        assert all(ending in way_out for ending in (".xlsx", ".json", ".zip"))


@pytest.mark.parametrize("name", ["county", "county.2015", "秭归县.备份"])
def test_names_that_have_no_ending_make_folders(tmp_path: Path, name: str) -> None:
    """A point in the name of a folder is no ending if what follows looks like none."""
    write_county(example_county(), tmp_path / name)
    assert read_county(tmp_path / name) == example_county()


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_failure_leaves_everything_as_it_was(
    tmp_path: Path, name: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk is full at the last moment, what was there is still there, and nothing else is."""
    target = tmp_path / name
    if there:
        write_county(random_small(1), target)

    def full(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device", str(self), None, str(other))

    with monkeypatch.context() as patched:
        patched.setattr(writing.Path, "replace", full)
        patched.setattr(writing.Path, "rename", full)
        assert refusal(target, overwrite=True) == "target-write"
    assert [path.name for path in tmp_path.iterdir()] == ([name] if there else [])
    assert not there or read_county(target) == random_small(1)


def test_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    """A path through a file cannot be written."""
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "county") == "target-write"


def test_head_says_every_rule_on_its_line() -> None:
    """`county.yaml` shows each rule with all it can say, so that people change rather than guess."""
    lines = pack(example_county(), "csv")["county.yaml"].decode().splitlines()
    assert "  R10: {enforce: 'off', price: 0, source: '', share_bp: 5000, by: village}  # fairness" in lines
    assert "poverty_line: {2015: 2855}" in lines
    assert sum(line.startswith("      - {id: ") for line in lines) == 4
