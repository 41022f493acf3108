"""Writes ``docs/rules.md``, the register as a page that Nội vụ staff can read."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from string import Template

from cchc.catalogue.rules import Rule, rules
from cchc.settings import EXPECTATIONS, REPOSITORY

PAGE = REPOSITORY / "docs" / "rules.md"
_SEVERITY = {"critical": "Chặn", "warning": "Cảnh báo"}
_HEAD = "| Mã | Mức độ | Quy tắc | Lời báo | Cách sửa |\n|---|---|---|---|---|"


def page() -> str:
    """The page as Markdown."""
    counted = Counter(rule.severity.value for rule in rules().values())
    template = Template((EXPECTATIONS / "page.md").read_text(encoding="utf-8"))
    return template.substitute(counted, count=len(rules()), groups="\n".join(_groups()))


def main() -> None:
    """Write the page into ``docs``."""
    PAGE.write_text(page(), encoding="utf-8")


def _groups() -> Iterator[str]:
    with (EXPECTATIONS / "subjects.csv").open(encoding="utf-8", newline="") as handle:
        for subject in csv.DictReader(handle):
            yield f"\n## {subject['title']}\n\n{subject['note']}\n\n{_HEAD}"
            yield from (_line(rule) for rule in rules().values() if rule.subject == subject["subject"])


def _line(rule: Rule) -> str:
    kinds = f" ({', '.join(sorted(rule.kinds))})" if rule.kinds else ""
    cells = (f"`{rule.id}`", _SEVERITY[rule.severity.value], rule.title + kinds, rule.message, rule.fix)
    return f"| {' | '.join(cell.replace('|', '∣') for cell in cells)} |"


if __name__ == "__main__":
    main()
