"""Recall and precision of the findings on planted faults, rule by rule: ``python -m tests.recall``."""

from __future__ import annotations

from collections import Counter

from cchc import parse, validate
from cchc.catalogue.rules import rules
from cchc.sample.defects import plant
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from tests.faults.test_planted_faults import faulty_files


def table(seed: int) -> list[tuple[str, str, int, int, int, int]]:
    """Rule, severity, planted, found, missed, extra; a fault counts as found at its own cell only."""
    planted: list[tuple[str, str, str]] = []
    readings = []
    for defect, unit, period in faulty_files():
        own = figures(seed, unit, period)
        data, place = plant(defect, unit, period, own, narrative(seed, unit, period, own))
        planted.append((defect.rule, place.sheet, place.cell))
        readings.append(parse.read(data, f"{unit.code}_{period.code}.xlsx"))
    count: dict[str, Counter[str]] = {}
    for wanted, judged in zip(planted, validate.judge(readings), strict=True):
        seen = [(finding.rule, finding.sheet, finding.cell) for finding in judged.findings]
        count.setdefault(wanted[0], Counter()).update(planted=1, found=int(wanted in seen))
        for rule, *_ in (one for one in seen if one != wanted):
            count.setdefault(rule, Counter()).update(extra=1)
    return [
        (rule, rules()[rule].severity.value, c["planted"], c["found"], c["planted"] - c["found"], c["extra"])
        for rule, c in sorted(count.items())
    ]


if __name__ == "__main__":
    print("rule | severity | planted | found | missed | extra")
    for line in table(7):
        print(" | ".join(map(str, line)))
