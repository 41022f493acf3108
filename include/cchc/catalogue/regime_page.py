"""Regimes as text for a terminal and as pages (``docs/regimes``) on which a reviewer ticks every clause."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from cchc.catalogue import regime_terms
from cchc.catalogue.regime_sheet import Entry, Part, sheet
from cchc.catalogue.regime_words import text, validity_words
from cchc.catalogue.regimes import Regime, regimes
from cchc.settings import REPOSITORY

PAGES = REPOSITORY / "docs" / "regimes"
_WIDTH = 100
_INDENT = 10
"""Column at which words begin; a longer mark has a line of its own."""


def plain(regime_id: str) -> str:
    """A regime for a terminal of 100 columns, every entry with a box to tick.

    Raises:
        FileNotFoundError: If no such regime is in the catalogue.
    """
    laid = sheet(regime_id)
    lines = [*textwrap.wrap(f"{laid.title} [{laid.id}]", _WIDTH), ""]
    for label, words in laid.facts:
        lines += _wrapped(f"{label}: {words}", "", "    ")
    for part in laid.parts:
        lines += ["", part.heading.upper(), *_wrapped(part.note, "", ""), ""]
        for entry in part.entries:
            lines += _entry(entry)
    return "\n".join(lines)


def listing() -> str:
    """Every regime: its id, what it is, from when to when."""
    lines = []
    for one in regimes():
        words = f"{one.name}; {validity_words(one.valid_from, one.valid_to)}"
        lines += _wrapped(words, f"{one.id:<18}", " " * 18)
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """File name and Markdown of every page: one for each instrument, and their index."""
    found = {f"{one.id}.md": _page(one.id) for one in regimes() if regime_terms.terms(one.id).instrument}
    return {"README.md": _index()} | found


def main() -> None:
    """Write the pages into ``docs/regimes``."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, words in pages().items():
        (PAGES / name).write_text(words, encoding="utf-8")


def _entry(entry: Entry) -> Iterator[str]:
    inside = " " * _INDENT
    if len(entry.mark) < _INDENT - len("[ ] "):
        yield from _wrapped(entry.head, f"[ ] {entry.mark} ".ljust(_INDENT), inside)
    else:
        yield f"[ ] {entry.mark}"
        yield from _wrapped(entry.head, inside, inside)
    for line in entry.lines:
        yield from _wrapped(line, inside, inside + "  ")


def _wrapped(words: str, first: str, then: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)


def _page(regime_id: str) -> str:
    laid = sheet(regime_id)
    blocks = [f"# {laid.title}", text("page_note", id=regime_id)]
    blocks.append("\n".join(f"- **{label}**: {words}" for label, words in laid.facts))
    for part in laid.parts:
        blocks += _section(part)
    return "\n\n".join(blocks) + "\n"


def _section(part: Part) -> Iterator[str]:
    yield f"## {part.heading}"
    if part.note:
        yield part.note
    yield "\n".join(line for entry in part.entries for line in _ticked(entry))


def _ticked(entry: Entry) -> Iterator[str]:
    yield f"- [ ] **{entry.mark}** {entry.head}"
    yield from (f"  - {line}" for line in entry.lines)


def _index() -> str:
    head = text("index_head").split(" | ")
    lines = [_row(head), _row(["---"] * len(head))]
    lines += [_row(_cells(one)) for one in regimes() if regime_terms.terms(one.id).instrument]
    return "\n\n".join((f"# {text('index_title')}", text("index_note"), "\n".join(lines))) + "\n"


def _cells(one: Regime) -> list[str]:
    terms = regime_terms.terms(one.id)
    assert terms.instrument is not None
    counts = (len(data) for data in (terms.clauses, terms.duties, terms.targets, terms.rules))
    validity = validity_words(one.valid_from, one.valid_to)
    return [f"[{one.id}]({one.id}.md)", terms.instrument.cite, validity, ", ".join(one.authorities), *map(str, counts)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
