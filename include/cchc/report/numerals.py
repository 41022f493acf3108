"""Numbers and moments as Vietnamese readers write them: decimal comma, dot thousands, dd/mm/yyyy."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from cchc.catalogue.periods import ZONE

_SWAP = str.maketrans(",.", ".,")
_CENT = Decimal("0.01")
_AMPLE = Context(prec=1000)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def plain(value: Decimal) -> str:
    """Exact text of a decimal for machines: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal) -> Decimal:
    """At most two decimals, half up, trailing zeros removed."""
    return Decimal(plain(value.quantize(_CENT, ROUND_HALF_UP, _AMPLE)))


def number(value: Decimal) -> str:
    """``1.234,5``: at most two decimals; ``0`` is never ``-0``."""
    shown = rounded(value) or Decimal(0)
    return format(shown, ",f").translate(_SWAP)


def counted(value: Decimal | int) -> str:
    """A count as officials write it in a sentence: ``05``, ``12``, ``1.234``; ``0`` stays ``0``."""
    shown = number(Decimal(value))
    return f"0{shown}" if len(shown) == 1 and shown != "0" else shown


def share(value: Decimal) -> str:
    """``11,60``: a percentage of a table, always with two decimals so that they stand below one another."""
    return format(value.quantize(_CENT, ROUND_HALF_UP, _AMPLE) or Decimal("0.00"), ",f").translate(_SWAP)


def signed(value: Decimal) -> str:
    """``+1,2`` or ``-0,4``; ``0`` where nothing changed."""
    shown = rounded(value)
    return f"+{number(shown)}" if shown > 0 else number(shown)


def signed_share(value: Decimal) -> str:
    """``+0,40``: a change of a percentage in a table."""
    return f"+{share(value)}" if rounded(value) > 0 else share(value)


def cell_format(value: Decimal, *, percent: bool = False) -> str:
    """Number format of a cell that shows the value with Vietnamese separators and 0 to 2 decimals, a percentage with 2.

    The space before the border is part of the format: indented right-aligned cells are drawn unevenly by LibreOffice.
    """
    if percent:
        digits = "#,##0.00"
    elif value == value.to_integral_value():
        digits = "#,##0"
    else:
        # 99,999 is not a whole hundred: the decimals say that it was rounded.
        shown = rounded(value)
        digits = "#,##0.##" if shown != shown.to_integral_value() else "#,##0.00"
    return f"[$-42A]{digits}_-"


def signed_format(value: Decimal, *, percent: bool = False) -> str:
    """Number format of a cell that shows a change: a sign before all but 0, two decimals where there are any."""
    body = "#,##0" if not percent and value == value.to_integral_value() else "#,##0.00"
    return f"[$-42A]+{body}_-;-{body}_-;{body}_-"


def day(value: date) -> str:
    """``05/09/2026``."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def moment(value: datetime) -> str:
    """``16:05 ngày 05/09/2026`` on the office's clock."""
    local = value.astimezone(ZONE)
    return f"{local.hour:02d}:{local.minute:02d} ngày {day(local.date())}"


def due(value: datetime) -> str:
    """A last moment as people say it: 00:00 of the 11th is ``24:00 10/09/2026``."""
    local = value.astimezone(ZONE)
    if (local.hour, local.minute) == (0, 0):
        return f"24:00 {day((local - timedelta(seconds=1)).date())}"
    return f"{local.hour:02d}:{local.minute:02d} {day(local.date())}"


def roman(value: int) -> str:
    """Roman numeral of 1 to 39."""
    text = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            text, value = text + sign, value - worth
    return text
