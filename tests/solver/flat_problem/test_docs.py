"""The example of docs/flat.md."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "flat.md"


def test_example_runs_and_prints_what_the_page_says() -> None:
    """The first example on the page is a whole program that prints what the comments beside its prints say."""
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    said = [line.partition("# ")[2] for line in code.splitlines() if line.startswith("print(")]
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    printed = done.stdout.splitlines()
    assert len(said) == len(printed) == 3
    for text, line in zip(said, printed, strict=True):
        assert line.startswith(text.partition(":")[0] if text.startswith("(") else text.removesuffix(", ..."))
