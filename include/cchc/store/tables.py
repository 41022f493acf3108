"""The warehouse's tables as SQLAlchemy sees them; a test holds them equal to what the migrations build."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()
_MOMENT = DateTime(timezone=True)


def _text(*names: str, nullable: bool = False) -> list[Column[str]]:
    return [Column(name, Text, nullable=nullable) for name in names]


dim_unit = Table(
    "dim_unit",
    metadata,
    Column("code", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    *_text("name", "kind", "authority", "form", "source"),
)

unit_predecessor = Table(
    "unit_predecessor",
    metadata,
    Column("code", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("predecessor_code", Text, primary_key=True),
    Column("predecessor_name", Text, primary_key=True),
    Column("predecessor_district", Text, nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("instrument", Text, nullable=False),
    ForeignKeyConstraint(["code", "valid_from"], ["dim_unit.code", "dim_unit.valid_from"]),
)

unit_lineage = Table(
    "unit_lineage",
    metadata,
    Column("effective", Date, primary_key=True),
    Column("former_code", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    *_text("former_name", "kind"),
    Column("weight", Numeric, nullable=False),
    *_text("basis", "flag", "instrument", "source"),
)

dim_indicator = Table(
    "dim_indicator",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("area", SmallInteger, nullable=False),
    *_text("name", "uom", "kind", "time_basis", "rollup", "levels", "numerator", "denominator", "official_ref"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    *_text("note", "source"),
)

dim_indicator_term = Table(
    "dim_indicator_term",
    metadata,
    Column("code", Text, ForeignKey("dim_indicator.code"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("operand", Text, ForeignKey("dim_indicator.code"), primary_key=True),
    Column("sign", SmallInteger, nullable=False),
)

dim_form_row = Table(
    "dim_form_row",
    metadata,
    Column("form", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("code", Text, ForeignKey("dim_indicator.code"), primary_key=True),
    Column("required", Text, nullable=False),
)

dim_period = Table(
    "dim_period",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("window_from", Date, nullable=False),
    Column("window_to", Date, nullable=False),
    Column("basis", Text, nullable=False),
    Column("due_at", _MOMENT, nullable=False),
)

obligation = Table(
    "obligation",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("period_code", Text, ForeignKey("dim_period.code"), primary_key=True),
    *_text("authority", "form"),
    Column("due_at", _MOMENT, nullable=False),
    Column("exempt_reason", Text),
)

delivery = Table(
    "delivery",
    metadata,
    Column("delivery_id", Uuid, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
    *_text("channel", "sender", "file_name"),
    Column("size", BigInteger, nullable=False),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("sender_units", ARRAY(Text)),
    Index("delivery_by_file", "sha256"),
)

contact = Table(
    "contact",
    metadata,
    Column("address", Text, primary_key=True),
    Column("unit_code", Text, primary_key=True),
    Index("contact_by_unit", "unit_code"),
)

mail = Table(
    "mail",
    metadata,
    Column("mail_id", Uuid, primary_key=True),
    *_text("message_id"),
    Column("received_at", _MOMENT, nullable=False),
    *_text("sender", "subject"),
    Column("size", BigInteger, nullable=False),
    *_text("state"),
    Column("answerable", Boolean, nullable=False),
    Column("files", JSONB, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("submission_id", Uuid, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
    *_text("channel", "sender"),
    *_text("unit_code", "period_code", "form", "form_version", nullable=True),
    Column("verdict", Text, nullable=False, server_default="received"),
    Column("figures", Integer, nullable=False, server_default="0"),
    Column("zeros", Integer, nullable=False, server_default="0"),
    *_text("content_sha256", "judged_sha256", "loaded_sha256", nullable=True),
    Index("submission_by_obligation", "period_code", "unit_code", "received_at"),
    Index("submission_waiting", "submission_id", postgresql_where=text("verdict = 'received'")),
)


def _observation_columns() -> list[Column]:
    return [Column("value", Numeric), *_text("state", "sheet", "cell", "raw", "read_as")]


stg_observation = Table(
    "stg_observation",
    metadata,
    Column("submission_id", Uuid, nullable=False, index=False),
    *_text("period_code", "unit_code", "indicator"),
    *_observation_columns(),
    Index("stg_observation_by_submission", "submission_id"),
    prefixes=["UNLOGGED"],
)

fct_observation = Table(
    "fct_observation",
    metadata,
    Column("submission_id", Uuid, ForeignKey("submission.submission_id"), primary_key=True),
    Column("period_code", Text, ForeignKey("dim_period.code"), primary_key=True),
    Column("unit_code", Text, nullable=False),
    Column("indicator", Text, ForeignKey("dim_indicator.code"), primary_key=True),
    *_observation_columns(),
    postgresql_partition_by="LIST (period_code)",
)

narrative = Table(
    "narrative",
    metadata,
    Column("submission_id", Uuid, ForeignKey("submission.submission_id"), primary_key=True),
    Column("section", Text, primary_key=True),
    *_text("text", "sheet", "cell"),
)

finding = Table(
    "finding",
    metadata,
    Column("submission_id", Uuid, ForeignKey("submission.submission_id"), primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    *_text("rule", "severity", "sheet", "cell", "indicator", "found", "expected", "message", "fix"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("submission_id", Uuid, ForeignKey("submission.submission_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    *_text("ruleset", "verdict"),
    *_text("unit_code", "period_code", nullable=True),
    Column("findings", Integer, nullable=False),
    Column("content_sha256", Text),
    Column("loaded_sha256", Text, nullable=False),
    Column("replaced", JSONB),
)

explanation = Table(
    "explanation",
    metadata,
    Column("explanation_id", Uuid, primary_key=True),
    Column("submission_id", Uuid, ForeignKey("submission.submission_id"), nullable=False),
    *_text("unit_code", "period_code", "rule", "indicator", "sheet", "cell", "found"),
    Column("value", Numeric),
    *_text("state", "text", "author"),
    Column("given_at", _MOMENT),
    Index("explanation_by_obligation", "period_code", "unit_code", "indicator"),
    Index("explanation_by_submission", "submission_id"),
)

cross_check = Table(
    "cross_check",
    metadata,
    Column("period_code", Text, ForeignKey("dim_period.code"), primary_key=True),
    Column("inputs", Text, nullable=False),
    Column("ruleset", Text, nullable=False, server_default=""),
    Column("findings_sha256", Text, nullable=False, server_default=""),
)

consolidated = Table(
    "consolidated",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("period_code", Text, ForeignKey("dim_period.code"), primary_key=True),
    Column("content", Text, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    Column("edition_id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("period_code", Text, ForeignKey("dim_period.code"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("as_of", _MOMENT, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="draft"),
    Column("reported", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("files", JSONB, nullable=False),
    Column("asked_at", _MOMENT),
    Column("previous", Integer),
    Column("snapshot", LargeBinary),
    UniqueConstraint("authority", "period_code", "number"),
    Index("edition_by_inputs", "authority", "period_code", "inputs"),
)

edition_figure = Table(
    "edition_figure",
    metadata,
    Column("edition_id", Uuid, ForeignKey("edition.edition_id"), primary_key=True),
    Column("code", Text, ForeignKey("dim_indicator.code"), primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("value", Numeric),
    *_text("text"),
    Column("reported", Integer),
    Column("expected", Integer),
)

edition_unit = Table(
    "edition_unit",
    metadata,
    Column("edition_id", Uuid, ForeignKey("edition.edition_id"), primary_key=True),
    Column("unit_code", Text, primary_key=True),
    *_text("state"),
    Column("submission_id", Uuid, ForeignKey("submission.submission_id")),
    Index("edition_unit_by_submission", "submission_id"),
)

edition_event = Table(
    "edition_event",
    metadata,
    Column("edition_id", Uuid, ForeignKey("edition.edition_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    *_text("status", "author", "words"),
    Column("at", _MOMENT, nullable=False),
)

edition_note = Table(
    "edition_note",
    metadata,
    Column("edition_id", Uuid, ForeignKey("edition.edition_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("inputs", Text, nullable=False),
    Column("as_of", _MOMENT, nullable=False),
    Column("note", LargeBinary, nullable=False),
    UniqueConstraint("edition_id", "inputs"),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("outgoing_id", Uuid, primary_key=True),
    *_text("kind"),
    Column("submission_id", Uuid, ForeignKey("submission.submission_id")),
    Column("mail_id", Uuid, ForeignKey("mail.mail_id")),
    *_text("recipient"),
    Column("message_id", Text, nullable=False, unique=True),
    *_text("in_reply_to"),
    Column("state", Text, nullable=False, server_default="queued"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text, nullable=False, server_default=""),
    Column("sent_at", _MOMENT),
    Index("outgoing_waiting", "outgoing_id", postgresql_where=text("state = 'queued'")),
    Index("outgoing_by_submission", "submission_id"),
)

portal_grant = Table(
    "portal_grant",
    metadata,
    Column("username", Text, primary_key=True),
    Column("authority", Text, primary_key=True),
    Column("role", Text, nullable=False),
)

register_version = Table(
    "register_version",
    metadata,
    Column("version_id", Uuid, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received_at", _MOMENT, nullable=False),
    Column("authority", Text, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("states", JSONB, nullable=False),
    Column("remarks", JSONB, nullable=False),
    Index("register_version_by_year", "authority", "year", "received_at"),
    Index("register_version_number", "authority", "year", "number", unique=True, postgresql_where=text("number > 0")),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("version_id", Uuid, ForeignKey("register_version.version_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    *_text("register", "unit_code", "sheet"),
    Column("row", Integer, nullable=False),
    Column("cells", JSONB, nullable=False),
)
