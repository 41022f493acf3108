"""What the staff of the authority says to a warning, for a unit that explained it by telephone or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc.steps.base import engine, now, period_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row


def explain(target: str, period: str, rule: str, text: str, author: str, indicator: str = "") -> dict[str, Any]:
    """Keep an explanation of a warning; it stands while rule, figure and value stay.

    Args:
        target: A submission, or a unit: then the version that speaks for it is meant.
        period: Period code.
        rule: Rule id, or its number (``x06``).
        text: What is said.
        author: Who says it.
        indicator: Figure that is meant, where the rule spoke of several.

    Raises:
        ValueError: If there is no such warning, or more than one; one Vietnamese sentence for whoever asked.
    """
    from cchc import cli_text, load
    from cchc.store.sqlfiles import statement

    code = period_of(period).code
    said = load.clean_words(text)
    if not said:
        raise ValueError(cli_text.text("explanation_empty"))
    asked = {"target": target, "period": code, "rule": rule, "indicator": indicator}
    with engine().begin() as connection:
        found = connection.execute(statement("marts/findings_to_explain"), asked).all()
        _check_explainable(found, asked)
        chosen = found[0]
        load.explain(connection, load.word_on(chosen, code, said, author, now()))
    place = f"{chosen.sheet}!{chosen.cell}" if chosen.cell else chosen.sheet
    told = {"unit": chosen.unit_code, "period": code, "rule": chosen.rule, "indicator": chosen.indicator}
    return {**told, "place": place, "found": chosen.found, "explanation": said, "author": author}


def _check_explainable(found: Sequence[Row[Any]], asked: dict[str, str]) -> None:
    from cchc import cli_text

    if not found:
        raise ValueError(cli_text.text("nothing_to_explain", **asked))
    if any(row.severity != "warning" for row in found):
        raise ValueError(cli_text.text("critical_not_explained", **asked))
    codes = sorted({row.indicator for row in found})
    if len(codes) > 1:
        raise ValueError(cli_text.text("explain_which", rule=asked["rule"], codes=", ".join(codes)))
