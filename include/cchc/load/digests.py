"""What a file says, what was found in it, and all that is loaded of it, each as one digest.

Two files with the same figures and texts say the same, whatever program saved them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Context, Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

from cchc.model.finding import Finding
from cchc.model.observation import Narrative, Observation
from cchc.model.submission import Explanation, Judged, Reading

_OBSERVATION, _NARRATIVE, _FINDING, _EXPLANATION = (
    attrgetter(*(f.name for f in fields(kind))) for kind in (Observation, Narrative, Finding, Explanation)
)


def content(reading: Reading) -> str | None:
    """Digest of figures, states and texts; None where there is no form to say anything.

    Ratios that the form computes are claims and left out: another program may save other last digits of them.
    """
    if not reading.observations:
        return None
    figures = ((o.indicator, _plain(o.value), o.state.value) for o in reading.observations if not o.computed)
    texts = ((n.section, n.text) for n in reading.narratives)
    return _digest(figures, texts)


def judged(item: Judged) -> str:
    """Digest of the findings and of what the sender says to them; their wording is not the sender's."""
    found = ((f.rule, f.severity.value, f.sheet, f.cell, f.indicator, f.found) for f in item.findings)
    return _digest(found, map(_EXPLANATION, item.reading.explanations))


def loaded(item: Judged) -> str:
    """Digest of everything that the warehouse keeps of a file beside its arrival."""
    reading = item.reading
    head = (reading.unit, reading.period, reading.form, reading.form_version, item.verdict.value)
    return _digest(
        [head],
        (_OBSERVATION(o) for o in reading.observations if not o.computed),
        map(_NARRATIVE, reading.narratives),
        map(_FINDING, item.findings),
        map(_EXPLANATION, reading.explanations),
    )


def findings(found: Mapping[UUID, Sequence[Finding]]) -> str:
    """Digest of findings across units and periods; empty where there are none."""
    lines = [(str(identity), *_FINDING(item)) for identity, of_one in found.items() for item in of_one]
    return _digest(lines) if lines else ""


def _digest(*groups: Iterable[tuple[Any, ...]]) -> str:
    digest = hashlib.sha256()
    for group in groups:
        # In an order of its own: two reading orders of the same facts say the same.
        for line in sorted(repr(row) for row in group):
            digest.update(line.encode("utf-8", "backslashreplace") + b"\n")
        digest.update(b"\0")
    return digest.hexdigest()


def _plain(value: Decimal | None) -> str:
    """One spelling of a number: 5, 5.0 and 5E+0 are the same figure. Exact, however long it is."""
    if value is None:
        return ""
    return str(value.normalize(Context(prec=max(len(value.as_tuple().digits), 1))))
