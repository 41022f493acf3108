"""Rules across units and periods: queries that return the offenders, run by Great Expectations on PostgreSQL.

What a query cannot answer is a function of ``COMPARED`` with the same answer: rows that name a place.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, Engine, TextClause, text

from cchc.catalogue import periods
from cchc.catalogue.honesty import limits
from cchc.catalogue.periods import Period
from cchc.catalogue.rules import Rule, rules
from cchc.model.finding import Finding
from cchc.store.sqlfiles import statement
from cchc.validate.gate import check_evaluated, quiet_context
from cchc.validate.hit import Hit, outspoken
from cchc.validate.notation import vietnamese_text
from cchc.validate.wordings import same_words

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuite
    from great_expectations.datasource.fluent import SQLDatasource

_IN_ONE_ROW = """
SELECT json_agg(row_to_json(o)) AS offenders
FROM (SELECT found.* FROM (
<offenders>
) AS found INNER JOIN {batch} AS counted USING (submission_id)) AS o
HAVING COUNT(*) > 0
"""
COMPARED: dict[str, Callable[[Connection, Period], Iterator[dict[str, Any]]]] = {
    "x12_same_words_as_other_unit": same_words,
}
"""Rules of the engine ``python`` by id."""
_COUNTED = text("SELECT submission_id FROM current_submission WHERE period_code = :period")
_JUDGED = text("SELECT submission_id FROM submission WHERE period_code = :period AND verdict <> 'received'")


def cross(engine: Engine, period_code: str) -> dict[UUID, list[Finding]]:
    """Warnings that only show beside other units, periods and versions.

    What is compared between units and periods are the versions that count; a rule on the file as a whole looks at
    every version of the period.

    Raises:
        UnknownPeriodError: If the code names no period.
        RuntimeError: If a query could not be run.
    """
    period = periods.parse(period_code)
    return _findings(_offenders(engine, period), period)


def cross_within(connection: Connection, period_code: str) -> dict[UUID, list[Finding]]:
    """The same within a transaction that nobody else sees.

    Great Expectations opens connections of its own and would see what is committed; the queries are the same.
    """
    period = periods.parse(period_code)
    return _findings(_offenders_within(connection, period), period)


def _findings(offenders: Iterable[tuple[str, dict[str, Any]]], period: Period) -> dict[UUID, list[Finding]]:
    hits: dict[UUID, list[Hit]] = {}
    for rule, offender in offenders:
        hits.setdefault(UUID(offender["submission_id"]), []).append(_hit(rule, offender))
    return {
        identity: [hit.finding(period.code) for hit in outspoken(found)] for identity, found in sorted(hits.items())
    }


def _offenders_within(connection: Connection, period: Period) -> Iterator[tuple[str, dict[str, Any]]]:
    for versions, chosen in _chosen(period):
        batch = f"({_bound(versions, period, connection.engine)})"
        for rule in chosen:
            offenders = _bound(statement(f"rules/{rule.id}"), period, connection.engine)
            sql = _IN_ONE_ROW.replace("<offenders>", offenders).replace("{batch}", batch)
            for found in connection.exec_driver_sql(sql.replace("%", "%%")).scalars():
                yield from ((rule.id, offender) for offender in found)
    yield from _compared(connection, period)


def query(rule: Rule, period: Period, engine: Engine) -> str:
    """What Great Expectations runs for a rule: all its offenders in one row, since it fetches no more than 200."""
    offenders = _bound(statement(f"rules/{rule.id}"), period, engine)
    return _IN_ONE_ROW.replace("<offenders>", _literal(offenders))


def _offenders(engine: Engine, period: Period) -> Iterator[tuple[str, dict[str, Any]]]:
    for result in _all_results(engine, period):
        check_evaluated(result)
        rule = result.expectation_config.meta["rule"]
        for row in result.result["details"]["unexpected_rows"]:
            found = row["offenders"]
            for offender in json.loads(found) if isinstance(found, str) else found:
                yield rule, offender
    with engine.connect() as connection:
        yield from _compared(connection, period)


def _compared(connection: Connection, period: Period) -> Iterator[tuple[str, dict[str, Any]]]:
    for rule_id, compared in COMPARED.items():
        if rules()[rule_id].applies(period):
            yield from ((rule_id, offender) for offender in compared(connection, period))


def _chosen(period: Period) -> tuple[tuple[TextClause, list[Rule]], ...]:
    """Rules in force, each with the versions that it looks at."""
    wanted = [rule for rule in rules().values() if rule.engine == "sql" and rule.applies(period)]
    return (
        (_COUNTED, [rule for rule in wanted if rule.subject == "cross"]),
        (_JUDGED, [rule for rule in wanted if rule.subject != "cross"]),
    )


def _all_results(engine: Engine, period: Period) -> Iterator[Any]:
    """Run each suite over its versions, on a connection of its own that is closed again."""
    source = _source(engine)
    try:
        for versions, chosen in _chosen(period):
            if chosen:
                asset = source.add_query_asset(f"versions {versions}", query=_bound(versions, period, engine))
                batch = asset.add_batch_definition_whole_table("versions").get_batch()
                suite = _suite(chosen, period, engine)
                yield from batch.validate(suite, result_format="COMPLETE").results
    finally:
        source.get_engine().dispose()


def _source(engine: Engine) -> SQLDatasource:
    # Great Expectations reads $ in an address as a variable of its own.
    address = engine.url.render_as_string(hide_password=False).replace("$", r"\$")
    with warnings.catch_warnings():
        # It recommends its PostgreSQL source, which knows no address of a unix socket.
        warnings.filterwarnings("ignore", message="You are using a generic SQLDatasource")
        return quiet_context().data_sources.add_or_update_sql("warehouse", connection_string=address)


def _suite(wanted: list[Rule], period: Period, engine: Engine) -> ExpectationSuite:
    from great_expectations.core import ExpectationSuite

    return ExpectationSuite(
        name=f"across {period.code}",
        expectations=[
            {
                "type": "unexpected_rows_expectation",
                "kwargs": {"unexpected_rows_query": query(rule, period, engine)},
                "severity": rule.severity.value,
                "meta": {"rule": rule.id},
            }
            for rule in wanted
        ],
    )


def _bound(clause: TextClause, period: Period, engine: Engine) -> str:
    """A query with its parameters written in by the database's own rules of quoting."""
    values: dict[str, Any] = {
        "period": period.code,
        "previous": periods.previous(period).code,
        "opening": periods.opening_source(period).code,
        "first": f"{period.year}-Q1",
        "half": f"{period.year}-H1",
        "third": f"{period.year}-Q3",
        "year_before": f"{period.year - 1}-{period.kind}",
    }
    values |= limits()
    used = {key: value for key, value in values.items() if key in clause._bindparams}
    compiled = clause.bindparams(**used).compile(engine, compile_kwargs={"literal_binds": True})
    # The compiler doubles every percent sign for the driver, and so does Great Expectations.
    return str(compiled).replace("%%", "%")


def _literal(sql: str) -> str:
    """Braces kept from being read as placeholders on the way to the database."""
    return sql.replace("{", "{{").replace("}", "}}")


def _hit(rule: str, offender: dict[str, Any]) -> Hit:
    return Hit(
        rule=rule,
        sheet=offender["sheet"],
        cell=offender["cell"],
        indicator=offender["indicator"],
        found=vietnamese_text(offender["found"]),
        expected=vietnamese_text(offender["expected"]),
        right=offender.get("right", ""),
    )
