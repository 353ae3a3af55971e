"""LibreOffice for tests: converting a workbook with every formula computed anew."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice: formulas are computed whenever a workbook is opened."""

CACHED = re.compile(r"(<f>[^<]*</f><v>)[^<]*(</v>)")


def office() -> str:
    """The program; the test fails in one line if there is none."""
    found = shutil.which("soffice")
    if found is None:
        pytest.fail("LibreOffice (soffice) is missing: make system-packages, or NO_BROWSER=1", pytrace=False)
    return found


def recomputed(workbook: Path, folder: Path) -> Path:
    """The workbook after LibreOffice has opened it and saved it again, with all formulas computed anew."""
    return resaved(workbook, folder, RECALCULATE)


def resaved(workbook: Path, folder: Path, settings: str = "") -> Path:
    """The workbook after LibreOffice has opened it and saved it again; `settings` are what differs from its own."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    if settings:
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    out = folder / "recomputed"
    command = [office(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(workbook)], check=True, capture_output=True, timeout=300)
    return out / workbook.name


def spoil(content: bytes, path: Path) -> Path:
    """Write a workbook whose cached numbers of formulas are all wrong (-1)."""
    source = path.with_suffix(".source")
    source.write_bytes(content)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = CACHED.sub(r"\g<1>-1\g<2>", part.decode()).encode()
            new.writestr(name, part)
    return path
