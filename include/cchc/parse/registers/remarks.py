"""What is said of a workbook of registers: each remark names its cell, what was found, and how to mend it."""

from __future__ import annotations

from cchc.catalogue.registers import text
from cchc.model.register import Remark

_QUOTED = 80


def error(key: str, sheet: str = "", cell: str = "", found: str = "", **facts: object) -> Remark:
    """A remark that keeps the workbook from being taken over."""
    return _remark("error", key, sheet, cell, found, facts)


def warning(key: str, sheet: str = "", cell: str = "", found: str = "", **facts: object) -> Remark:
    """A remark on something that is taken over as it stands."""
    return _remark("warning", key, sheet, cell, found, facts)


def _remark(severity: str, key: str, sheet: str, cell: str, found: str, facts: dict[str, object]) -> Remark:
    quoted = found if len(found) <= _QUOTED else f"{found[:_QUOTED]}…"
    told = {"found": quoted, "sheet": sheet, "cell": cell, **facts}
    return Remark(severity, sheet, cell, quoted, text(key, **told), text(f"{key}_fix", **told))
