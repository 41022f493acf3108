"""LibreOffice as a converter for containers that the marking library cannot write back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

TIMEOUT_SECONDS = 60
_LIMITS = 'ulimit -t 60 -f 400000; exec "$@"'
"""Seconds of computing, and blocks that a written file may have (200 MB)."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>1</value></prop></item>
</oor:items>
"""
"""No macro runs, no link to another file is followed."""


def as_xlsx(data: bytes, extension: str) -> bytes | None:
    """The workbook as .xlsx; None where LibreOffice is not installed or does not manage it.

    Args:
        data: The file.
        extension: What it really is: ``xls``, ``xlsb`` or ``ods``.
    """
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="cchc-return-") as scratch:
        here = Path(scratch)
        source = here / f"in.{extension}"
        source.write_bytes(data)
        settings = here / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        order = [office, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(here / "out")]
        if not _run(["sh", "-c", _LIMITS, "sh", *order, str(source)]):
            return None
        made = here / "out" / "in.xlsx"
        return made.read_bytes() if made.exists() else None


def _run(command: list[str]) -> bool:
    """Run in a process group of its own, which ends whole where it takes too long."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:  # noqa: S603 - fixed program
        try:
            return process.wait(TIMEOUT_SECONDS) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return False
