"""Training courses: their half-days, who signed up, who was there; what of the ledger comes from them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "attendance_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("training_signup_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("half_day", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_attendance_history_change", "attendance_history", ["change_id"], unique=False)
    op.create_index("ix_attendance_history_row", "attendance_history", ["row_id"], unique=False)
    op.create_table(
        "course_sessions_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("half_day", sa.Text(), nullable=True),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("teacher", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_course_sessions_history_change", "course_sessions_history", ["change_id"], unique=False)
    op.create_index("ix_course_sessions_history_row", "course_sessions_history", ["row_id"], unique=False)
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("notice_number", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("session_hours", sa.Float(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("sign_up_until", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number_prefix", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "courses_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("notice_number", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("session_hours", sa.Float(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("sign_up_until", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("number_prefix", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_courses_history_change", "courses_history", ["change_id"], unique=False)
    op.create_index("ix_courses_history_row", "courses_history", ["row_id"], unique=False)
    op.create_table(
        "training_signups_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("sign_up_state", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("lodging", sa.Integer(), nullable=True),
        sa.Column("dietary", sa.Text(), nullable=True),
        sa.Column("signed_up_on", sa.Text(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("completion_number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_training_signups_history_change", "training_signups_history", ["change_id"], unique=False)
    op.create_index("ix_training_signups_history_row", "training_signups_history", ["row_id"], unique=False)
    op.create_table(
        "course_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("half_day", sa.Text(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("teacher", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["courses.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_course_sessions_course_id", "course_sessions", ["course_id"], unique=False)
    op.create_table(
        "training_signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("sign_up_state", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("lodging", sa.Integer(), nullable=True),
        sa.Column("dietary", sa.Text(), nullable=True),
        sa.Column("signed_up_on", sa.Text(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("completion_number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course"],
            ["courses.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_training_signups_course", "training_signups", ["course"], unique=False)
    op.create_index("ix_training_signups_person_id", "training_signups", ["person_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_signup_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("half_day", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_signup_id"],
            ["training_signups.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attendance_training_signup_id", "attendance", ["training_signup_id"], unique=False)
    op.execute("ALTER TABLE learning ADD COLUMN course INTEGER REFERENCES courses (id)")
    op.create_index("ix_learning_course", "learning", ["course"], unique=False)
    op.add_column("learning_history", sa.Column("course", sa.Integer(), nullable=True))
