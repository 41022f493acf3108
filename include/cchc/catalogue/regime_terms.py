"""What a regime's instrument sets: duties, rules, registers, readings of its oddities, and each of its clauses.

Sources: ``catalogue/data/regimes/*.yaml``, ``regime_clauses.csv``, ``regime_reasons.csv`` and ``weaknesses.csv``.
Nothing here is taken over from the regime that another extends: a ward that copied a town's directive and left a rule
out is not bound by that rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from cchc.catalogue.regimes import Lead, Target, raw_regime, refs, regime, regime_of
from cchc.catalogue.tables import rows


@dataclass(frozen=True, slots=True)
class Instrument:
    """The document that sets a regime.

    Attributes:
        cite: As cited in a sentence.
        short: As cited beside a figure.
        date: ISO date; ``?`` where a digit is illegible, ``2023`` where the source has only a year; empty if unknown.
        signer: Empty where illegible.
        doubt: What of number, date or signer is in doubt, empty where nothing is.
        attached: A document that came with it.
        seed: Which of the source documents it is, ``S0`` to ``S4``; empty for the general regime.
    """

    cite: str
    short: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""
    signer: str = ""
    title: str = ""
    doubt: str = ""
    attached: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what to whom by when.

    Attributes:
        sender: Who owes it.
        receiver: To whom.
        via: Through whom, empty where direct.
        when: ``periodic``, ``event``, ``yearly`` or ``once``.
        periods: Kinds of report of a periodic one.
        due_date: Day named by the clause, for those with a date.
        due_day: Day of the period's last month, for those that recur.
        inclusive: True where that day itself is still on time; None where no day is set.
        register: Register in which its fulfilment is kept, empty where none is.
        clauses: References.
    """

    id: str
    sender: str
    receiver: str
    what: str
    when: str
    clauses: tuple[str, ...]
    via: str = ""
    periods: tuple[str, ...] = ()
    due_date: date | None = None
    due_day: int | None = None
    inclusive: bool | None = None
    register: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that is judged from registers and figures; ``kind`` says how, ``params`` with what."""

    id: str
    kind: str
    text: str
    params: Mapping[str, Any]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A register that the instrument asks to be kept.

    Its sheet and columns are those of ``registers.csv`` and ``register_columns.csv``.

    Attributes:
        vocabulary: Table whose codes one of its columns takes, empty where free.
    """

    id: str
    name: str
    clauses: tuple[str, ...]
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """Something in the source that reads otherwise than it is meant."""

    id: str
    found: str
    reading: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an instrument and what became of it.

    Attributes:
        ids: Data that it became; empty where it became none.
        becomes: Kinds of those data in the order of ``KINDS``, or ``("none",)``.
        measured_by: Indicators that follow it.
        why: Why it is no datum, empty where it is.
    """

    ref: str
    text: str
    ids: tuple[str, ...]
    becomes: tuple[str, ...]
    measured_by: tuple[str, ...]
    why: str
    source: str


Datum = Target | Duty | Rule | Register | Lead | Trap
"""What a clause may become."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that one regime's instrument sets."""

    regime: str
    instrument: Instrument | None
    offices: tuple[Lead, ...]
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    rules: tuple[Rule, ...]
    registers: tuple[Register, ...]
    traps: tuple[Trap, ...]
    clauses: tuple[Clause, ...] = ()

    def of_kind(self, kind: str) -> Sequence[Datum]:
        """The data of one of ``KINDS``."""
        found: dict[str, Sequence[Datum]] = {
            "target": self.targets,
            "obligation": self.duties,
            "rule": self.rules,
            "register": self.registers,
            "office": self.offices,
            "trap": self.traps,
        }
        return found[kind]


KINDS = ("target", "obligation", "rule", "register", "office", "trap")
"""What a clause may become, besides none."""


@cache
def terms(regime_id: str) -> Terms:
    """What a regime's instrument sets.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    raw, core = raw_regime(regime_id), regime(regime_id)
    bare = Terms(
        regime=regime_id,
        instrument=_instrument(raw),
        offices=core.offices,
        duties=tuple(_duty(row) for row in raw.get("obligations", ())),
        targets=core.targets,
        rules=tuple(_rule(row) for row in raw.get("rules", ())),
        registers=tuple(_register(row) for row in raw.get("registers", ())),
        traps=tuple(Trap(row["id"], row["found"], row["reading"], refs(row)) for row in raw.get("traps", ())),
    )
    kinds = {datum.id: kind for kind in KINDS for datum in bare.of_kind(kind)}
    clauses = tuple(_clause(row, kinds) for row in rows("regime_clauses") if row["regime"] == regime_id)
    return replace(bare, clauses=clauses)


def terms_of(authority: str, day: date) -> Terms:
    """What binds an authority on a day.

    Raises:
        KeyError: If no regime does.
    """
    return terms(regime_of(authority, day).id)


def rule_of(authority: str, day: date, kind: str) -> Rule | None:
    """The first rule of that kind which binds an authority on a day, None where its regime has none.

    Raises:
        KeyError: If no regime binds that authority.
    """
    return next((rule for rule in terms_of(authority, day).rules if rule.kind == kind), None)


@cache
def weaknesses() -> dict[str, str]:
    """Vocabulary of weaknesses: code and words."""
    return {row["code"]: row["text"] for row in rows("weaknesses")}


def _instrument(raw: Mapping[str, Any]) -> Instrument | None:
    return Instrument(**raw["instrument"], seed=raw.get("seed", "")) if "instrument" in raw else None


def _duty(row: Mapping[str, Any]) -> Duty:
    due = row.get("due") or {}
    return Duty(
        id=row["id"],
        sender=row["from"],
        receiver=row["to"],
        what=row["what"],
        when=row["when"],
        clauses=refs(row),
        via=row.get("via", ""),
        periods=tuple(row.get("periods", ())),
        due_date=date.fromisoformat(due["date"]) if "date" in due else None,
        due_day=due.get("day"),
        inclusive=due.get("inclusive"),
        register=row.get("register", ""),
        note=row.get("note", ""),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(row["id"], row["kind"], row["text"], row.get("params", {}), refs(row))


def _register(row: Mapping[str, Any]) -> Register:
    return Register(row["id"], row["name"], refs(row), row.get("vocabulary", ""))


def _clause(row: Mapping[str, str], kinds: Mapping[str, str]) -> Clause:
    ids = tuple(row["ids"].split())
    found = {kinds[one] for one in ids}
    why = {reason["code"]: reason["text"] for reason in rows("regime_reasons")}.get(row["why"], "")
    return Clause(
        ref=row["ref"],
        text=row["text"],
        ids=ids,
        becomes=tuple(kind for kind in KINDS if kind in found) or ("none",),
        measured_by=tuple(row["measured_by"].split()),
        why=why,
        source=row["source"],
    )
