"""One function for each thing that is done, for DAGs, command line and portal alike.

The only place where stages meet. Arguments and results are plain JSON values. Heavy imports are made inside the
functions, so that reading a DAG file stays quick.
"""

from cchc.steps.access import grant, grants, revoke
from cchc.steps.editions import consolidate, edition_diff, edition_mark, edition_rebuild, edition_show, editions
from cchc.steps.explain import explain
from cchc.steps.extracts import extract, extract_file
from cchc.steps.intake import (
    BATCH,
    CHUNK,
    SPREAD,
    check,
    chunks,
    collect,
    cross_check,
    data_docs,
    db_upgrade,
    ingest,
    ingest_chunk,
    receive,
)
from cchc.steps.mail import MailError, fetch_mail, import_contacts, list_contacts, send
from cchc.steps.moulds import check_mould, export_mould, install_mould
from cchc.steps.registers import import_registers, register_template, show_registers
from cchc.steps.reparse import reparse, reparse_summary
from cchc.steps.replies import mark, reply_files, reply_names
from cchc.steps.reports import (
    authorities,
    known_authority,
    known_period,
    periods_known,
    status,
    unit_versions,
)
from cchc.steps.targets import edition_targets

__all__ = [
    "BATCH",
    "CHUNK",
    "SPREAD",
    "MailError",
    "authorities",
    "check",
    "chunks",
    "collect",
    "check_mould",
    "consolidate",
    "cross_check",
    "data_docs",
    "db_upgrade",
    "edition_diff",
    "edition_mark",
    "edition_rebuild",
    "edition_show",
    "edition_targets",
    "editions",
    "explain",
    "export_mould",
    "extract",
    "extract_file",
    "fetch_mail",
    "grant",
    "grants",
    "import_contacts",
    "import_registers",
    "ingest",
    "ingest_chunk",
    "install_mould",
    "known_authority",
    "known_period",
    "list_contacts",
    "mark",
    "periods_known",
    "receive",
    "register_template",
    "reparse",
    "reparse_summary",
    "reply_files",
    "reply_names",
    "revoke",
    "send",
    "show_registers",
    "status",
    "unit_versions",
]
