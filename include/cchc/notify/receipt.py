"""The receipt (biên nhận) of one file: one page, in the layout of official papers."""

from __future__ import annotations

from datetime import datetime, timedelta

from docx.document import Document

from cchc.catalogue import periods, regimes
from cchc.catalogue.notify_texts import known, text
from cchc.catalogue.periods import ZONE, Period
from cchc.model.finding import Finding, Severity
from cchc.model.receipt import Receipt
from cchc.model.submission import Verdict
from cchc.notify import paper
from cchc.notify.cells import shown

_LEFT, _RIGHT = 66, paper.ROOM - 66
_WIDTHS = (50, paper.ROOM - 50)
_QUOTED, _CHANNEL, _SENTENCE, _ROOM = 90, 40, 260, 640
"""Characters that names, a sentence of a finding and all findings may take, so that everything stands on one page."""
_MOST_FINDINGS = 3
_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - for a file that never came, a fixed mark
_STRONG = frozenset({text("row_verdict"), text("row_counts"), text("row_received"), text("row_timeliness")})


def receipt(facts: Receipt) -> bytes:
    """The receipt as a Word document; the same facts give the same bytes."""
    document = paper.new_paper()
    title = text("receipt_title" if facts.received_at else "check_slip_title")
    body = _head(document, facts)
    _title(document, facts, title)
    paper.facts(document, _rows(facts), _WIDTHS, _STRONG)
    _findings(document, facts.findings)
    paper.line(document, text("signature" if facts.received_at else "check_slip_note"), size=11, italic=True, before=8)
    return paper.finished(document, f"{title} {facts.code}", body, facts.received_at or _STAMP)


def _head(document: Document, facts: Receipt) -> str:
    """Agency left, motto right; return the agency."""
    body = regimes.authorities().get(facts.authority)
    left, right = paper.side_by_side(document, (_LEFT, _RIGHT))
    for words in _halves(body.parent) if body else ():
        paper.line(left, words, size=12, align="center", after=0)
    paper.line(left, body.agency if body else text("receipt_body_unknown"), size=12, bold=True, align="center")
    paper.rule(left, 24, _LEFT)
    paper.line(left, text("receipt_code", code=facts.code), size=12, align="center", after=0)
    paper.line(right, text("motto_country"), size=12, bold=True, align="center", after=0)
    paper.line(right, text("motto_words"), size=13, bold=True, align="center")
    paper.rule(right, 58, _RIGHT)
    return body.body if body else text("receipt_body_unknown")


def _halves(words: str) -> tuple[str, str]:
    """Parted at the space nearest the middle: ỦY BAN NHÂN DÂN / THÀNH PHỐ HẢI PHÒNG."""
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2), default=len(words))
    return words[:middle], words[middle + 1 :]


def _title(document: Document, facts: Receipt, title: str) -> None:
    period = _period(facts)
    about = text("receipt_subject", period=period.label) if period else text("receipt_subject_unknown")
    paper.line(document, title, size=16, bold=True, align="center", before=14, after=0)
    paper.line(document, about, size=13, bold=True, align="center")
    paper.rule(document, 45, paper.ROOM)
    paper.line(document, "", size=6, after=0)


def _rows(facts: Receipt) -> list[tuple[str, str]]:
    """Labels and values; what is not known is left out."""
    said = {"unit": _unit(facts), "file": shown(facts.file_name, _QUOTED), "hash": facts.sha256}
    said |= {"size": text("size_bytes", size=_number(facts.size)), **_period_rows(facts), **_arrival(facts)}
    said |= {"verdict": text(f"verdict_{facts.verdict.value}"), "counts": _counts(facts.findings), "next": _next(facts)}
    order = ("unit", "period", "file", "size", "hash", "channel", "received", "version", "first", "due", "timeliness")
    return [(text(f"row_{key}"), said[key]) for key in (*order, "verdict", "counts", "next") if said.get(key)]


def _unit(facts: Receipt) -> str:
    name = shown(facts.unit_name, _QUOTED)
    if name and facts.unit:
        return text("unit_with_code", name=name, code=shown(facts.unit, 20))
    return name or shown(facts.unit, 20) or text("list_unknown_unit")


