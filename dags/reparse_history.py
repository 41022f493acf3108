"""Reads history again after the reader or the rules changed: first a report, and only if asked the change itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from cchc import steps

PERIOD = r"^20\d\d-([A-Z0-9]{1,2}|AD-[a-z0-9-]+)$"


def _asked(known: Callable[[str], str], code: str | None) -> str | None:
    """A code asked for by hand; trying a wrong one again would not mend it."""
    try:
        return known(code) if code else None
    except ValueError as error:
        raise AirflowFailException(str(error)) from error


def _scope(params: dict[str, Any] | None) -> dict[str, str | None]:
    asked = params or {}
    return {
        "period": _asked(steps.known_period, asked["period"]),
        "authority": _asked(steps.known_authority, asked["authority"]),
    }


@task(task_display_name="Đọc lại và báo cáo những gì sẽ thay đổi", pool="warehouse")
def report_changes(params: dict[str, Any] | None = None) -> dict[str, Any]:
    """What would change, and the workbook that lists it; nothing is written into the warehouse."""
    return steps.reparse_summary(**_scope(params))


@task(task_display_name="Ghi kết quả đọc lại", pool="warehouse")
def apply_changes(found: dict[str, Any], params: dict[str, Any] | None = None) -> dict[str, Any]:
    """Put what is read now in place of what was loaded, where a person asked for that."""
    if not (params or {})["apply"]:
        raise AirflowSkipException(f"Chỉ báo cáo, chưa ghi gì. Báo cáo: {found['report']}")
    return steps.reparse_summary(**_scope(params), apply=True)


@dag(
    dag_display_name="3. Đọc lại các tệp đã nhận",
    doc_md=str(Path(__file__).with_name("reparse_history.md")),
    schedule=None,
    catchup=False,
    max_active_runs=1,
    tags=["cchc", "đọc-lại"],
    params={
        "period": Param(None, type=["null", "string"], pattern=PERIOD, title="Kỳ báo cáo, bỏ trống là mọi kỳ"),
        "authority": Param(None, type=["null", "string"], pattern=r"^\d{2,6}$", title="Cơ quan tổng hợp, ví dụ 31"),
        "apply": Param(False, type="boolean", title="Ghi kết quả đọc lại (bỏ trống: chỉ báo cáo)"),
    },
    default_args={"owner": "so-noi-vu", "retries": 2, "retry_delay": timedelta(seconds=30)},
)
def reparse_history() -> None:
    """Wire the steps."""
    apply_changes(report_changes())


reparse_history()
