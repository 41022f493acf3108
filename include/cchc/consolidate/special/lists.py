"""Two lists that are never mixed: tasks past due and open, and documents owed and not issued; and faulty answers.

Source: Công văn 392?/UBND-NC tỉnh Bình Phước 11/2023, mục 1.d and 3.a; Công điện 968/CĐ-TTg, mục 1.d and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc.catalogue import registers
from cchc.catalogue.regime_terms import Rule
from cchc.catalogue.special import upper, words
from cchc.consolidate.special.build import not_kept, ruled, tally
from cchc.consolidate.special.counted import Pair, compared
from cchc.consolidate.special.material import Material, days_late, said
from cchc.model.register import Entry
from cchc.model.special import SpecialItem, SpecialRule

_ASKED = ("answer", "opinion")
_FROM = ("given_by", "reference", "asked_by")


@dataclass(frozen=True, slots=True)
class _List:
    """One of the two lists: its register, the column that says what, the column of the day it was done."""

    part: str
    register: str
    subject: str
    done: str


_LISTS = (_List("a", "overdue", "task", "completed_on"), _List("b", "owed", "document", "issued_on"))


def overdue_and_owed(rule: Rule, instrument: str, material: Material) -> tuple[SpecialRule, ...]:
    """The list of overdue tasks and the list of owed documents, each beside the number that units reported."""
    return tuple(_one(rule, instrument, material, wanted) for wanted in _LISTS)


def consultation(rule: Rule, instrument: str, material: Material) -> SpecialRule:
    """Answers that came late, do not come, or say no opinion: each is a fault that counts."""
    register = registers.by_id()["owed"]
    if not material.kept("owed"):
        return not_kept(rule, instrument, register.sheet)
    asked = [entry for entry in material.entries("owed") if entry.text("kind") in _ASKED]
    items = [item for entry in asked if (item := _fault(entry, material))]
    facts = {"asked": len(asked), "number": len(items), "late": tally(items, "answered_late", "owed")}
    key = "consultation_summary" if items else "consultation_none"
    return ruled(rule, instrument, words(key, **facts, blank=tally(items, "no_opinion")), items)


def _one(rule: Rule, instrument: str, material: Material, wanted: _List) -> SpecialRule:
    register, title = registers.by_id()[wanted.register], words(f"title_{wanted.register}")
    if not material.kept(wanted.register):
        return not_kept(rule, instrument, register.sheet, part=wanted.part, title=title)
    open_ = [entry for entry in material.entries(wanted.register) if _is_open(entry, wanted.done, material.cut)]
    open_.sort(key=_longest_first)
    items = [_item(entry, wanted, material) for entry in open_]
    pair = Pair(wanted.register, rule.params.get(wanted.register, ""), tuple(open_))
    items += compared([pair], material)
    facts = {"number": len(open_), "units": len({entry.unit for entry in open_}), "day": said(material.cut)}
    key = f"{wanted.register}_summary" if open_ else f"{wanted.register}_none"
    summary = words(key, **facts, differs=tally(items, "differs", "not_reported"))
    return ruled(rule, instrument, summary, items, part=wanted.part, title=title)


def _is_open(entry: Entry, done: str, cut: date) -> bool:
    """Past its due day and not done on that day."""
    due, finished = entry.day("due"), entry.day(done)
    return due is not None and due < cut and (finished is None or finished > cut)


def _longest_first(entry: Entry) -> date:
    return entry.day("due") or date.max


def _item(entry: Entry, wanted: _List, material: Material) -> SpecialItem:
    due = entry.day("due")
    told = [words("past_due", number=(material.cut - due).days)] if due else []
    told += [words(f"by_{key}", what=entry.text(key)) for key in _FROM if entry.text(key)]
    if entry.text("kind"):
        told.append(registers.choices("duty")[entry.text("kind")])
    return SpecialItem(
        unit=entry.unit,
        unit_name=material.name(entry.unit),
        subject=entry.text(wanted.subject),
        status=wanted.register,
        due=due,
        reason=upper("; ".join(told)),
        behind=(material.cited(entry, wanted.subject), material.cited(entry, "due")),
    )


def _fault(entry: Entry, material: Material) -> SpecialItem | None:
    due, answered = entry.day("due"), entry.day("issued_on")
    answered = answered if answered and answered <= material.cut else None
    found: list[tuple[str, str]] = []
    if due and answered and answered > due:
        found.append(("answered_late", days_late(answered, due)))
    elif due and not answered and due < material.cut:
        found.append(("owed", words("past_due", number=(material.cut - due).days)))
    if answered and entry.text("opinion") == "no":
        found.append(("no_opinion", words("no_opinion")))
    if not found:
        return None
    return SpecialItem(
        unit=entry.unit,
        unit_name=material.name(entry.unit),
        subject=entry.text("document"),
        status=found[0][0],
        due=due,
        done=answered,
        reason=upper("; ".join(text for _, text in found)),
        behind=tuple(material.cited(entry, key) for key in ("due", "issued_on", "opinion") if key in entry.cells),
    )
