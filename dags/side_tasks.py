"""Tasks beside the main line of ``collect_submissions``: mail in, mail out, pages for the keeper of the rules."""

from __future__ import annotations

from airflow.sdk import Connection, TriggerRule, task
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowSkipException

from cchc import steps


def address(connection: str) -> str:
    """A connection made in Airflow as one line; empty where there is none, then the environment may name one."""
    try:
        return Connection.get(connection).get_uri()
    except AirflowNotFoundException:
        return ""


@task(task_display_name="Nhận thư")
def fetch_mail() -> dict[str, int]:
    """Put what registered senders attached into the inbox; skipped where there is no mailbox."""
    done = steps.fetch_mail(address("cchc_mailbox"))
    if done is None:
        raise AirflowSkipException("Chưa khai báo hộp thư (kết nối cchc_mailbox).")
    return done


@task(task_display_name="Gửi biên nhận", trigger_rule=TriggerRule.NONE_FAILED)  # no new period is no reason for silence
def send_answers() -> dict[str, int]:
    """Send receipts and marked workbooks; skipped where there is no server for outgoing mail."""
    done = steps.send(address("cchc_smtp"))
    if done is None:
        raise AirflowSkipException("Chưa khai báo máy chủ gửi thư (kết nối cchc_smtp).")
    return done


@task(task_display_name="Lập trang Data Docs")
def data_docs(ids: list[str]) -> str:
    """Great Expectations' pages on what came; return where they lie."""
    return steps.data_docs(ids)
