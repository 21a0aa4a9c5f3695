"""Search keys belong to names; numbers are found by indexes of their own columns. The keys are made anew afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.drop_table("search_key")
    op.create_table(
        "search_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_people_phone", "people", ["phone"])
    several = sa.text("phone LIKE '%、%'")
    op.create_index("ix_people_several_phones", "people", ["phone"], sqlite_where=several)
