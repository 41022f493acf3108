"""What a report says beside its figures: head lines, groups of units, words of a state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from cchc.catalogue import forms, lineage, periods, regimes, units
from cchc.catalogue.forms import OFFICE, TIERS
from cchc.catalogue.indicators import Indicator, by_code, counted_in_full
from cchc.catalogue.periods import ZONE, Period
from cchc.catalogue.regimes import Authority
from cchc.catalogue.units import Unit
from cchc.model.comparison import Comparison
from cchc.model.consolidation import CarriedTotal, Consolidation, Total, UnitStatus, Weight
from cchc.model.observation import ValueState
from cchc.model.target import TargetResult
from cchc.report import numerals
from cchc.report.texts import Column, columns, label

GIVEN_STATES = (ValueState.REPORTED, ValueState.CONFIRMED_ZERO)
SENT = ("reported", "confirmed_zero")
_WHOLE_FORMS = ("authority", "department", "commune")
_OF_OTHER_TIERS = ("office", "district")
"""Columns beside those for which a table's width is made; the names of the indicators have what they leave."""
PERCENT = "%"
IN_FULL = "in_full"
"""How a total is made that counts the units whose part is their whole."""


@dataclass(frozen=True)
class Facts:
    """A consolidation with what is looked up for it once."""

    c: Consolidation

    @cached_property
    def period(self) -> Period:
        """The reporting period."""
        return periods.under(periods.parse(self.c.period), self.c.authority)

    @cached_property
    def authority(self) -> Authority:
        """The consolidating body, as it was when the period closed."""
        known = regimes.authorities(self.period.window_to)
        return known.get(self.c.authority) or regimes.authority(self.c.authority)

    @cached_property
    def issuer(self) -> str:
        """The body that signs: a committee where the heading names it, whatever office of it adds up."""
        body = self.authority
        committee = label("committee")
        if not body.agency.casefold().startswith(committee.casefold()) or body.body.startswith(committee):
            return body.body
        return f"{committee} {body.adopts_for}"

    @cached_property
    def moment(self) -> datetime:
        """The latest receipt: not the moment asked, so that the same inputs print the same report."""
        return (self.c.data_as_of or self.c.as_of).astimezone(ZONE)

    @cached_property
    def reported(self) -> int:
        """Units whose report is in the totals."""
        return self.c.counts.on_time + self.c.counts.late

    @cached_property
    def totals(self) -> dict[str, Total]:
        """Totals by code."""
        return {total.indicator: total for total in self.c.totals}

    @cached_property
    def targets(self) -> dict[str, TargetResult]:
        """Judged targets by code: of several for one code the one that binds the authority, else the first."""
        judged = sorted((result for result in self.c.targets if result.judged), key=lambda r: not r.binds_authority)
        return {result.target.indicator: result for result in reversed(judged)}

    @cached_property
    def rosters(self) -> dict[str, TargetResult]:
        """Judged targets whose units are listed, by the name under which figures are traced to that list."""
        return {str(number): result for number, result in enumerate(self.c.targets, start=1) if result.units}

    def roster_of(self, result: TargetResult) -> str:
        """Name of a target's list of units; empty where it binds none."""
        return next((name for name, found in self.rosters.items() if found is result), "")

    @cached_property
    def given(self) -> dict[str, dict[str, Decimal]]:
        """Figures by unit and code, those that count."""
        found: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for item in self.c.contributions:
            if item.value is not None and item.state in GIVEN_STATES:
                found[item.unit][item.indicator] = item.value
        return found

    @cached_property
    def weights(self) -> dict[str, Weight]:
        """How much the units in each total weigh, by code."""
        return {weight.indicator: weight for weight in self.c.coverage}

    @cached_property
    def carried(self) -> dict[str, CarriedTotal]:
        """Stocks with missing units carried forward, by code."""
        return {total.indicator: total for total in self.c.carried or ()}

    @cached_property
    def sender(self) -> Unit | None:
        """The unit as which the authority itself reports to the next level; None where there is none above it."""
        found = units.find(self.c.authority, self.period.window_to)
        return found if found and found.authority != found.code else None

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Kinds of sender that owe a report, the authority's own first."""
        owing = {row.kind for row in self.c.statuses}
        return tuple(tier for tier in TIERS if tier in owing)

    def layout(self, table: str) -> tuple[Column, ...]:
        """Columns of a table of totals: of the tiers those that owe a report, none where there is only one."""
        shown = self.tiers if len(self.tiers) > 1 else ()
        every = columns(table)
        found = [column for column in every if column.key not in TIERS or column.key in shown]
        room = sum(column.width for column in every if column.key not in _OF_OTHER_TIERS)
        spare = room - sum(column.width for column in found)
        return tuple(replace(c, width=c.width + spare) if c.key == "name" else c for c in found)

    @cached_property
    def compared(self) -> dict[tuple[str, str], Comparison]:
        """Comparisons by code and what they are with (``previous``, ``same_period``, ``year_to_date``)."""
        return {(one.indicator, one.against): one for one in self.c.comparisons}

    @cached_property
    def methods(self) -> dict[str, str]:
        """How each total is made, a key of ``method_*``, by code."""
        return {total.indicator: method_of(total, self.period.kind) for total in self.c.totals}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of units by code."""
        return {row.unit: row.name for row in self.c.statuses}

    @cached_property
    def areas(self) -> tuple[int, ...]:
        """Areas that have a figure, in order."""
        return tuple(sorted({by_code()[total.indicator].area for total in self.c.totals}))

    def area_totals(self, area: int) -> tuple[Total, ...]:
        """Totals of one area, in catalogue order."""
        return tuple(total for total in self.c.totals if by_code()[total.indicator].area == area)

    def subtitles(self) -> tuple[str, ...]:
        """The two lines under each sheet's title: period and coverage."""
        window = {
            "window_from": numerals.day(self.period.window_from),
            "window_to": numerals.day(self.period.window_to),
        }
        return (
            label("subtitle", period=self.period.label, **window),
            label(
                "subtitle_coverage",
                reported=self.reported,
                expected=self.c.counts.expected,
                moment=numerals.moment(self.moment),
                edition=self.c.edition,
            ),
        )


