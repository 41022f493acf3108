"""Shares that a clause sets a least for: internal procedures, self-inspection; and letters of apology.

Sources: Công điện 968/CĐ-TTg mục 1.e and Công văn 392?/UBND-NC tỉnh Bình Phước mục 1.e (100, 50, 20, 20%, to the end
of 2023); 39/QĐ-UBND xã Thượng Hồng mục II.3 (30% of units); 03/CT-UBND huyện Cẩm Mỹ mục 1.e (an apology each).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.special import number_words, words
from cchc.consolidate.special.build import ruled, tally
from cchc.consolidate.special.material import Material
from cchc.model.special import Behind, SpecialItem, SpecialRule

_AMPLE = Context(prec=60)
_PLACES = Decimal("1e-10")
_LEAST = {"published": "100", "planned": "50", "cut": "20", "cost": "20"}
_OVER = {"published": ("published", "total"), "planned": ("planned", "total")}


@dataclass(frozen=True, slots=True)
class _Share:
    """A share to be judged: which figures, the least percentage, the last day."""

    key: str
    top: tuple[tuple[int, str], ...]
    bottom: str
    least: Decimal
    deadline: date | None


def internal_procedures(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """N1 to N4: published, with a plan, procedures cut, cost cut. The denominator of N3 is a setting of the regime."""
    items = [_internal(share, rule, material) for share in _internal_shares(rule)]
    met, judged_ = tally(items, "met"), sum(item.value is not None for item in items)
    denominator = words(f"cut_over_{rule.params.get('cut_denominator', 'plans')}")
    summary = words("internal_summary", met=met, judged=judged_, number=len(items), denominator=denominator)
    return ruled(rule, instrument, summary, items)


def self_inspection(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """The share of units that inspected themselves, of all; a quarter alone is not held against the year's least."""
    params = rule.params
    least = Decimal(str(params["minimum"]))
    share = _Share("inspected", ((1, params["inspected"]),), params["units"], least, None)
    value = _percent(share, material)
    status = _against(value, share, material, alone=material.period.basis == "period")
    subject = words("subject_inspected")
    item = _item(share, material, subject, status, value, _parts(share, material, value))
    key = "inspection_no_data" if value is None else f"inspection_{status}"
    told = "" if value is None else _shown(value, least)
    return ruled(rule, instrument, words(key, value=told, least=number_words(least)), [item])


