"""Exams: their years, who may sit, who signed up with which scores, and the review of the senior level."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "eligibility_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("major", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("counted_after", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "eligibility_rules_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("major", sa.Text(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("counted_after", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_eligibility_rules_history_change", "eligibility_rules_history", ["change_id"], unique=False)
    op.create_index("ix_eligibility_rules_history_row", "eligibility_rules_history", ["row_id"], unique=False)
    op.create_table(
        "exam_entries_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("subjects", sa.Text(), nullable=True),
        sa.Column("first_time", sa.Integer(), nullable=True),
        sa.Column("sign_up_number", sa.Text(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=True),
        sa.Column("ticket_numbers", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("review_state", sa.Text(), nullable=True),
        sa.Column("declared_reason", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("comprehensive", sa.Integer(), nullable=True),
        sa.Column("policy", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("proof_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_exam_entries_history_change", "exam_entries_history", ["change_id"], unique=False)
    op.create_index("ix_exam_entries_history_row", "exam_entries_history", ["row_id"], unique=False)
    op.create_table(
        "exam_sittings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sign_up_from", sa.Text(), nullable=True),
        sa.Column("sign_up_to", sa.Text(), nullable=True),
        sa.Column("fee_until", sa.Text(), nullable=True),
        sa.Column("exam_from", sa.Text(), nullable=True),
        sa.Column("exam_to", sa.Text(), nullable=True),
        sa.Column("scores_on", sa.Text(), nullable=True),
        sa.Column("cut_off", sa.Text(), nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("local_mark_assistant", sa.Integer(), nullable=True),
        sa.Column("local_mark_social_worker", sa.Integer(), nullable=True),
        sa.Column("local_mark_senior", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_exam_sittings_year", "exam_sittings", ["year"], unique=True)
    op.create_table(
        "exam_sittings_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sign_up_from", sa.Text(), nullable=True),
        sa.Column("sign_up_to", sa.Text(), nullable=True),
        sa.Column("fee_until", sa.Text(), nullable=True),
        sa.Column("exam_from", sa.Text(), nullable=True),
        sa.Column("exam_to", sa.Text(), nullable=True),
        sa.Column("scores_on", sa.Text(), nullable=True),
        sa.Column("cut_off", sa.Text(), nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("local_mark_assistant", sa.Integer(), nullable=True),
        sa.Column("local_mark_social_worker", sa.Integer(), nullable=True),
        sa.Column("local_mark_senior", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_exam_sittings_history_change", "exam_sittings_history", ["change_id"], unique=False)
    op.create_index("ix_exam_sittings_history_row", "exam_sittings_history", ["row_id"], unique=False)
    op.create_table(
        "senior_reviews_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("exam_entry_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_senior_reviews_history_change", "senior_reviews_history", ["change_id"], unique=False)
    op.create_index("ix_senior_reviews_history_row", "senior_reviews_history", ["row_id"], unique=False)
    op.create_table(
        "exam_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=True),
        sa.Column("first_time", sa.Integer(), nullable=True),
        sa.Column("sign_up_number", sa.Text(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=True),
        sa.Column("ticket_numbers", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("review_state", sa.Text(), nullable=True),
        sa.Column("declared_reason", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("comprehensive", sa.Integer(), nullable=True),
        sa.Column("policy", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("proof_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_exam_entries_person_id", "exam_entries", ["person_id"], unique=False)
    op.create_table(
        "senior_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_entry_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["exam_entry_id"],
            ["exam_entries.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_senior_reviews_exam_entry_id", "senior_reviews", ["exam_entry_id"], unique=False)