def _period(facts: Receipt) -> Period | None:
    return periods.under(periods.parse(facts.period), facts.authority) if facts.period else None


def _period_rows(facts: Receipt) -> dict[str, str]:
    period = _period(facts)
    if period is None:
        return {"period": text("list_unknown_period")}
    return {"period": f"{period.label} ({period.code})", "due": period.due_text}


def _arrival(facts: Receipt) -> dict[str, str]:
    """When and how it came, and whether that was in time; nothing for a file that was only checked."""
    if facts.received_at is None:
        return {}
    channel = text(f"channel_{facts.channel}") if known(f"channel_{facts.channel}") else shown(facts.channel, _CHANNEL)
    rows = {"channel": channel, "received": moment(facts.received_at)}
    if facts.version:
        rows["version"] = text("version_number", number=facts.version)
    period, first = _period(facts), _first(facts)
    if period:
        rows["first"] = moment(first) if first else text("first_none")
        rows["timeliness"] = _timeliness(period, first, facts.received_at)
    return rows


def _first(facts: Receipt) -> datetime | None:
    """The first acceptable version; this very file where nobody told of an earlier one."""
    return facts.first_accepted_at or (facts.received_at if facts.verdict.acceptable else None)


def _timeliness(period: Period, first: datetime | None, received: datetime) -> str:
    behind = (first or received) - period.due_at
    if first:
        return text("late", span=span(behind)) if behind > timedelta(0) else text("on_time")
    return text("late_so_far", span=span(behind)) if behind > timedelta(0) else text("not_yet", span=span(-behind))


def moment(at: datetime) -> str:
    """``16:05:07 ngày 09/09/2026 (giờ Việt Nam)``."""
    local = at.astimezone(ZONE)
    return text("moment", time=f"{local:%H:%M:%S}", date=f"{local:%d/%m/%Y}")


def span(length: timedelta) -> str:
    """``2 ngày 4 giờ``; below an hour ``12 phút``; what has begun counts as a whole."""
    minutes = max(-(-int(length.total_seconds()) // 60), 1)
    days, rest = divmod(minutes, 24 * 60)
    if not days and rest < 60:
        return text("span_minutes", number=rest)
    hours = -(-rest // 60)
    if hours == 24:
        days, hours = days + 1, 0
    parts = [text("span_days", number=_number(days))] * bool(days) + [text("span_hours", number=hours)] * bool(hours)
    return " ".join(parts)


def _counts(findings: tuple[Finding, ...]) -> str:
    critical = sum(finding.severity == Severity.CRITICAL for finding in findings)
    return text("counts", critical=critical, warnings=len(findings) - critical)


def _next(facts: Receipt) -> str:
    if facts.received_at is None and facts.verdict != Verdict.UNREADABLE:
        keys = {Verdict.ACCEPTED: "accepted", Verdict.ACCEPTED_WITH_WARNINGS: "warnings"}
        return text(f"next_check_{keys.get(facts.verdict, 'rejected')}")
    form = "_form" if facts.verdict == Verdict.UNREADABLE and facts.with_form else ""
    return text(f"next_{facts.verdict.value}{form}")


def _findings(document: Document, findings: tuple[Finding, ...]) -> None:
    """The first few that must be mended; all of them stand in the returned workbook."""
    worst = [finding for finding in findings if finding.severity == Severity.CRITICAL]
    if not worst:
        return
    paper.line(document, text("findings_title"), size=12, bold=True, before=8)
    said = [_said(finding) for finding in worst[:_MOST_FINDINGS]]
    while len(said) > 1 and sum(map(len, said)) > _ROOM:
        said.pop()
    for words in said:
        paper.line(document, f"– {words}", size=12, align="justify")
    if len(worst) > len(said):
        paper.line(document, text("more_findings", number=len(worst) - len(said)), size=12, italic=True)


def _said(finding: Finding) -> str:
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet or text("place_file")
    words = text("finding_line", place=place, message=finding.message)
    return f"{shown(words, _SENTENCE)} {shown(finding.fix, _SENTENCE)}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
