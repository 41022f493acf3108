"""Every path and address the system uses, read once from the environment.

``CCHC_HOME`` holds all that a run writes; two different homes are two independent installations.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
EXPECTATIONS = REPOSITORY / "expectations"
SQL = REPOSITORY / "sql"
DATA = Path(__file__).resolve().parent / "catalogue" / "data"
SCHEMAS = Path(__file__).resolve().parent / "catalogue" / "schema"

TIME_ZONE = "Asia/Ho_Chi_Minh"
MOST_FILE_BYTES = 20 * 2**20
"""A larger file is refused; a channel can tell by the size alone, without reading it into memory."""


@dataclass(frozen=True)
class Settings:
    """Where this installation keeps its things.

    Attributes:
        home: Root of everything written at run time.
        database_url: SQLAlchemy address of the warehouse; empty means the embedded server under ``home``.
        storage_url: Root of the raw store (any fsspec address).
        inbox_url: Where the folder channel leaves files (any fsspec address).
        mailbox_url: ``imaps://user:password@host/INBOX``; empty where no mail is fetched.
        smtp_url: ``smtp://user:password@host:587?from=address``; empty where no mail is sent.
    """

    home: Path
    database_url: str
    storage_url: str
    inbox_url: str
    mailbox_url: str = ""
    smtp_url: str = ""

    @property
    def pg_dir(self) -> Path:
        """Data directory of the embedded PostgreSQL."""
        return self.home / "pg"

    @property
    def editions_dir(self) -> Path:
        """Where consolidated reports are written when no directory is named."""
        return self.home / "editions"

    @property
    def templates_dir(self) -> Path:
        """The installation's own templates of the written report; they go before the packaged ones."""
        return self.home / "templates"

    @property
    def rereading_dir(self) -> Path:
        """Reports on what reading history again would change."""
        return self.home / "rereading"

    @property
    def gx_dir(self) -> Path:
        """Great Expectations' uncommitted output, Data Docs included."""
        return self.home / "gx"

    @property
    def data_docs_page(self) -> Path:
        """Great Expectations' pages on the last batch, once built."""
        return self.gx_dir / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html"

    @property
    def run_dir(self) -> Path:
        """Process ids and logs of what this installation started."""
        return self.home / "run"


def load() -> Settings:
    """Read the settings from the environment (contract: design, section 6)."""
    home = Path(os.environ.get("CCHC_HOME") or REPOSITORY / "var").expanduser().resolve()
    return Settings(
        home=home,
        # The second is Airflow's connection ``cchc_warehouse`` as the environment gives it to every service.
        database_url=os.environ.get("CCHC_DATABASE_URL") or os.environ.get("AIRFLOW_CONN_CCHC_WAREHOUSE", ""),
        storage_url=os.environ.get("CCHC_STORAGE_URL") or f"file://{home}/storage",
        inbox_url=os.environ.get("CCHC_INBOX_URL") or f"file://{home}/inbox",
        mailbox_url=os.environ.get("CCHC_MAILBOX_URL") or os.environ.get("AIRFLOW_CONN_CCHC_MAILBOX", ""),
        smtp_url=os.environ.get("CCHC_SMTP_URL") or os.environ.get("AIRFLOW_CONN_CCHC_SMTP", ""),
    )
