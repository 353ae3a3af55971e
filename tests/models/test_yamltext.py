"""Texts in `county.yaml`."""

from __future__ import annotations

import pytest
import yaml

from liftplan.models.files.yamltext import flow


@pytest.mark.parametrize("text", ["0\x85", "a\u2028b", "a\u2029", "a\nb", "a\r", "普通", 'it\'s "so"\x85'])
def test_line_ends_in_texts_come_back(text: str) -> None:
    """Every line end that YAML knows is written so that it is read as it was."""
    assert yaml.safe_load(flow({"note": text})) == {"note": text}
