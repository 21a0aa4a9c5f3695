"""The exam: its years, who may sit, who signed up, reviews of the senior level."""

from socialwork_app.domain.fields.exams import ELIGIBILITY_FIELDS, ENTRY_FIELDS, REVIEW_FIELDS, SITTING_FIELDS
from socialwork_app.domain.registers.register import Register

EXAM_SITTINGS = Register(
    "exam_sittings",
    "exam_sitting",
    "考试年度",
    SITTING_FIELDS,
    columns=("year", "sign_up_from", "sign_up_to", "fee_until", "exam_from", "exam_to", "scores_on", "cut_off",
             "pass_mark", "trust"),
    label_field="year",
    order="year",
)  # fmt: skip
ELIGIBILITY_RULES = Register(
    "eligibility_rules",
    "eligibility_rule",
    "报考条件",
    ELIGIBILITY_FIELDS,
    columns=("rule", "level", "education", "major", "years", "counted_after", "article", "trust"),
    label_field="rule",
    filters=("level",),
)
EXAM_ENTRIES = Register(
    "exam_entries",
    "exam_entry",
    "报考",
    ENTRY_FIELDS,
    columns=("name", "id_number", "year", "level", "subjects", "first_time", "paid", "review_state", "comprehensive",
             "policy", "practice", "outcome", "employer", "verdict", "declared_reason"),
    label_field="year",
    filters=("year", "level", "review_state", "paid", "township"),
    owner="people",
    borrowed=("name", "id_number", "gender", "birth_date", "education", "degree", "school", "major", "employer",
              "position", "phone", "township", "community", "social_work_since", "status", "status_on",
              "years_of_social_work", "school_and_major"),
    computed=("years_of_social_work", "school_and_major", "outcome", "passed_subjects", "carried_subjects",
              "passed_before", "lapses", "verdict", "verdict_reason"),
    order="year",
)  # fmt: skip
SENIOR_REVIEWS = Register(
    "senior_reviews",
    "senior_review",
    "高级评审",
    REVIEW_FIELDS,
    columns=("year", "applied_on", "state", "decided_on", "document"),
    label_field="year",
    owner="exam_entries",
    borrowed=("name", "id_number", "level"),
    order="year",
)
