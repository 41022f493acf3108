"""A plausible consolidation without a database: arithmetic of its own, so that the report's can be compared with it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from cchc.catalogue import forms, periods, regimes, units
from cchc.catalogue.indicators import Indicator, all_indicators, by_code, counted_in_full
from cchc.catalogue.periods import ZONE, Period
from cchc.catalogue.units import Unit
from cchc.consolidate.targets import judge
from cchc.model.consolidation import (
    Consolidation,
    Contribution,
    StatusCounts,
    Total,
    UnitFinding,
    UnitNarrative,
    UnitStatus,
)
from cchc.model.observation import ValueState

WORDS = {
    "I.1": "Đơn vị đã ban hành kế hoạch cải cách hành chính năm và giao nhiệm vụ cụ thể cho từng bộ phận, có thời hạn.",
    "II.2": "Đã niêm yết công khai thủ tục hành chính tại Trung tâm Phục vụ hành chính công; hồ sơ cơ bản đúng hạn.",
    "III.1": "Tỷ lệ hồ sơ trực tuyến tăng so với kỳ trước; người dân hài lòng với thái độ phục vụ.",
    "III.2": "Nhân lực công nghệ thông tin còn thiếu, một số phần mềm chưa kết nối ổn định.",
    "IV": "Tiếp tục đẩy mạnh số hóa hồ sơ, hướng dẫn người dân nộp hồ sơ trực tuyến tại nhà.",
    "V": "Đề nghị cấp trên sớm hoàn thiện, kết nối các hệ thống thông tin dùng chung.",
}


# Ratios whose parts stand in different forms; with a unit missing they are left open.
APART = ("4.2.5",)


def consolidation(
    authority: str = "31",
    period_code: str = "2026-Q3",
    *,
    of: Sequence[str] | None = None,
    absent: Sequence[str] = (),
    seed: int = 7,
) -> Consolidation:
    """A consolidation of all units of the authority, or of those named; ``absent`` ones sent nothing."""
    period = periods.parse(period_code)
    owners = [u for u in units.units_of(authority, period.window_to) if of is None or u.code in of]
    statuses = tuple(_status(u, period, place, u.code in absent) for place, u in enumerate(owners))
    sent = {row.unit for row in statuses if row.state == "reported"}
    figures = {u.code: _figures(u, period, seed) for u in owners if u.code in sent}
    made = Consolidation(
        authority=authority,
        period=period.code,
        edition=1,
        as_of=datetime(2026, 9, 16, 8, 0, tzinfo=ZONE),
        data_as_of=datetime(2026, 9, 14, 16, 5, tzinfo=ZONE),
        totals=tuple(_totals(owners, figures, period)),
        statuses=statuses,
        counts=_counts(statuses),
        contributions=tuple(_contributions(owners, figures, period, statuses)),
        findings=tuple(_findings(statuses)),
        narratives=tuple(
            UnitNarrative(u.code, u.name, section, words)
            for section, words in WORDS.items()
            for u in owners
            if u.code in sent and u.form != "authority"
        ),
    )
    return replace(made, targets=judge(made, regimes.targets_for(authority, period.window_to), "tỉnh", period))


def digest(code: str) -> str:
    """The hash of a unit's imagined file."""
    return hashlib.sha256(code.encode()).hexdigest()


def _status(owner: Unit, period: Period, place: int, absent: bool) -> UnitStatus:
    at = period.due_at - timedelta(days=3) + timedelta(hours=place % 60)
    late = place % 23 == 5
    rejected = place % 41 == 17
    if late:
        at = period.due_at + timedelta(hours=30)
    state = "missing" if absent or rejected else "reported"
    verdict = "" if absent else "rejected" if rejected else ("accepted_with_warnings" if place % 9 == 2 else "accepted")
    return UnitStatus(
        unit=owner.code,
        name=owner.name,
        kind=owner.form,
        state=state,
        due_at=period.due_at,
        received_at=None if absent else at,
        late_by_hours=30 if late and state == "reported" else 0,
        versions=0 if absent else 1 + place % 2,
        verdict=verdict,
        submission_id=None if absent else UUID(hex=digest(owner.code)[:32]),
        sha256="" if absent else digest(owner.code),
        file_name="" if absent else f"{owner.code}_{period.code}.xlsx",
        findings=0 if verdict in ("", "accepted") else 1,
    )


