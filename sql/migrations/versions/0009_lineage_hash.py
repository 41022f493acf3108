"""Lineage: figures find their unit by hashing both keys.

The planner cannot know how many units gave a figure; expecting a few hundred rows it merges on the period alone and
filters by unit, which for a country compares every unit with every figure: minutes instead of seconds.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"

CONTRIBUTION = "FUNCTION lineage_contribution(text, text[], date, timestamptz)"


def upgrade() -> None:
    op.execute(f"ALTER {CONTRIBUTION} SET enable_mergejoin = off")


def downgrade() -> None:
    op.execute(f"ALTER {CONTRIBUTION} RESET enable_mergejoin")
