"""What the command line says: documents for machines, sentences for people.

Sentences come from ``catalogue/data/cli_texts.csv``.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from cchc.catalogue import mail_texts, periods
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit, predecessors
from cchc.model.finding import Finding
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Judged, Verdict

_REPARSE_NUMBERS = ("read", "changed", "figures", "counting_figures", "added", "removed", "totals", "editions")
_EXIT = {Verdict.UNREADABLE: 2, Verdict.REJECTED: 1}


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("cli_texts")}


def text(key: str, **facts: Any) -> str:
    """A sentence of the command line with its facts filled in."""
    return _texts()[key].format(**facts)


def reason(error: OSError) -> str:
    """Why a file could not be opened, in words."""
    keys = {FileNotFoundError: "no_such_file", PermissionError: "no_permission", IsADirectoryError: "is_a_folder"}
    return text(keys.get(type(error), "not_readable"))


def unit_row(unit: Unit) -> dict[str, Any]:
    """A unit as ``cchc units --json`` lists it."""
    return {
        "unit": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "authority": unit.authority,
        "form": unit.form,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "predecessors": [
            {"code": p.code, "name": p.name, "district": p.district, "partial": p.partial}
            for p in predecessors(unit.code)
        ],
    }


def unit_list(document: dict[str, Any]) -> str:
    """Units for a person, one a line."""
    return "\n".join(f"{row['unit']:<10} {row['kind']:<11} {row['name']}" for row in document["units"])


def check_document(judged: Judged) -> dict[str, Any]:
    """The document of ``cchc check --json``."""
    reading = judged.reading
    return {
        "verdict": judged.verdict.value,
        "unit": reading.unit,
        "period": reading.period,
        "form": reading.form,
        "findings": [_with_explanation(found, reading.said_to(found)) for found in judged.findings],
        "coercions": [_coercion(o) for o in reading.observations if not o.computed and o.read_as in _coercions()],
        "observations": sum(o.state != ValueState.MISSING and not o.computed for o in reading.observations),
    }


def check_exit_code(judged: Judged) -> int:
    """0 acceptable, 1 blocking findings, 2 unreadable."""
    return exit_code(judged.verdict.value)


def exit_code(verdict: str) -> int:
    """0 acceptable, 1 blocking findings, 2 unreadable."""
    return _EXIT.get(Verdict(verdict), 0)


def check_report(document: dict[str, Any]) -> str:
    """The outcome of a check for a person."""
    head = text(
        "check_head",
        verdict=text(document["verdict"]),
        unit=document["unit"] or text("not_known"),
        period=document["period"] or text("not_known"),
        observations=document["observations"],
        findings=len(document["findings"]),
    )
    lines = [head, *(_finding_line(found) for found in document["findings"])]
    otherwise = document.get("coercions", [])
    if otherwise:
        lines += [text("coercion_head", number=len(otherwise)), *(text("coercion_line", **row) for row in otherwise)]
    return "\n".join(lines)


def return_report(document: dict[str, Any]) -> str:
    """The outcome of a check, and where the marked file lies, for a person."""
    lines = [text(f"returned_{kind}", path=path) for kind, path in document["files"].items()]
    return "\n".join([check_report(document), *lines])


def ingest_report(document: dict[str, Any]) -> str:
    """What an ingest did, for a person."""
    verdicts = "; ".join(f"{text(name)}: {number}" for name, number in document["verdicts"].items())
    head = text(
        "ingest_head",
        submissions=document["submissions"],
        verdicts=verdicts or text("not_known"),
        periods=", ".join(document["periods"]) or text("not_known"),
    )
    return "\n".join([fetched(document["mail"]), head]) if "mail" in document else head


def contact_list(document: dict[str, Any]) -> str:
    """The register of senders for a person, one address a line."""
    return "\n".join(mail_texts.text("contacts_line", **row) for row in document["contacts"])


def send_report(document: dict[str, Any]) -> str:
    """How the answers stand, for a person."""
    return mail_texts.text("sent_head", **document)


def fetched(mail: dict[str, Any]) -> str:
    """What became of the letters, for a person."""
    if "error" in mail:
        return str(mail["error"])
    tally = "; ".join(f"{mail_texts.text(f'mail_{state}')}: {number}" for state, number in mail.items())
    return mail_texts.text("fetched_head", tally=tally or text("not_known"))


def status_report(document: dict[str, Any]) -> str:
    """The board for a person."""
    numbers = {k: document[k] for k in ("expected", "on_time", "late", "missing", "rejected", "not_due", "exempt")}
    period = periods.under(periods.parse(document["period"]), document["authority"])
    head = text("status_head", period=period.label, due=period.due_text, **numbers)
    lines = [head, *(_status_line(row) for row in document["units"])]
    strangers = document["unidentified"]
    if strangers:
        lines += [text("unidentified_head", number=len(strangers)), *(_stranger_line(row) for row in strangers)]
    return "\n".join([*lines, *_letter_lines(document["letters"])])


def consolidate_report(document: dict[str, Any]) -> str:
    """Where the report lies, for a person."""
    head = text(
        "consolidated",
        edition=document["edition"],
        period=periods.parse(document["period"]).label,
        figures=document["figures"],
        **document["coverage"],
    )
    files = (f"{kind}: {path}" for kind, path in document["files"].items())
    return "\n".join([head, *files, *([document["warning"]] if "warning" in document else [])])


def explained_report(document: dict[str, Any]) -> str:
    """That an explanation was kept, for a person."""
    place = document["place"] or text("not_known")
    return text("explained", place=place, **{key: document[key] for key in ("rule", "unit", "period")})


def reparse_report(document: dict[str, Any]) -> str:
    """What reading history again would change, or has changed, for a person."""
    numbers = document["summary"]
    lines = [text("reparse_head", **{key: numbers[key] for key in _REPARSE_NUMBERS})]
    for moved, number in numbers["verdicts"].items():
        before, after = (text(verdict) for verdict in moved.split(" → "))
        lines.append(text("reparse_verdicts", number=number, before=before, after=after))
    lines += [text("reparse_rule", **row) for row in document["rules"]]
    lines += [text("reparse_edition", **row) for row in document["editions"]]
    if document["report"]:
        lines.append(text("reparse_report", path=document["report"]))
    if document["applied"]:
        lines.append(text("reparse_applied", periods=", ".join(document["due"]) or text("not_known")))
    elif numbers["changed"]:
        lines.append(text("reparse_not_applied"))
    return "\n".join(lines)


def trace_report(document: dict[str, Any]) -> str:
    """Where a figure comes from, for a person."""
    head = text(
        "trace_head",
        place=f"{document['sheet']}!{document['cell']}",
        name=document["name"],
        value=text("no_value") if document["value"] is None else document["value"],
        method=document["method"],
    )
    lines = [
        text("trace_line", **{key: row[key] for key in ("unit", "sheet", "cell", "value", "sha256")})
        for row in document["contributions"]
    ]
    return "\n".join([head, *lines])


def _with_explanation(found: Finding, said: str) -> dict[str, str]:
    return found.as_dict() | ({"explanation": said} if said else {})


@cache
def _coercions() -> dict[str, str]:
    """Ways of reading that a person should see, in words."""
    return {row["key"]: row["description"] for row in rows("reading_modes") if row["coercion"] == "yes"}


def _coercion(seen: Observation) -> dict[str, str]:
    """A figure that was read otherwise than it was typed."""
    value = text(f"state_{seen.state.value}_value") if seen.value is None else f"{seen.value:f}".replace(".", ",")
    return {
        "sheet": seen.sheet,
        "cell": seen.cell,
        "indicator": seen.indicator,
        "raw": seen.raw,
        "value": value,
        "read_as": seen.read_as,
        "description": _coercions()[seen.read_as],
    }


def _finding_line(found: dict[str, str]) -> str:
    place = f"{found['sheet']}!{found['cell']}" if found["cell"] else found["sheet"] or text("not_known")
    facts = {key: found[key] or text("not_known") for key in ("message", "found", "expected", "fix")}
    line = text("check_line", severity=text(found["severity"]), place=place, **facts)
    return line + (text("check_explained", explanation=found["explanation"]) if "explanation" in found else "")


def _status_line(row: dict[str, Any]) -> str:
    late = text("status_late", hours=row["late_by_hours"]) if row["late_by_hours"] else ""
    at = f", {_when(row['received_at'])}" if row["received_at"] else ""
    verdict = f", {text(row['verdict'])}" if row["verdict"] else ""
    returned = row["verdict"] in ("rejected", "unreadable")
    state = text("state_rejected" if returned else f"state_{row['state']}") + at + verdict
    if row["unexplained"]:
        state += text("status_unexplained", number=row["unexplained"])
    return text("status_line", unit=row["unit"], name=row["name"], state=state, late=late)


def _letter_lines(letters: dict[str, Any]) -> list[str]:
    lines = []
    if aside := letters["set_aside"]:
        lines.append(mail_texts.text("set_aside_head", number=len(aside)))
        for row in aside:
            facts = {"received_at": _when(row["received_at"]), "state": mail_texts.text(f"mail_{row['state']}")}
            lines.append(mail_texts.text("set_aside_line", **{**row, **facts}))
    if unsent := letters["unsent"]:
        lines.append(mail_texts.text("outgoing_failed_head", number=len(unsent)))
        lines += [mail_texts.text("outgoing_failed_line", **row) for row in unsent]
    return lines


def _stranger_line(row: dict[str, Any]) -> str:
    facts = {"received_at": _when(row["received_at"]), "file_name": row["file_name"], "reason": row["reason"]}
    return text("unidentified_line", **facts)


def _when(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(periods.ZONE).strftime("%d/%m/%Y %H:%M")