def broken_window(facts: Facts) -> str:
    """Which days of the window belong to units that are no more, and whether they are in the reports; else nothing."""
    parts = lineage.outside(facts.c.period)
    days = [(part, {"first": numerals.day(part.window_from), "last": numerals.day(part.window_to)}) for part in parts]
    return "; ".join(label(f"window_broken_{part.included}", **when) for part, when in days)


def properties(facts: Facts) -> dict[str, str]:
    """Subject and keywords of the report's files."""
    return {
        "subject": label("about_subject", period=facts.period.label, area=facts.authority.adopts_for),
        "keywords": label("about_keywords", authority=facts.c.authority, period=facts.c.period),
    }


def state_key(row: UnitStatus) -> str:
    """Which word of ``state_*`` says what became of an obligation."""
    if row.state in SENT:
        if row.late_by_hours:
            return "late"
        return "zero" if row.state == "confirmed_zero" else "on_time"
    if row.state in ("missing", "not_due") and row.verdict in ("rejected", "unreadable"):
        return row.verdict
    return row.state


def in_state(statuses: Sequence[UnitStatus], *keys: str) -> tuple[UnitStatus, ...]:
    """Obligations in one of those states."""
    return tuple(row for row in statuses if state_key(row) in keys)


def method_of(total: Total, kind: str) -> str:
    """How the total is made, a key of ``method_*``: the indicator's aggregation, given who is asked."""
    indicator = by_code()[total.indicator]
    rollup = indicator.rollup
    if set(total.tiers) == {OFFICE} and not indicator.computed:
        return "taken_over"
    if total.indicator in counted_in_full():
        return IN_FULL
    if rollup == "none" and set(total.tiers) == {"authority"}:
        rollup = "own"
    if rollup == "own" and indicator.computed:
        return "ratio"
    if rollup == "ratio" and _parts_apart(indicator, kind):
        return "ratio_of_totals"
    return rollup


def uom_of(code: str, method: str) -> str:
    """In what a total is counted: units, where it tells how many of them reached the whole."""
    return label("uom_units") if method == IN_FULL else by_code()[code].uom


def _parts_apart(indicator: Indicator, kind: str) -> bool:
    # The same question as the consolidation asks: does any one form hold all parts of the ratio?
    parts = {term.code for term in (*indicator.numerator, *indicator.denominator)}
    return not any(parts <= forms.form(form_id, kind).codes for form_id in _WHOLE_FORMS)
