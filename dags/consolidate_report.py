"""Consolidates a period for each authority that has submissions, whenever that period changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Asset, Param, PartitionedAssetTimetable, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from cchc import steps

SUBMISSIONS = Asset("cchc_submissions")
PERIOD = r"^20\d\d-([A-Z0-9]{1,2}|AD-[a-z0-9-]+)$"


def _asked(known: Callable[[str], str], code: str) -> str:
    """A code asked for by hand; trying a wrong one again would not mend it."""
    try:
        return known(code)
    except ValueError as error:
        raise AirflowFailException(str(error)) from error


@task(task_display_name="Xác định kỳ báo cáo")
def choose_period(params: dict[str, Any] | None = None) -> str:
    """The period asked for by hand, else the partition that started this run."""
    period = (params or {})["period"] or get_current_context()["dag_run"].partition_key
    if not period:
        raise AirflowFailException("Chạy tay phải cho biết kỳ báo cáo, ví dụ 2026-Q3.")
    return _asked(steps.known_period, period)


@task(task_display_name="Xác định cơ quan tổng hợp", pool="warehouse")
def list_authorities(period: str, params: dict[str, Any] | None = None) -> list[str]:
    """The authority asked for, else all that have at least one loaded submission."""
    asked = (params or {})["authority"]
    return [_asked(steps.known_authority, asked)] if asked else steps.authorities(period)


@task(task_display_name="Tổng hợp và xuất báo cáo", pool="warehouse", map_index_template="{{ authority }}")
def consolidate(authority: str, period: str) -> dict[str, Any]:
    """Write the edition of one authority; the same facts give the same edition."""
    get_current_context()["authority"] = authority  # type: ignore[typeddict-unknown-key]
    return steps.consolidate(authority, period)


@dag(
    dag_display_name="2. Tổng hợp và lập báo cáo CCHC",
    doc_md=str(Path(__file__).with_name("consolidate_report.md")),
    schedule=PartitionedAssetTimetable(assets=SUBMISSIONS),
    catchup=False,
    max_active_runs=1,  # two runs of one period would only wait for each other
    tags=["cchc", "tổng-hợp"],
    params={
        "authority": Param(None, type=["null", "string"], pattern=r"^\d{2,6}$", title="Cơ quan tổng hợp, ví dụ 31"),
        "period": Param(None, type=["null", "string"], pattern=PERIOD, title="Kỳ báo cáo, ví dụ 2026-Q3"),
    },
    default_args={"owner": "so-noi-vu", "retries": 2, "retry_delay": timedelta(seconds=30)},
)
def consolidate_report() -> None:
    """Wire the steps."""
    period = choose_period()
    consolidate.partial(period=period).expand(authority=list_authorities(period))


consolidate_report()
