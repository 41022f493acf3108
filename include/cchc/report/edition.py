"""An edition on disk: workbook, document, PDF and a manifest of what it was made from."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cchc.model.consolidation import Consolidation
from cchc.report.docx import write_docx
from cchc.report.facts import Facts
from cchc.report.pdf import write_pdf
from cchc.report.xlsx import write_xlsx

_MANIFEST = "manifest"
_MOULD = "mau-bao-cao.docx"
_KINDS = ("xlsx", "docx", "pdf", _MANIFEST)
"""In the order that people are told them."""


@dataclass(frozen=True, slots=True)
class Written:
    """Files of an edition.

    Attributes:
        figures: Indicators with a figure.
        files: By kind, always in the order ``xlsx``, ``docx``, ``pdf``, ``manifest``: ``path`` and ``sha256``.
        warning: A Vietnamese sentence where the document was not written in the installation's own template.
    """

    figures: int
    files: dict[str, dict[str, str]]
    warning: str = ""

    def copy_to(self, folder: Path) -> dict[str, str]:
        """Copy all files into a folder; return their paths by kind."""
        folder.mkdir(parents=True, exist_ok=True)
        return {kind: str(shutil.copy2(file["path"], folder)) for kind, file in self.files.items()}


class RedrawnError(Exception):
    """The same data give other bytes than were recorded: the program or its words have changed since."""


def write_edition(c: Consolidation, folder: Path, recorded: Mapping[str, str] | None = None) -> Written:
    """Write all files of an edition; an edition that stands there already with the same content stays untouched.

    Args:
        c: What the report says.
        folder: Where the edition lies.
        recorded: SHA-256 by kind that workbook and document must have, nothing is written where one differs; another
            file that lies there with another content is made again.

    Raises:
        RedrawnError: If the files do not have the recorded content.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as scratch:
        fresh = {kind: Path(scratch, f"{_stem(c)}.{kind}") for kind in ("xlsx", "docx")}
        figures = write_xlsx(c, fresh["xlsx"])
        warning = write_docx(c, fresh["docx"])
        if recorded and any(digest(path) != recorded.get(kind) for kind, path in fresh.items()):
            raise RedrawnError(f"{c.authority} {c.period} {c.edition}")
        standing = _standing(folder, _stem(c), fresh)
        if standing is None or _strange(standing, recorded):
            standing = _complete(c, folder, fresh)
    made = {kind: standing[kind] for kind in _KINDS if kind in standing}
    return Written(figures, {kind: {"path": str(path), "sha256": digest(path)} for kind, path in made.items()}, warning)


def kept_mould(folder: Path) -> bytes:
    """The installation's own template that the edition in a folder was written in; empty where it was none."""
    kept = folder / _MOULD
    return kept.read_bytes() if kept.is_file() else b""


def manifest(c: Consolidation, files: Mapping[str, Path]) -> dict[str, Any]:
    """What an edition consists of and what it was made from, as a JSON document."""
    facts = Facts(c)
    return {
        "format": 1,
        "authority": c.authority,
        "period": c.period,
        "edition": c.edition,
        "data_as_of": facts.moment.isoformat(),
        "coverage": {"reported": facts.reported, "expected": c.counts.expected},
        "counts": asdict(c.counts),
        "figures": sum(total.value is not None for total in c.totals),
        "template": hashlib.sha256(c.mould).hexdigest() if c.mould else "",
        "files": {kind: {"name": path.name, "sha256": digest(path)} for kind, path in files.items()},
        "submissions": [
            {"unit": row.unit, "submission_id": str(row.submission_id), "sha256": row.sha256, "verdict": row.verdict}
            for row in c.statuses
            if row.submission_id
        ],
    }


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stem(c: Consolidation) -> str:
    return f"bao-cao-cchc_{c.authority}_{c.period}_lan-{c.edition:02d}"


def _standing(folder: Path, stem: str, fresh: Mapping[str, Path]) -> dict[str, Path] | None:
    """The edition's files where they are complete and the same; the manifest is written last."""
    kinds = [*fresh, _MANIFEST]
    found = {kind: _place(folder, stem, kind) for kind in kinds}
    if not all(path.exists() for path in found.values()):
        return None
    if any(digest(found[kind]) != digest(path) for kind, path in fresh.items()):
        return None
    pdf = _place(folder, stem, "pdf")
    return {**found, "pdf": pdf} if pdf.exists() else found


def _strange(standing: Mapping[str, Path], recorded: Mapping[str, str] | None) -> bool:
    """True where a file lies there that is not the recorded one: it is never taken for the edition's own."""
    return bool(recorded) and any(digest(path) != (recorded or {}).get(kind) for kind, path in standing.items())


def _complete(c: Consolidation, folder: Path, fresh: Mapping[str, Path]) -> dict[str, Path]:
    if c.mould:
        (folder / _MOULD).write_bytes(c.mould)
    made = {kind: path.replace(_place(folder, _stem(c), kind)) for kind, path in fresh.items()}
    converted = write_pdf(made["docx"], next(iter(fresh.values())).with_suffix(".pdf"))
    if converted:
        made["pdf"] = converted.replace(_place(folder, _stem(c), "pdf"))
    document = json.dumps(manifest(c, made), ensure_ascii=False, indent=1)
    unfinished = next(iter(fresh.values())).with_suffix(".json")
    unfinished.write_text(document, encoding="utf-8")
    made[_MANIFEST] = unfinished.replace(_place(folder, _stem(c), _MANIFEST))
    return made


def _place(folder: Path, stem: str, kind: str) -> Path:
    return folder / f"{stem}.{'json' if kind == _MANIFEST else kind}"
