"""LibreOffice as a judge: it opens a workbook, forgets every cached value, and recalculates."""

import subprocess
from pathlib import Path

# 0 is "always recalculate on load"; by default LibreOffice trusts the cached values of files by other programs.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(*paths: Path) -> list[Path]:
    """The same workbooks of one folder with every formula calculated by LibreOffice, in a folder beside them."""
    profile, out = paths[0].parent / "profile", paths[0].parent / "recalculated"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    home = f"-env:UserInstallation={profile.resolve().as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    results = [out / path.name for path in paths]
    assert all(result.exists() for result in results), f"LibreOffice made no file: {done.stdout}{done.stderr}"
    return results
