"""Words about regimes: clauses, due dates and validity as an official says them.

Sources: ``regime_texts.csv``; "trước ngày" leaves the day itself out, "chậm nhất ngày" lets it in (domain 2.2).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from cchc.catalogue.tables import rows

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MARKS = (
    (r"^Mở đầu", "Phần mở đầu"),
    (r"^Kết", "Phần kết"),
    (r" ¶(\d+)", r" đoạn \1"),
    (r" gạch (\d+)", r" gạch đầu dòng \1"),
    (r" cộng (\d+)", r" dấu cộng \1"),
    (r"^TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện"),
    (r"^KINH PHÍ", "Kinh phí"),
)
_FORWARD = "CĐ 968 "


def text(key: str, **facts: object) -> str:
    """A sentence about regimes with its facts filled in."""
    return _texts()[key].format(**facts)


def clause_words(ref: str) -> str:
    """A reference as it is cited: ``1.a`` is ``điểm 1.a``, ``3 ¶2`` is ``mục 3 đoạn 2``."""
    if ref.startswith(_FORWARD):
        return f"Công điện 968, {clause_words(ref.removeprefix(_FORWARD))}"
    words = ref
    for mark, spoken in _MARKS:
        words = re.sub(mark, spoken, words)
    if re.match(r"\d+\.[a-zđ]", words):
        return f"điểm {words}"
    return f"mục {words}" if re.match(r"(\d+|[IVX]+)([. ]|$)", words) else words


def day_words(day: date) -> str:
    """``15/4/2023``; days below ten and the months 1 and 2 are written with a nought."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def iso_words(written: str) -> str:
    """A date of an instrument as people write it; one with a doubtful part stays as it is."""
    try:
        return day_words(date.fromisoformat(written))
    except ValueError:
        return written


def due_words(due_date: date | None, due_day: int | None, inclusive: bool | None) -> str:
    """When something is due, with the last good day spelled out.

    Args:
        due_date: The day named, for what has a date.
        due_day: Day of the period's last month, for what recurs.
        inclusive: True where that day itself is still on time.
    """
    if due_date is not None:
        last = due_date if inclusive else due_date - timedelta(days=1)
        key = "due_by_date" if inclusive else "due_before_date"
        return text(
            key,
            day=day_words(due_date),
            weekday=_WEEKDAYS[due_date.weekday()],
            last=day_words(last),
            last_weekday=_WEEKDAYS[last.weekday()],
        )
    if due_day is not None:
        return text("due_by_day" if inclusive else "due_before_day", day=due_day, last=due_day - (not inclusive))
    return text("due_open")


def validity_words(first: date | None, last: date | None) -> str:
    """From when until when something is in force."""
    since = text("valid_since", day=day_words(first)) if first else text("valid_always")
    return f"{since}{text('valid_until', day=day_words(last))}" if last else since


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("regime_texts")}
