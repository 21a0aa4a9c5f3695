"""Titles of talents with their rounds, the yearly appraisal, contact of leaders, forms to fill, holidays."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "appraisal_criteria_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("combined_by", sa.Text(), nullable=True),
        sa.Column("graded_by", sa.Text(), nullable=True),
        sa.Column("cap_share", sa.Integer(), nullable=True),
        sa.Column("cap_rounding", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_appraisal_criteria_history_change", "appraisal_criteria_history", ["change_id"], unique=False)
    op.create_index("ix_appraisal_criteria_history_row", "appraisal_criteria_history", ["row_id"], unique=False)
    op.create_table(
        "appraisal_items_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Float(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_appraisal_items_history_change", "appraisal_items_history", ["change_id"], unique=False)
    op.create_index("ix_appraisal_items_history_row", "appraisal_items_history", ["row_id"], unique=False)
    op.create_table(
        "appraisal_scores_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=True),
        sa.Column("appraiser", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_appraisal_scores_history_change", "appraisal_scores_history", ["change_id"], unique=False)
    op.create_index("ix_appraisal_scores_history_row", "appraisal_scores_history", ["row_id"], unique=False)
    op.create_table(
        "appraisals_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("criteria", sa.Integer(), nullable=True),
        sa.Column("self_report", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("unit_opinion", sa.Text(), nullable=True),
        sa.Column("township_opinion", sa.Text(), nullable=True),
        sa.Column("bureau_opinion", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("unit_then", sa.Text(), nullable=True),
        sa.Column("post_then", sa.Text(), nullable=True),
        sa.Column("political_then", sa.Text(), nullable=True),
        sa.Column("education_then", sa.Text(), nullable=True),
        sa.Column("appraised_on", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("decision_document", sa.Text(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_appraisals_history_change", "appraisals_history", ["change_id"], unique=False)
    op.create_index("ix_appraisals_history_row", "appraisals_history", ["row_id"], unique=False)
    op.create_table(
        "appraisers_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=True),
        sa.Column("appraiser", sa.Text(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_appraisers_history_change", "appraisers_history", ["change_id"], unique=False)
    op.create_index("ix_appraisers_history_row", "appraisers_history", ["row_id"], unique=False)
    op.create_table(
        "contact_log_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("contact_form", sa.Text(), nullable=True),
        sa.Column("leader", sa.Integer(), nullable=True),
        sa.Column("present", sa.Text(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_contact_log_history_change", "contact_log_history", ["change_id"], unique=False)
    op.create_index("ix_contact_log_history_row", "contact_log_history", ["row_id"], unique=False)
    op.create_table(
        "form_cells_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("talent_form_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("cell", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_form_cells_history_change", "form_cells_history", ["change_id"], unique=False)
    op.create_index("ix_form_cells_history_row", "form_cells_history", ["row_id"], unique=False)
    op.create_table(
        "grade_bands_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("minimum", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_grade_bands_history_change", "grade_bands_history", ["change_id"], unique=False)
    op.create_index("ix_grade_bands_history_row", "grade_bands_history", ["row_id"], unique=False)
    op.create_table(
        "holidays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("day_kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_holidays_date", "holidays", ["date"], unique=True)
    op.create_table(
        "holidays_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("day_kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_holidays_history_change", "holidays_history", ["change_id"], unique=False)
    op.create_index("ix_holidays_history_row", "holidays_history", ["row_id"], unique=False)
    op.create_table(
        "leader_contacts_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("leader", sa.Integer(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_leader_contacts_history_change", "leader_contacts_history", ["change_id"], unique=False)
    op.create_index("ix_leader_contacts_history_row", "leader_contacts_history", ["row_id"], unique=False)
    op.create_table(
        "leaders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "leaders_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_leaders_history_change", "leaders_history", ["change_id"], unique=False)
    op.create_index("ix_leaders_history_row", "leaders_history", ["row_id"], unique=False)
    op.create_table(
        "liaisons_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_liaisons_history_change", "liaisons_history", ["change_id"], unique=False)
    op.create_index("ix_liaisons_history_row", "liaisons_history", ["row_id"], unique=False)
    op.create_table(
        "talent_candidates_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("candidate_state", sa.Text(), nullable=True),
        sa.Column("recommended_by", sa.Integer(), nullable=True),
        sa.Column("recommended_on", sa.Text(), nullable=True),
        sa.Column("talent_category", sa.Text(), nullable=True),
        sa.Column("deeds", sa.Text(), nullable=True),
        sa.Column("review_score", sa.Float(), nullable=True),
        sa.Column("review_opinion", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_talent_candidates_history_change", "talent_candidates_history", ["change_id"], unique=False)
    op.create_index("ix_talent_candidates_history_row", "talent_candidates_history", ["row_id"], unique=False)
    op.create_table(
        "talent_forms_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_talent_forms_history_change", "talent_forms_history", ["change_id"], unique=False)
    op.create_index("ix_talent_forms_history_row", "talent_forms_history", ["row_id"], unique=False)
    op.create_table(
        "talent_rounds_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("talent_scheme_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("recommend_until", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("published_until", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_talent_rounds_history_change", "talent_rounds_history", ["change_id"], unique=False)
    op.create_index("ix_talent_rounds_history_row", "talent_rounds_history", ["row_id"], unique=False)
    op.create_table(
        "talent_schemes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_level", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("cycle_years", sa.Integer(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("term_years", sa.Integer(), nullable=True),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("allowance_rule", sa.Text(), nullable=True),
        sa.Column("publication_days", sa.Integer(), nullable=True),
        sa.Column("excluded", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_talent_schemes_title", "talent_schemes", ["title"], unique=True)
    op.create_table(
        "talent_schemes_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_level", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("cycle_years", sa.Integer(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("term_years", sa.Integer(), nullable=True),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("allowance_rule", sa.Text(), nullable=True),
        sa.Column("publication_days", sa.Integer(), nullable=True),
        sa.Column("excluded", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_talent_schemes_history_change", "talent_schemes_history", ["change_id"], unique=False)
    op.create_index("ix_talent_schemes_history_row", "talent_schemes_history", ["row_id"], unique=False)
    op.create_table(
        "talents_history",
        sa.Column("hid", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("talent_category", sa.Text(), nullable=True),
        sa.Column("granted_on", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("term_from", sa.Text(), nullable=True),
        sa.Column("term_to", sa.Text(), nullable=True),
        sa.Column("talent_state", sa.Text(), nullable=True),
        sa.Column("state_on", sa.Text(), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("state_document", sa.Text(), nullable=True),
        sa.Column("allowance_from", sa.Text(), nullable=True),
        sa.Column("allowance_state", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hid"),
    )
    op.create_index("ix_talents_history_change", "talents_history", ["change_id"], unique=False)
    op.create_index("ix_talents_history_row", "talents_history", ["row_id"], unique=False)
    op.create_table(
        "appraisal_criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("combined_by", sa.Text(), nullable=False),
        sa.Column("graded_by", sa.Text(), nullable=False),
        sa.Column("cap_share", sa.Integer(), nullable=True),
        sa.Column("cap_rounding", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheme"],
            ["talent_schemes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appraisal_criteria_scheme", "appraisal_criteria", ["scheme"], unique=False)
    op.create_index("ux_appraisal_criteria_title", "appraisal_criteria", ["title"], unique=True)
    op.create_table(
        "talent_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheme"],
            ["talent_schemes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_talent_forms_scheme", "talent_forms", ["scheme"], unique=False)
    op.create_index("ux_talent_forms_title", "talent_forms", ["title"], unique=True)
    op.create_table(
        "talent_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talent_scheme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("recommend_until", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("published_until", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["talent_scheme_id"],
            ["talent_schemes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_talent_rounds_talent_scheme_id", "talent_rounds", ["talent_scheme_id"], unique=False)
    op.create_index("ux_talent_rounds_title", "talent_rounds", ["title"], unique=True)
    op.create_table(
        "appraisal_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_criterion_id"],
            ["appraisal_criteria.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_appraisal_items_appraisal_criterion_id", "appraisal_items", ["appraisal_criterion_id"], unique=False
    )
    op.create_table(
        "appraisers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=False),
        sa.Column("appraiser", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_criterion_id"],
            ["appraisal_criteria.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appraisers_appraisal_criterion_id", "appraisers", ["appraisal_criterion_id"], unique=False)
    op.create_table(
        "form_cells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talent_form_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_form_id"],
            ["talent_forms.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_form_cells_talent_form_id", "form_cells", ["talent_form_id"], unique=False)
    op.create_table(
        "grade_bands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_criterion_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("minimum", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_criterion_id"],
            ["appraisal_criteria.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_grade_bands_appraisal_criterion_id", "grade_bands", ["appraisal_criterion_id"], unique=False)
    op.create_table(
        "liaisons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_liaisons_organisation_id", "liaisons", ["organisation_id"], unique=False)
    op.create_table(
        "appraisals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Integer(), nullable=True),
        sa.Column("self_report", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("unit_opinion", sa.Text(), nullable=True),
        sa.Column("township_opinion", sa.Text(), nullable=True),
        sa.Column("bureau_opinion", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("unit_then", sa.Text(), nullable=True),
        sa.Column("post_then", sa.Text(), nullable=True),
        sa.Column("political_then", sa.Text(), nullable=True),
        sa.Column("education_then", sa.Text(), nullable=True),
        sa.Column("appraised_on", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("decision_document", sa.Text(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["criteria"],
            ["appraisal_criteria.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["scheme"],
            ["talent_schemes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appraisals_criteria", "appraisals", ["criteria"], unique=False)
    op.create_index("ix_appraisals_person_id", "appraisals", ["person_id"], unique=False)
    op.create_index("ix_appraisals_scheme", "appraisals", ["scheme"], unique=False)
    op.create_table(
        "contact_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("contact_form", sa.Text(), nullable=False),
        sa.Column("leader", sa.Integer(), nullable=True),
        sa.Column("present", sa.Text(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader"],
            ["leaders.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contact_log_leader", "contact_log", ["leader"], unique=False)
    op.create_index("ix_contact_log_person_id", "contact_log", ["person_id"], unique=False)
    op.create_table(
        "leader_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("leader", sa.Integer(), nullable=True),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader"],
            ["leaders.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_leader_contacts_leader", "leader_contacts", ["leader"], unique=False)
    op.create_index("ix_leader_contacts_person_id", "leader_contacts", ["person_id"], unique=False)
    op.create_table(
        "talent_candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("candidate_state", sa.Text(), nullable=False),
        sa.Column("recommended_by", sa.Integer(), nullable=True),
        sa.Column("recommended_on", sa.Text(), nullable=True),
        sa.Column("talent_category", sa.Text(), nullable=True),
        sa.Column("deeds", sa.Text(), nullable=True),
        sa.Column("review_score", sa.Float(), nullable=True),
        sa.Column("review_opinion", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recommended_by"],
            ["organisations.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round"],
            ["talent_rounds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_talent_candidates_person_id", "talent_candidates", ["person_id"], unique=False)
    op.create_index("ix_talent_candidates_recommended_by", "talent_candidates", ["recommended_by"], unique=False)
    op.create_index("ix_talent_candidates_round", "talent_candidates", ["round"], unique=False)
    op.create_table(
        "talents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("talent_category", sa.Text(), nullable=True),
        sa.Column("granted_on", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("term_from", sa.Text(), nullable=True),
        sa.Column("term_to", sa.Text(), nullable=True),
        sa.Column("talent_state", sa.Text(), nullable=False),
        sa.Column("state_on", sa.Text(), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("state_document", sa.Text(), nullable=True),
        sa.Column("allowance_from", sa.Text(), nullable=True),
        sa.Column("allowance_state", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round"],
            ["talent_rounds.id"],
        ),
        sa.ForeignKeyConstraint(
            ["scheme"],
            ["talent_schemes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_talents_person_id", "talents", ["person_id"], unique=False)
    op.create_index("ix_talents_round", "talents", ["round"], unique=False)
    op.create_index("ix_talents_scheme", "talents", ["scheme"], unique=False)
    op.create_table(
        "appraisal_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("appraiser", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["appraisals.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appraisal_scores_appraisal_id", "appraisal_scores", ["appraisal_id"], unique=False)
