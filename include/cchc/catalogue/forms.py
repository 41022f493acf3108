"""Forms: which indicators a kind of sender is asked for in a kind of report.

Source: ``catalogue/data/forms/*.csv``; each row names its source. The form of an office is that of its authority, cut
to what the office leads (``offices.csv``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from cchc.catalogue.indicators import Indicator, areas, by_code, companions
from cchc.catalogue.tables import rows

TIERS = ("authority", "office", "department", "district", "commune")
"""Kinds of sender, the consolidating body's own first."""
OFFICE = "office"
"""Tier of the offices of one authority, which together speak for it as one unit."""
HEADINGS = ("TT", "Mã số", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
COVER_SHEET = "Bìa"
NARRATIVE_SHEET = "Thuyết minh"
SELF_CHECK_SHEET = "Tự kiểm tra"
RETURN_SHEET = "Cần sửa"
"""First sheet of a returned workbook: what to mend. No part of the form; its column of explanations is read back."""
READINGS_SHEET = "Cách đọc"
"""Second sheet of a returned workbook: which cells were read otherwise than as plain numbers. No part of the form."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of a form.

    Attributes:
        indicator: What is asked.
        required: ``must`` (its absence blocks), ``should`` (its absence is warned), ``computed`` (never asked) or
            ``companion`` (given where the sender adds up, its absence is nothing).
    """

    indicator: Indicator
    required: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one kind of report.

    Attributes:
        id: ``commune``, ``department``, ``district``, ``authority``, or ``office:`` with the office's code.
        version: Printed on the cover.
        title: Vietnamese title.
        rows: In printed order.
    """

    id: str
    version: str
    title: str
    rows: tuple[FormRow, ...]

    def area_rows(self, area: int) -> tuple[FormRow, ...]:
        """Lines of one area, possibly none."""
        return tuple(row for row in self.rows if row.indicator.area == area)

    @property
    def sheets(self) -> dict[int, str]:
        """Sheet name by area, for the areas that this form asks about."""
        present = {row.indicator.area for row in self.rows}
        return {number: row["sheet"] for number, row in areas().items() if number in present}

    @property
    def codes(self) -> frozenset[str]:
        """Codes that this form carries."""
        return frozenset(row.indicator.code for row in self.rows)


def tier(form_id: str) -> str:
    """The kind of sender of a form: ``authority``, ``department``, ``district``, ``commune`` or ``office``."""
    return form_id.partition(":")[0]


def base(form_id: str) -> str:
    """The form that an office's form is cut from; any other form itself."""
    return _offices()[form_id]["base"] if tier(form_id) == OFFICE else form_id


@cache
def all_forms() -> tuple[str, ...]:
    """Ids of all forms, those of offices last."""
    return (*(row["form"] for row in rows("forms")), *_offices())


@cache
def form(form_id: str, kind: str) -> Form:
    """The form of a sender for a report kind (``Q1``, ``H1``, ``Q3``, ``Y``).

    Raises:
        KeyError: If the catalogue has no such form.
    """
    if tier(form_id) == OFFICE:
        groups, adding = _offices()[form_id]["leads"], {item.code for item in companions()}
        version, _title, lines = _listed(base(form_id), kind)
        led = tuple(row for row in lines if leads(groups, row.indicator.code) and row.indicator.code not in adding)
        return Form(form_id, version, _office_title(), led)
    version, title, lines = _listed(form_id, kind)
    counted = {item.of for item in companions() if item.role not in ("numerator", "denominator")}
    if adds_up(form_id):
        lines = tuple(replace(row, required="computed") if row.indicator.code in counted else row for row in lines)
    return Form(form_id, version, title, lines)


@cache
def adds_up(form_id: str) -> bool:
    """True for the form of a sender that adds up other bodies' figures: it carries companions of its totals."""
    carried = {row["code"] for row in rows(f"forms/{form_id}")} if tier(form_id) != OFFICE else set()
    return any(item.code in carried for item in companions())


def _listed(form_id: str, kind: str) -> tuple[str, str, tuple[FormRow, ...]]:
    """Version, title and lines of a form as the catalogue lists them."""
    head = {row["form"]: row for row in rows("forms")}[form_id]
    lines = tuple(
        FormRow(by_code()[row["code"]], row["required"])
        for row in rows(f"forms/{form_id}")
        if row["kinds"] in ("all", kind)
    )
    return head["version"], head["title"], lines


def leads(groups: str, code: str) -> bool:
    """True where ``1 -1.3 4`` holds the code: the longest group that it belongs to decides."""
    fitting = [group for group in groups.split() if f"{code}.".startswith(f"{group.lstrip('-')}.")]
    return bool(fitting) and not max(fitting, key=lambda group: len(group.lstrip("-"))).startswith("-")


@cache
def _offices() -> dict[str, dict[str, str]]:
    return {f"{OFFICE}:{row['code']}": row for row in rows("offices")}


def _office_title() -> str:
    return next(row["text"] for row in rows("form_texts") if row["key"] == "office_form_title")
