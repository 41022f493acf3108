"""The register of rules: what is held to be true of a submission, and what its sender is told.

Source: ``expectations/rules.csv``; each row names its own source. The checks themselves are data beside it
(``suites/*.json``, ``relations.csv``) or queries under ``sql/rules``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from cchc.catalogue.indicators import Term, terms
from cchc.catalogue.periods import Period
from cchc.model.finding import Severity
from cchc.settings import EXPECTATIONS

PLACEHOLDERS = frozenset(
    {"found", "expected", "cell", "sheet", "code", "name", "unit", "right", "right_codes", "period"}
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the register.

    Attributes:
        id: Stable name of the rule, of its check and of its test.
        severity: Critical rejects the submission, warning lets it pass with a mark.
        subject: ``file``, ``cover``, ``sheet``, ``cell``, ``relation`` or ``cross``: what a finding points at.
        engine: ``gx`` on the frames of a batch, ``sql`` on the warehouse, ``python`` where texts are compared.
        kinds: Report kinds that it applies to; empty means all.
        since: It applies to periods that end on this day or later.
        title: Vietnamese, for the list of rules.
        message: Vietnamese template: what is wrong.
        fix: Vietnamese template: how to mend it.
        expected: Vietnamese template: what should stand there.
        silences: Rules that say nothing more where this one has spoken.
        source: Where the rule comes from.
        order: 0-based place in the register.
    """

    id: str
    severity: Severity
    subject: str
    engine: str
    kinds: frozenset[str]
    since: date
    title: str
    message: str
    fix: str
    expected: str
    silences: frozenset[str]
    source: str
    order: int

    def applies(self, period: Period) -> bool:
        """True where the rule is in force for the period."""
        return period.window_to >= self.since and (not self.kinds or period.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between figures of one form.

    Attributes:
        rule: Rule that it belongs to; a rule may hold several relations.
        left: Code whose cell a finding points at.
        op: ``=``, ``<=``, ``needs`` (left may be above 0 only where right is) or ``flag_of`` (left is 1
            where right is above 0, else 0).
        right: Operands; empty where ``bound`` is set.
        bound: A constant right-hand side.
        right_text: The right-hand side as written in the data.
        tolerance: Deviation that is still accepted.
        forms: Forms that it applies to; empty means every form that carries the operands.
        kinds: Report kinds that it applies to; empty means all.
    """

    rule: str
    left: str
    op: str
    right: tuple[Term, ...]
    bound: str
    right_text: str
    tolerance: str
    forms: frozenset[str]
    kinds: frozenset[str]

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it speaks of."""
        return frozenset({self.left, *(term.code for term in self.right)})


@cache
def rules() -> dict[str, Rule]:
    """The register in its own order, by id."""
    return {row["rule_id"]: _rule(row, order) for order, row in enumerate(_table("rules"))}


@cache
def relations() -> tuple[Relation, ...]:
    """Rows of ``relations.csv`` in their own order."""
    return tuple(_relation(row) for row in _table("relations"))


@cache
def suite(name: str) -> dict[str, Any]:
    """A Great Expectations suite as plain data.

    Raises:
        FileNotFoundError: If there is no such suite.
    """
    document: dict[str, Any] = json.loads((EXPECTATIONS / "suites" / f"{name}.json").read_text("utf-8"))
    return document


@cache
def issue_rules() -> dict[str, str]:
    """Rule id by the kind of remark that the reader makes."""
    return {
        kind: expectation["meta"]["rule"]
        for expectation in suite("issue")["expectations"]
        for kind in expectation["kwargs"]["value_set"]
    }


def describe(template: str, values: Mapping[str, str]) -> str:
    """A sentence with its placeholders filled; what a file holds is never itself read as a template."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], ""), template)


def _table(name: str) -> tuple[dict[str, str], ...]:
    with (EXPECTATIONS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def _words(text: str, everything: str) -> frozenset[str]:
    return frozenset() if text == everything else frozenset(text.split())


def _rule(row: Mapping[str, str], order: int) -> Rule:
    return Rule(
        id=row["rule_id"],
        severity=Severity(row["severity"]),
        subject=row["subject"],
        engine=row["engine"],
        kinds=_words(row["kinds"], "all"),
        since=date.fromisoformat(row["since"]),
        title=row["title"],
        message=row["message"],
        fix=row["fix"],
        expected=row["expected"],
        silences=frozenset(row["silences"].split()),
        source=row["source"],
        order=order,
    )


def _relation(row: Mapping[str, str]) -> Relation:
    constant = row["right"].startswith("#")
    return Relation(
        rule=row["rule_id"],
        left=row["left"],
        op=row["op"],
        right=() if constant else terms(row["right"]),
        bound=row["right"][1:] if constant else "",
        right_text=row["right"],
        tolerance=row["tolerance"],
        forms=_words(row["forms"], "*"),
        kinds=_words(row["kinds"], "all"),
    )
