"""What fuzzing starts from: one form in every container, small."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cchc.catalogue import periods, units
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue
from tests.written import WRITERS, as_csv, as_xlsb, cells

_CORPUS = Path(__file__).parents[1] / "corpus"
Q3 = periods.parse("2026-Q3")
_NUMBERS = (
    "1.234", "1,234", "98,5 %", "12 văn bản", "15/20 (75%)", "2 tỷ 350 triệu", "Không phát sinh", "-", "≈ 120",
    "02 (01 mới, 01 sửa đổi)", "1.234.567,89", "0.985", "１２３", "ngày 14 tháng 3 năm 2026", "> 95%", "1e3", "(12)",
)  # fmt: skip


def form() -> bytes:
    """A commune's form, filled in."""
    unit = units.find("10993", Q3.window_to)
    assert unit is not None
    own = figures(7, unit, Q3)
    return issue(unit, Q3, own, narrative(7, unit, Q3, own))


def stored(data: bytes) -> bytes:
    """The archive without compression, so that a mutation is soon unpacked."""
    with ZipFile(BytesIO(data)) as source:
        return zipped({name: source.read(name) for name in source.namelist()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, part in parts.items():
            target.writestr(ZipInfo(name), part)
    return out.getvalue()


def seeds(target: str) -> list[bytes]:
    """Beginnings for a target of :mod:`tests.fuzz.targets`."""
    if target == "numbers":
        return [text.encode() for text in _NUMBERS]
    if target == "xlsx":
        return [stored(form())]
    if target == "binary":
        data = [stored(path.read_bytes()) for path in _CORPUS.glob("calamine/*.ods") if "issue" not in path.name]
        old = [path.read_bytes() for path in sorted(_CORPUS.glob("*/*.xls")) if path.stat().st_size < 2**14]
        return [stored(as_xlsb(cells(form())[:2])), *data[:6], *old[:12]]
    sheets = cells(form())
    short = [sheets[0], *((name, rows[:20]) for name, rows in sheets[1:4])]
    if target == "csv":
        return [as_csv(short), as_csv(short, ";"), as_csv(short, "\t", "utf-16")]
    data = WRITERS[target](short)
    return [stored(data) if data.startswith(b"PK") else data]
