"""Lineage: figures are carried without nested loops.

Freshly loaded tables have no statistics; the planner then expects one row of each part and makes a pass over all figures
for every unit: a city's history took more than ten minutes.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"

CONTRIBUTION = "FUNCTION lineage_contribution(text, text[], date, timestamptz)"


def upgrade() -> None:
    op.execute(f"ALTER {CONTRIBUTION} ROWS 100000 SET enable_nestloop = off")


def downgrade() -> None:
    op.execute(f"ALTER {CONTRIBUTION} ROWS 10000 RESET enable_nestloop")
