"""One edition on disk: workbook, document, PDF where LibreOffice is at hand, and a manifest that binds them."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cchc.model.consolidation import Consolidation
from cchc.report.docx import write_docx
from cchc.report.manifest import manifest
from cchc.report.pdf import write_pdf
from cchc.report.xlsx import write_xlsx


@dataclass(frozen=True, slots=True)
class WrittenEdition:
    """Where an edition's files are.

    Attributes:
        files: By kind (``xlsx``, ``docx``, ``pdf``, ``manifest``): ``path`` and ``sha256``.
        figures: Figures printed in the workbook.
    """

    files: dict[str, dict[str, str]]
    figures: int

    def copy_to(self, folder: Path) -> dict[str, str]:
        """Copy the files into a folder of the caller's; return the paths by kind."""
        folder.mkdir(parents=True, exist_ok=True)
        copies = {}
        for kind, file in self.files.items():
            target = folder / Path(file["path"]).name
            if target.resolve() != Path(file["path"]).resolve():
                shutil.copyfile(file["path"], target)
            copies[kind] = str(target)
        return copies


def write_edition(c: Consolidation, folder: Path) -> WrittenEdition:
    """Write an edition's files into ``folder``; each appears whole or not at all.

    The PDF is made from the document; it is left out where no LibreOffice is installed, and kept where the document
    has not changed since it was made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"bao-cao-cchc_{c.authority}_{c.period}_{c.edition:02d}"
    with TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
        xlsx, docx = Path(scratch) / f"{stem}.xlsx", Path(scratch) / f"{stem}.docx"
        figures = write_xlsx(c, xlsx)
        write_docx(c, docx)
        made = {"xlsx": xlsx, "docx": docx}
        kept = folder / f"{stem}.pdf"
        if not (kept.exists() and _same(docx, folder / docx.name)):
            pdf = write_pdf(docx, Path(scratch) / f"{stem}.pdf")
            made |= {"pdf": pdf} if pdf else {}
        placed = {kind: path.replace(folder / path.name) for kind, path in made.items()}
    if kept.exists():
        placed["pdf"] = kept
    placed["manifest"] = _write_manifest(c, placed, folder / f"{stem}.json")
    return WrittenEdition({kind: {"path": str(p), "sha256": _digest(p)} for kind, p in placed.items()}, figures)


def _write_manifest(c: Consolidation, files: dict[str, Path], path: Path) -> Path:
    path.write_text(json.dumps(manifest(c, files), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _same(left: Path, right: Path) -> bool:
    return right.exists() and _digest(left) == _digest(right)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