def _counts(rows: Sequence[UnitStatus]) -> StatusCounts:
    sent = [row for row in rows if row.state == "reported"]
    late = sum(row.late_by_hours > 0 for row in sent)
    silent = sum(not row.verdict for row in rows)
    return StatusCounts(len(rows), len(sent) - late, late, silent, len(rows) - len(sent) - silent, 0, 0)


def _figures(owner: Unit, period: Period, seed: int) -> dict[str, Decimal | None]:
    chance = random.Random(f"{seed}{owner.code}{period.code}")
    found: dict[str, Decimal | None] = {}
    for row in forms.form(owner.form, period.kind).rows:
        if not row.indicator.computed:
            found[row.indicator.code] = _value(row.indicator, chance)
    _dossiers(found, chance)
    for part, whole in counted_in_full().items():
        if part in found:
            found[part] = (found[whole] or Decimal(0)) - chance.randint(0, 1)
    if owner.form != "commune" or chance.random() < 0.1:
        found[chance.choice(sorted(found))] = None
    return found


def _value(indicator: Indicator, chance: random.Random) -> Decimal:
    if indicator.uom == "%":
        return Decimal(chance.randint(880, 999)) / 10
    if indicator.kind == "flag":
        return Decimal(chance.randint(0, 2 if "2)" in indicator.name or "= 2" in indicator.name else 1))
    if indicator.kind == "amount":
        return Decimal(chance.randint(1_000_000, 9_000_000)) / 10
    if indicator.rollup == "shared":
        return Decimal(328)
    return Decimal(chance.randint(0, 60))


def _dossiers(found: dict[str, Decimal | None], chance: random.Random) -> None:
    """The identities of II.06, where the form asks them."""
    if "3.4.1" not in found:
        return
    online, direct, carried = (chance.randint(low, high) for low, high in ((500, 1200), (150, 500), (10, 60)))
    total, pending, late, early = online + direct + carried, chance.randint(20, 80), chance.randint(0, 15), 600
    done = total - pending
    numbers = {
        "3.4.1": total, "3.4.2": online, "3.4.3": direct, "3.4.4": carried, "3.4.5": done, "3.4.6": early,
        "3.4.7": done - early - late, "3.4.8": late, "3.4.9": pending, "3.4.10": pending - 2, "3.4.11": 2,
        "3.4.13a": late, "3.4.14a": total, "7.3.4": online, "7.4.2": 400, "7.4.3": 350, "7.5.1t": online + direct,
        "7.5.1": online, "7.5.3t": done, "7.5.3": done - 20, "7.5.5a": online // 2,
    }  # fmt: skip
    for code, number in numbers.items():
        if code in found:
            found[code] = Decimal(number)


def _totals(owners: Sequence[Unit], figures: dict[str, dict[str, Decimal | None]], period: Period) -> Iterable[Total]:
    asked = {
        form_id: {r.indicator.code for r in forms.form(form_id, period.kind).rows}
        for form_id in ("authority", "department", "commune")
    }
    for indicator in all_indicators():
        tiers = [tier for tier, codes in asked.items() if indicator.code in codes]
        if tiers:
            yield _total(indicator, tiers, owners, figures)


def _total(
    indicator: Indicator, tiers: Sequence[str], owners: Sequence[Unit], figures: dict[str, dict[str, Decimal | None]]
) -> Total:
    def mine(tier: str | None) -> list[dict[str, Decimal]]:
        rows = [(u, figures[u.code]) for u in owners if u.code in figures and tier in (None, u.form)]
        return [{code: v for code, v in row.items() if v is not None} for _, row in rows]

    value, numerator, denominator, reported = _figure(indicator, mine(None), set(tiers))
    words = ""
    if indicator.rollup == "distribution" and reported:
        words = "Kết hợp: 3 đơn vị"
    elif indicator.rollup == "distinct":
        words = "Không cộng từ số lượng của các đơn vị: cần danh mục mã TTHC"
    elif indicator.code in counted_in_full() and value is not None:
        words = "Số đơn vị niêm yết đầy đủ"
    elif value is None and denominator == 0:
        words = "Không phát sinh"
    elif value is None and not reported:
        words = "Chưa có đơn vị báo cáo"
    return Total(
        indicator=indicator.code,
        value=value,
        text=words,
        numerator=numerator,
        denominator=denominator,
        tiers={tier: _figure(indicator, mine(tier), set(tiers))[0] for tier in tiers},
        reported=reported,
        expected=sum(u.form in tiers for u in owners),
        previous=value - 1 if value is not None and value > 1 else None,
    )


