"""A whole city's quarter as files, with a manifest that says what is wrong with which."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from cchc.catalogue import periods, units
from cchc.catalogue.periods import Period
from cchc.catalogue.units import Unit
from cchc.sample import noise
from cchc.sample.calendar import received_at
from cchc.sample.defects import Defect, all_defects, plant
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.sample.suspects import Suspect, all_suspects, report
from cchc.template import issue

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who does not send, who sends late, who sends what fault, whose report is doubtful beside whose."""

    missing: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    faults: Mapping[str, Defect] = field(default_factory=dict)
    suspects: Mapping[str, tuple[Suspect, Unit]] = field(default_factory=dict)


def city(
    authority: str,
    period: Period,
    out: Path,
    seed: int = 7,
    defects: float = 0,
    late: float = 0,
    missing: float = 0,
    history: int = 0,
    suspects: float = 0,
) -> dict[str, Any]:
    """Write one workbook a unit and ``manifest.json``; return the manifest.

    Args:
        authority: Unit code of the consolidating body.
        period: What is reported on.
        out: Directory, made if need be.
        seed: The same seed gives the same bytes.
        defects: Share of units that send a faulty file.
        late: Share that sends after the due moment.
        missing: Share that sends nothing.
        history: How many preceding periods to write as well, without fault, under ``history/<period>/``.
        suspects: Share of units whose report holds every rule and is doubtful beside others; some kinds of doubt
            need ``history`` to show.
    """
    period = periods.under(period, authority)
    owing = units.units_of(authority, period.due_at.date())
    kinds = [suspect for suspect in all_suspects() if suspect.suits(period, history)]
    plan = _plan(seed, period, owing, (missing, late, defects, suspects), kinds)
    manifest = _write(authority, period, out, seed, owing, plan)
    earlier = period
    for _ in range(history):
        earlier = periods.previous(earlier)
        then = units.units_of(authority, earlier.window_to)
        if then:
            _write(authority, earlier, out / "history" / earlier.code, seed, then, Plan())
    return manifest


def _plan(seed: int, period: Period, owing: Sequence[Unit], shares: Sequence[float], kinds: Sequence[Suspect]) -> Plan:
    """The authority itself always sends a sound file in time: the city's own figures hang on it."""
    by_code = {unit.code: unit for unit in owing}
    order = noise.shuffled([unit.code for unit in owing if unit.kind != "authority"], seed, period.code, "fate")
    *counts, doubtful = (round(share * len(owing)) for share in shares)
    gone, behind, wrong = (order[sum(counts[:n]) : sum(counts[: n + 1])] for n in range(3))
    sound = [by_code[code] for code in order[sum(counts) :]]
    return Plan(
        frozenset(gone),
        frozenset(behind),
        _faults(seed, period, [by_code[code] for code in wrong]),
        _suspects(seed, period, sound, doubtful, kinds),
    )


def _suspects(
    seed: int, period: Period, sound: Sequence[Unit], number: int, kinds: Sequence[Suspect]
) -> dict[str, tuple[Suspect, Unit]]:
    """Doubtful reports, each with an honest one from which it may be copied; as many as there are pairs for."""
    communes = [unit for unit in sound if unit.form == "commune"]
    number = min(number, len(communes) // 2) if kinds else 0
    names = noise.shuffled([suspect.kind for suspect in kinds], seed, period.code, "suspects")
    by_kind = {suspect.kind: suspect for suspect in kinds}
    turns = cycle([by_kind[name] for name in names])
    pairs = zip(communes[:number], communes[number:], strict=False)
    return {unit.code: (next(turns), other) for unit, other in pairs}


def _faults(seed: int, period: Period, wrong: Sequence[Unit]) -> dict[str, Defect]:
    """Every kind of fault once before any comes again."""
    names = noise.shuffled([defect.kind for defect in all_defects()], seed, period.code, "faults")
    kinds = {defect.kind: defect for defect in all_defects()}
    turns = cycle([kinds[name] for name in names])
    return {unit.code: next(d for d in turns if d.suits(unit, period)) for unit in wrong}


def _write(authority: str, period: Period, out: Path, seed: int, owing: Sequence[Unit], plan: Plan) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    senders = [unit for unit in owing if unit.code not in plan.missing]
    manifest = {
        "authority": authority,
        "period": period.code,
        "seed": seed,
        "due_at": period.due_at.isoformat(),
        "files": [_file(unit, period, out, seed, plan) for unit in senders],
        "missing": sorted(plan.missing),
        "suspects": [_doubt(code, period, *doubt) for code, doubt in sorted(plan.suspects.items())],
    }
    (out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return manifest


def _file(unit: Unit, period: Period, out: Path, seed: int, plan: Plan) -> dict[str, Any]:
    name = f"{unit.code}_{period.code}.xlsx"
    fault, late = plan.faults.get(unit.code), unit.code in plan.late
    data, planted = _content(unit, period, seed, plan)
    (out / name).write_bytes(data)
    return {
        "file": name,
        "unit": unit.code,
        "period": period.code,
        "received_at": received_at(seed, unit.code, period, late).isoformat(),
        "late": late,
        "faulty": fault is not None,
        "expected_verdict": fault.verdict if fault else "accepted",
        "defects": planted,
    }


def _content(unit: Unit, period: Period, seed: int, plan: Plan) -> tuple[bytes, list[dict[str, str]]]:
    if unit.code in plan.suspects:
        doubt, other = plan.suspects[unit.code]
        return issue(unit, period, *report(doubt.kind, seed, unit, period, other)), []
    own = figures(seed, unit, period)
    words = narrative(seed, unit, period, own)
    fault = plan.faults.get(unit.code)
    if fault is None:
        return issue(unit, period, own, words), []
    data, place = plant(fault, unit, period, own, words)
    return data, [{"kind": fault.kind, "rule": fault.rule, "severity": fault.severity, **asdict(place)}]


def _doubt(unit: str, period: Period, suspect: Suspect, other: Unit) -> dict[str, Any]:
    """What the checks across units must find; where it is a copy, at the unit copied from as well."""
    return {
        "kind": suspect.kind,
        "unit": unit,
        "period": period.code,
        "rule": suspect.rule,
        "follows": sorted(suspect.follows),
        "copied_from": other.code if suspect.copied else "",
    }
