"""Whether something is at a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from liftplan.models.presence import is_there
from liftplan.models.problems import InputProblems


def test_files_and_folders_are_there(tmp_path: Path) -> None:
    """Both count; what is not there, is below a file, or cannot be a name does not."""
    (tmp_path / "file").touch()
    assert is_there(tmp_path)
    assert is_there(tmp_path / "file")
    assert not is_there(tmp_path / "other")
    assert not is_there(tmp_path / "file" / "below")
    assert not is_there(tmp_path / "zero\0byte")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    """300 characters: the reason in both languages, at a place that is cut."""
    with pytest.raises(InputProblems) as raised:
        is_there(tmp_path / ("x" * 300))
    (problem,) = raised.value.problems
    assert "the name is too long" in problem.message.text("en")
    assert "名称过长" in problem.message.text("zh")
    assert len(problem.place.file) <= 120


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    """The system does not look further, and says why."""
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(InputProblems, match="circle"):
        is_there(tmp_path / "one")
