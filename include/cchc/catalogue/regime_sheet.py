"""A regime laid out for a reviewer: headings, entries to tick, lines under each.

Words: ``regime_texts.csv`` and ``regime_rule_kinds.csv``. What the layout becomes, a page or the text of a terminal, is
for ``regime_page``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cchc.catalogue import regime_terms
from cchc.catalogue.indicators import areas, by_code
from cchc.catalogue.regime_terms import Clause, Duty, Register, Rule, Terms, Trap
from cchc.catalogue.regime_words import clause_words, due_words, iso_words, text, validity_words
from cchc.catalogue.regimes import Lead, Regime, Target, raw_regime, regime
from cchc.catalogue.tables import rows

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tick: its mark, what it is, and lines under it."""

    mark: str
    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its entries; ``note`` stands between them, empty where nothing does."""

    heading: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole regime: title, facts (label and words) and parts; parts without entries are left out."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def sheet(regime_id: str) -> Sheet:
    """A regime laid out.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    core, terms = regime(regime_id), regime_terms.terms(regime_id)
    note = raw_regime(regime_id).get("targets_note", "")
    parts = (
        _part("offices", map(_office, terms.offices)),
        _part("obligations", (_duty(duty, terms) for duty in terms.duties)),
        _part("targets", (_target(target) for target in terms.targets), note),
        _part("rules", map(_rule, terms.rules)),
        _part("registers", map(_register, terms.registers)),
        _part("traps", map(_trap, terms.traps)),
        _vocabulary(terms),
        _part("clauses", (_clause(clause, terms) for clause in terms.clauses), _count(terms.clauses)),
    )
    return Sheet(regime_id, core.name, tuple(_facts(core, terms)), tuple(part for part in parts if part.entries))


def kinds_words(kinds: Sequence[str]) -> str:
    """Kinds of report as they are called: ``quý I, 6 tháng đầu năm``."""
    titles = {row["kind"]: row["title"] for row in rows("report_kinds")}
    return ", ".join(titles[kind] for kind in kinds)


def _facts(core: Regime, terms: Terms) -> Iterator[tuple[str, str]]:
    raw = raw_regime(core.id)
    if terms.instrument:
        yield from _instrument(terms)
    validity = validity_words(core.valid_from, core.valid_to)
    yield text("validity"), _sourced(validity, raw.get("valid_source", ""))
    for row in raw["authorities"]:
        yield text("authorities"), _sourced(f"{row['code']} {row['body']}", row["source"])
    yield text("kinds"), _sourced(kinds_words(core.kinds), raw.get("kinds_source", ""))
    yield text("due"), _sourced(due_words(None, core.due.day, core.due.inclusive), raw["due"]["source"])
    if core.extends:
        yield text("extends"), text("extends_note", id=core.extends)


def _instrument(terms: Terms) -> Iterator[tuple[str, str]]:
    paper = terms.instrument
    assert paper is not None
    yield text("cite"), paper.cite
    yield text("number"), f"{paper.number or text('no_number')}; {iso_words(paper.date)}"
    yield text("issuer"), paper.issuer
    yield text("signer"), paper.signer or text("illegible")
    yield text("title"), paper.title
    if paper.attached:
        yield text("attached"), paper.attached
    if paper.doubt:
        yield text("doubt"), paper.doubt


def _sourced(words: str, source: str) -> str:
    return f"{words} ({source})" if source else words


def _part(heading: str, entries: Iterable[Entry], note: str = "") -> Part:
    return Part(text(heading), note, tuple(entries))


def _office(office: Lead) -> Entry:
    led = text("area", area=office.area, name=areas()[office.area]["name"]) if office.area else office.task
    lines = [text("lead", lead=office.lead)]
    if office.together:
        lines.append(text("together", names=", ".join(office.together)))
    return Entry(office.id, led, (*lines, text("source", source=office.source), _cited(office.clauses)))


