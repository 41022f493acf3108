"""The unit's own page: a workbook for one unit, or for every unit of an authority."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc.steps.base import engine, now, period_of

if TYPE_CHECKING:
    from cchc.model.consolidation import Consolidation
    from cchc.model.extract import UnitExtract

_STAMP = (1980, 1, 1, 0, 0, 0)
"""Of every file in the archive: the same extracts give the same bytes."""


def extract(
    authority: str, period: str, out: Path | str, unit: str | None = None, as_of: datetime | None = None
) -> dict[str, Any]:
    """Write extracts into a folder (the document of ``cchc extract --json``).

    Args:
        authority: Who consolidates.
        period: Period code.
        out: Folder.
        unit: Unit code; None for every unit that owes the authority a report.
        as_of: Versions received up to this moment count; None for now.

    Raises:
        LookupError: If no such unit owes the authority a report for the period.
    """
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    found = _assembled(authority, period, as_of)
    files = [_written(extract, folder) for extract in _extracts(found, [unit] if unit else _owing(found))]
    return {"authority": authority, "period": found.period, "edition": found.edition, "files": files}


def extract_file(authority: str, period: str, unit: str, as_of: datetime | None = None) -> dict[str, Any]:
    """One unit's extract for the portal: ``name`` and ``content``.

    Raises:
        LookupError: If no such unit owes the authority a report for the period.
    """
    found = _assembled(authority, period, as_of)
    with tempfile.TemporaryDirectory() as scratch:
        for made in _extracts(found, [unit]):
            path = Path(_written(made, Path(scratch))["path"])
            return {"name": path.name, "content": path.read_bytes()}
    raise LookupError(unit)


def archive(c: Consolidation, number: int, folder: Path) -> Path:
    """Every unit's extract in one archive beside an edition's files, named by the moment of its data."""
    moment = (c.data_as_of or c.as_of).strftime("%Y%m%d-%H%M%S")
    path = folder / f"trich-xuat_{c.authority}_{c.period}_lan-{number:02d}_{moment}.zip"
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for made in _extracts(c, _owing(c)):
            file = Path(_written(made, Path(scratch))["path"])
            packed.writestr(zipfile.ZipInfo(file.name, _STAMP), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def _assembled(authority: str, period: str, as_of: datetime | None) -> Consolidation:
    from cchc import consolidate as stage
    from cchc import load

    wanted = period_of(period)
    load.ensure_period(engine(), wanted)
    with engine().connect() as connection:
        return stage.assemble(connection, authority, wanted, as_of or now())


def _extracts(c: Consolidation, codes: Sequence[str]) -> Iterator[UnitExtract]:
    from cchc import consolidate as stage

    if not set(codes) <= {row.unit for row in c.statuses}:
        raise LookupError(", ".join(codes))
    wanted = period_of(c.period)
    ago = period_of(f"{wanted.year - 1}-{wanted.kind}")
    with engine().connect() as connection:
        last_year = stage.earlier(connection, c.authority, ago, c.as_of)
    return stage.extracts(c, last_year, codes)


def _owing(c: Consolidation) -> list[str]:
    return [row.unit for row in c.statuses if row.state != "exempt" and row.kind != "authority"]


def _written(made: UnitExtract, folder: Path) -> dict[str, Any]:
    from cchc import report

    path = folder / report.extract_name(made)
    figures = report.write_extract(made, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"unit": made.unit.unit, "name": made.unit.name, "path": str(path), "figures": figures, "sha256": digest}