def apologies(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Units that settled dossiers late and did not apologise for each of them."""
    late, sorry = rule.params["late"], rule.params["apologised"]
    items = [item for unit in material.figures if (item := _apology(unit, late, sorry, material))]
    owing = tally(items, "apology_lacking", "not_reported")
    facts = {"number": len(items), "owing": owing, "lacking": tally(items, "apology_lacking")}
    key = "apology_summary" if items else "apology_none"
    return ruled(rule, instrument, words(key, **facts), items)


def _internal_shares(rule: Rule) -> Iterator[_Share]:
    p: Any = rule.params
    deadline = date.fromisoformat(p["deadline"]) if p.get("deadline") else None
    over = p["planned"] if p.get("cut_denominator", "plans") == "plans" else p["total"]
    least = {key: Decimal(str(value)) for key, value in {**_LEAST, **p.get("thresholds", {})}.items()}
    for key, (top, bottom) in _OVER.items():
        yield _Share(key, ((1, p[top]),), p[bottom], least[key], deadline)
    yield _Share("cut", ((1, p["cut"]),), over, least["cut"], deadline)
    cost = ((1, p["cost_before"]), (-1, p["cost_after"]))
    yield _Share("cost", cost, p["cost_before"], least["cost"], deadline)


def _internal(share: _Share, rule: Rule, material: Material) -> SpecialItem:
    value = _percent(share, material)
    status = _against(value, share, material)
    name = rule.params.get("targets", {}).get(share.key, "")
    subject = " ".join(filter(None, (name, words(f"subject_{share.key}"))))
    return _item(share, material, subject, status, value, _parts(share, material, value))


def _item(
    share: _Share, material: Material, subject: str, status: str, value: Decimal | None, reason: str
) -> SpecialItem:
    return SpecialItem(
        unit=material.authority,
        unit_name=material.body,
        subject=subject,
        status=status,
        due=share.deadline,
        value=value,
        uom="%",
        expected=share.least,
        reason=reason,
        method="share_of" if value is not None else "",
        behind=_behind(share, material) if value is not None else (),
    )


def _percent(share: _Share, material: Material) -> Decimal | None:
    """The share in percent to 10 decimals; None where a figure is missing or nothing arose."""
    top, bottom = _side(share, material), material.totals.get(share.bottom)
    if top is None or not bottom:
        return None
    return _AMPLE.divide(100 * top, bottom).quantize(_PLACES, ROUND_HALF_EVEN)


def _side(share: _Share, material: Material) -> Decimal | None:
    values = [(sign, material.totals.get(code)) for sign, code in share.top]
    if any(value is None for _, value in values):
        return None
    return sum((sign * value for sign, value in values if value is not None), Decimal(0))


def _against(value: Decimal | None, share: _Share, material: Material, *, alone: bool = False) -> str:
    top, bottom = _side(share, material), material.totals.get(share.bottom)
    if value is None or top is None or bottom is None:
        return "nothing_arose" if bottom == 0 else "no_data"
    if alone:
        return "part_of_year"
    if 100 * top >= share.least * bottom:
        return "met"
    past = share.deadline is None or material.cut >= share.deadline or _closed(share.deadline, material)
    return "not_met" if past else "not_yet"


def _closed(deadline: date, material: Material) -> bool:
    """The yearly report of the deadline's year is the last that speaks of it: no later one brings its figure."""
    return material.period.kind == "Y" and material.period.year >= deadline.year


def _behind(share: _Share, material: Material) -> tuple[Behind, ...]:
    tops = (Behind("numerator", material.totals.get(code), code, "total", sign=sign) for sign, code in share.top)
    return (*tops, Behind("denominator", material.totals.get(share.bottom), share.bottom, "total"))


def _parts(share: _Share, material: Material, value: Decimal | None) -> str:
    told = [(code, material.totals.get(code)) for code in (*(code for _, code in share.top), share.bottom)]
    shown = [
        words("figure", code=code, value=words("no_figure") if number is None else number_words(number))
        for code, number in dict.fromkeys(told)
    ]
    percent = "" if value is None else f" → {_shown(value, share.least)}%"
    return "; ".join(shown) + percent


def _shown(value: Decimal, least: Decimal) -> str:
    """As many decimals as it takes that 19,996% does not read as 20%."""
    for places in range(2, 11):
        shown = value.quantize(Decimal(1).scaleb(-places))
        if (shown < least) == (value < least):
            return number_words(shown, places)
    return number_words(value, 10)


def _apology(unit: str, late: str, sorry: str, material: Material) -> SpecialItem | None:
    figures = material.figures[unit]
    if late not in figures or figures[late].value == 0:
        return None
    owed, sent = figures[late].value, figures.get(sorry)
    given = words("no_figure") if sent is None else number_words(sent.value)
    lacking = sent is not None and sent.value < owed
    status = "not_reported" if sent is None else "apology_lacking" if lacking else "apology_sent"
    told = () if sent is None else (Behind("datum", sent.value, sorry, unit),)
    return SpecialItem(
        unit=unit,
        unit_name=material.name(unit),
        subject=words("subject_apology"),
        status=status,
        value=None if sent is None else sent.value,
        uom=words("uom_letters"),
        expected=owed,
        reason=words("apology_counts", late=number_words(owed), sorry=given),
        method="datum" if sent else "",
        behind=(*told, Behind("reported", owed, late, unit)),
    )
