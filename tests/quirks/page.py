"""Writes ``docs/quirks.md`` from the cases: ``python -m tests.quirks.page``."""

from __future__ import annotations

from cchc.catalogue.rules import rules
from cchc.settings import REPOSITORY
from tests.quirks.cases import CONTAINERS, Case, all_cases, quirks, senseless

PAGE = REPOSITORY / "docs" / "quirks.md"
_READ = {"missing": "chưa có số liệu", "nothing": "không phát sinh", "0 nothing": "0 (không phát sinh)"}


def page() -> str:
    """The matrix, why some of its places are empty, and every workbook with its expected reading."""
    lines = [
        "# Những điều bất thường của tệp gửi lên và cách đọc",
        "",
        "Trang này được tạo tự động từ `tests/quirks/*.csv` bằng lệnh `python -m tests.quirks.page`; không sửa",
        "trực tiếp. Mỗi trường hợp là một tệp được dựng từ biểu đã phát hành; `tests/quirks/test_quirks.py` đọc tệp đó",
        "trong từng loại tệp và đối chiếu giá trị, trạng thái, lời báo. Một giá trị hoặc được đọc đúng một nghĩa, hoặc",
        "bị hỏi lại, không bao giờ được đoán. `xls` và `ods` do LibreOffice chuyển; `html`, `docx`, `csv` ghi số theo",
        "lối Việt Nam như các hệ thống xuất ra.",
        "",
        "## Ma trận",
        "",
        "Số trong ô là số tệp đã kiểm thử; “–” là trường hợp không thể có trong loại tệp đó.",
        "",
        f"| | Trường hợp | {' | '.join(CONTAINERS)} |",
        f"|---|---|{'---|' * len(CONTAINERS)}",
        *(
            f"| {quirk} | {says} | {' | '.join(_place(quirk, c) for c in CONTAINERS)} |"
            for quirk, says in quirks().items()
        ),
        "",
        "## Vì sao có ô trống",
        "",
        *_reasons(),
        "",
        "## Từng tệp",
        "",
        "| Tệp | Nội dung | Đọc thành | Lời báo |",
        "|---|---|---|---|",
        *(_line(case) for case in all_cases()),
    ]
    return "\n".join(lines) + "\n"


def _row(quirk: int, says: str) -> str:
    return f"| {quirk} | {says} | {' | '.join(_place(quirk, c) for c in CONTAINERS)} |"


def _place(quirk: int, container: str) -> str:
    number = sum(case.quirk == quirk and container in case.containers for case in all_cases())
    return f"✓ {number}" if number else "–"


def _reasons() -> list[str]:
    by_reason: dict[tuple[int, str], list[str]] = {}
    for (quirk, container), why in senseless().items():
        by_reason.setdefault((quirk, why), []).append(container)
    return [f"- {quirk}, {', '.join(names)}: {why}" for (quirk, why), names in by_reason.items()]


def _line(case: Case) -> str:
    read = _READ.get(case.expected, case.expected.replace(".", ",")) if case.at else "mọi số liệu như biểu gốc"
    said = "; ".join(f"`{rule}` ({rules()[rule].severity.value})" for rule in case.rules) or "không có"
    said = said.replace("(critical)", "(chặn)").replace("(warning)", "(cảnh báo)")
    return f"| `{case}` | {case.says} | {read} | {said} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