def _figure(
    indicator: Indicator, rows: Sequence[dict[str, Decimal]], tiers: set[str]
) -> tuple[Decimal | None, Decimal | None, Decimal | None, int]:
    code = indicator.code
    if indicator.rollup == "weighted":
        found = [(row[code], row["1.4.1b"]) for row in rows if code in row and "1.4.1b" in row]
        top, bottom = sum((v * w for v, w in found), Decimal(0)), sum((w for _, w in found), Decimal(0))
        return (_ratio(top, bottom, 1) if found else None), top, bottom, len(found)
    if indicator.computed:
        if indicator.code in APART:
            return None, None, None, 0
        terms = {"n": indicator.numerator, "d": indicator.denominator}
        whole = [row for row in rows if all(t.code in row for side in terms.values() for t in side)]
        top, bottom = (
            sum((t.sign * row[t.code] for row in whole for t in terms[side]), Decimal(0)) for side in ("n", "d")
        )
        given = indicator.rollup != "none" and bool(whole)
        return (_ratio(top, bottom, 100) if given else None), top, bottom, len(whole)
    if code in counted_in_full():
        told = [
            (row[code], row[counted_in_full()[code]]) for row in rows if {code, counted_in_full()[code]} <= set(row)
        ]
        return (Decimal(sum(a == b for a, b in told)) if told else None), None, None, len(told)
    values = [row[code] for row in rows if code in row]
    if not values or indicator.rollup in ("distinct", "distribution"):
        return None, None, None, len(values)
    if indicator.rollup == "none" and tiers != {"authority"}:
        return None, None, None, len(values)
    if indicator.rollup == "count_yes":
        return Decimal(sum(v == 1 for v in values)), None, None, len(values)
    return (values[0] if indicator.rollup == "shared" else sum(values, Decimal(0))), None, None, len(values)


def _ratio(top: Decimal, bottom: Decimal, scale: int) -> Decimal | None:
    return None if bottom == 0 else (scale * top / bottom).quantize(Decimal("1e-10"))


def _contributions(
    owners: Sequence[Unit],
    figures: dict[str, dict[str, Decimal | None]],
    period: Period,
    statuses: Sequence[UnitStatus],
) -> Iterable[Contribution]:
    identities = {row.unit: row.submission_id for row in statuses}
    for owner in owners:
        for place, (code, value) in enumerate(figures.get(owner.code, {}).items(), start=6):
            identity = identities[owner.code]
            assert identity is not None
            yield Contribution(
                indicator=code,
                unit=owner.code,
                submission_id=identity,
                sheet=f"{by_code()[code].area}. tờ",
                cell=f"E{place}",
                value=value,
                state=ValueState.MISSING if value is None else ValueState.REPORTED,
                raw="" if value is None else str(value),
                read_as="empty" if value is None else "number",
            )


def _findings(statuses: Sequence[UnitStatus]) -> Iterable[UnitFinding]:
    for row in statuses:
        if row.findings:
            yield UnitFinding(
                unit=row.unit,
                unit_name=row.name,
                rule="A05",
                severity="critical" if row.verdict == "rejected" else "warning",
                sheet="3. Thủ tục hành chính",
                cell="E12",
                indicator="3.4.1",
                found="1.250",
                expected="1.205",
                message="=Số hồ sơ nhận giải quyết không bằng tổng trực tuyến, trực tiếp và kỳ trước chuyển sang.",
                fix="Kiểm tra lại ô E12 và các ô E13, E14, E15.",
            )