def _duty(duty: Duty, terms: Terms) -> Entry:
    names = {register.id: register.name for register in terms.registers}
    lines = [
        text("what", what=duty.what),
        text("when", when=text(f"when_{duty.when}", periods=kinds_words(duty.periods))),
        text("deadline", words=due_words(duty.due_date, duty.due_day, duty.inclusive)),
    ]
    if duty.register:
        lines.append(text("kept_in", name=names[duty.register]))
    flow = text("flow_via" if duty.via else "flow", sender=duty.sender, via=duty.via, receiver=duty.receiver)
    return Entry(duty.id, flow, (*lines, *_note(duty.note), _cited(duty.clauses)))


def _target(target: Target) -> Entry:
    lines = [_threshold(target)]
    lines.append(text("binds", level=target.level, validity=validity_words(target.valid_from, target.valid_to)))
    if target.judged_in:
        lines.append(text("judged_in", periods=kinds_words(target.judged_in)))
    if target.displaced_by:
        lines.append(text("displaced", id=target.displaced_by))
    if target.rule:
        lines.append(text("by_rule", id=target.rule))
    if target.orientation:
        lines.append(text("orientation"))
    cited = _cited((target.clause, *target.also)) if target.clause else text("source", source=target.source)
    number = f" ({text('source_no', number=target.source_no)})" if target.source_no else ""
    name = target.text or by_code()[target.indicator].name
    return Entry(target.id or target.indicator, name + number, (*lines, *_note(target.note), cited))


def _threshold(target: Target) -> str:
    if target.kind == "qualitative":
        return text("qualitative")
    facts = {"sign": _SIGNS[target.op], "value": f"{target.value:f}".replace(".", ",")}
    if not target.indicator:
        return text("threshold_bare", **facts)
    return text("threshold", **facts, code=target.indicator, name=by_code()[target.indicator].name)


def _rule(rule: Rule) -> Entry:
    kinds = {row["kind"]: row["text"] for row in rows("regime_rule_kinds")}
    return Entry(rule.id, rule.text, (text("rule_kind", kind=kinds[rule.kind]), _cited(rule.clauses)))


def _register(register: Register) -> Entry:
    return Entry(register.id, register.name, (text("sheet", sheet=_called(register.id)), _cited(register.clauses)))


def _called(datum: str) -> str:
    """A register by its sheet, any other datum by its id."""
    return {row["id"]: row["sheet"] for row in rows("registers")}.get(datum, datum)


def _trap(trap: Trap) -> Entry:
    return Entry(trap.id, trap.found, (text("reading", reading=trap.reading), _cited(trap.clauses)))


def _vocabulary(terms: Terms) -> Part:
    used = any(register.vocabulary == "weaknesses" for register in terms.registers)
    entries = (Entry(row["code"], row["text"], ()) for row in rows("weaknesses"))
    return _part("vocabulary", entries if used else ())


def _clause(clause: Clause, terms: Terms) -> Entry:
    lines = []
    if clause.ids:
        kinds = {datum.id: kind for kind in regime_terms.KINDS for datum in terms.of_kind(kind)}
        data = ", ".join(f"{text(f'is_{kinds[one]}')} {_called(one)}" for one in clause.ids)
        lines.append(text("became", data=data))
    else:
        lines.append(text("became_none", why=clause.why))
    if clause.measured_by:
        lines.append(text("measured_by", codes=", ".join(clause.measured_by)))
    return Entry(clause_words(clause.ref), clause.text, tuple(lines))


def _count(clauses: Sequence[Clause]) -> str:
    data = sum(1 for clause in clauses if clause.ids)
    return text("clauses_note", total=len(clauses), data=data, none=len(clauses) - data)


def _cited(clauses: Sequence[str]) -> str:
    return text("clause", clauses="; ".join(clause_words(ref) for ref in clauses))


def _note(note: str) -> tuple[str, ...]:
    return (text("note", note=note),) if note else ()
