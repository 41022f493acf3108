"""Collects what the units sent, checks and loads it, and announces each period that changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from side_tasks import data_docs, fetch_mail, send_answers

from cchc import steps

SUBMISSIONS = Asset("cchc_submissions")
PERIOD = r"^20\d\d-([A-Z0-9]{1,2}|AD-[a-z0-9-]+)$"


@task(task_display_name="Thu nhận tệp đến", trigger_rule=TriggerRule.ALL_DONE)  # without mail other channels go on
def collect() -> list[str]:
    """Empty the inbox into the raw store; return the ids of the submissions that wait."""
    return steps.collect()


@task(task_display_name="Chia lô")
def split(ids: list[str], params: dict[str, Any] | None = None) -> list[list[str]]:
    """Chunks: mapping over single files costs more than reading them."""
    return steps.chunks(ids, size=(params or {})["chunk_size"])


@task(task_display_name="Đọc, kiểm tra, nạp một lô", pool="warehouse")
def ingest_chunk(ids: list[str]) -> dict[str, Any]:
    """Read, judge and load one chunk; a rejected workbook is a result, not a failure."""
    return steps.ingest_chunk(ids)


@task(
    task_display_name="Kiểm tra chéo, báo kỳ thay đổi",
    outlets=[SUBMISSIONS],
    trigger_rule=TriggerRule.NONE_FAILED,  # no new file leaves the chunks skipped; a crash may have left work
    pool="warehouse",
)
def cross_check(params: dict[str, Any] | None = None, outlet_events: Any = None) -> list[str]:
    """Run the rules across units and periods; emit one partition for each period that changed."""
    try:
        asked = {steps.known_period(code) for code in [(params or {})["period"]] if code}
    except ValueError as error:  # trying again would not mend what was typed
        raise AirflowFailException(str(error)) from error
    periods = sorted({*steps.cross_check(), *asked})
    if not periods:
        raise AirflowSkipException("Không có số liệu mới, không kỳ nào phải tổng hợp lại.")
    outlet_events[SUBMISSIONS].add_partitions(periods)
    return periods


@dag(
    dag_display_name="1. Thu nhận báo cáo CCHC",
    doc_md=str(Path(__file__).with_name("collect_submissions.md")),
    schedule=CronTriggerTimetable("0 7,9,11,14,16,18,21 1-20 3,6,9,12 *", timezone="Asia/Ho_Chi_Minh"),
    catchup=False,  # one run empties the inbox; the runs missed while the machine was off have nothing to do
    max_active_runs=1,
    tags=["cchc", "thu-nhận"],
    params={
        "period": Param(None, type=["null", "string"], pattern=PERIOD, title="Tổng hợp lại kỳ, ví dụ 2026-Q3"),
        "chunk_size": Param(40, type="integer", minimum=1, maximum=500, title="Số tệp mỗi lô"),
    },
    default_args={"owner": "so-noi-vu", "retries": 2, "retry_delay": timedelta(seconds=30)},
)
def collect_submissions() -> None:
    """Wire the steps."""
    fetch_mail() >> (ids := collect())
    ingest_chunk.expand(ids=split(ids)) >> [cross := cross_check(), data_docs(ids)]
    cross >> send_answers()


collect_submissions()
