"""The indexes of certificates and registrations hold what going through everybody's asks of them."""

from alembic import op

revision = "0008"
down_revision = "0007"

HELD = {"certificates": ("person_id", "level", "approved_on"),
        "registrations": ("certificate_id", "registration_kind", "registered_on", "valid_until")}  # fmt: skip


def upgrade() -> None:
    for table, columns in HELD.items():
        name = f"ix_{table}_{columns[0]}"
        op.drop_index(name, table)
        op.create_index(name, table, columns)
