"""The registers of the program, declared once each."""

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.certificates import CERTIFICATE_FIELDS, REGISTRATION_FIELDS
from socialwork_app.domain.fields.education import EDUCATION_FIELDS
from socialwork_app.domain.fields.employment import EMPLOYMENT_FIELDS
from socialwork_app.domain.fields.exams import ELIGIBILITY_FIELDS, ENTRY_FIELDS, REVIEW_FIELDS, SITTING_FIELDS
from socialwork_app.domain.fields.files import ATTACHMENT_FIELDS, RULE_FIELDS
from socialwork_app.domain.fields.learning import LEARNING_FIELDS
from socialwork_app.domain.fields.people import PEOPLE_FIELDS
from socialwork_app.domain.fields.places import ORGANISATION_FIELDS, PLACE_FIELDS
from socialwork_app.domain.fields.training import ATTENDANCE_FIELDS, COURSE_FIELDS, SESSION_FIELDS, SIGN_UP_FIELDS
from socialwork_app.domain.registers.register import Catalogue, Register

PLACES = Register(
    "places",
    "place",
    "乡镇与社区",
    PLACE_FIELDS,
    columns=(
        "name",
        "code",
        "place_level",
        "place_kind",
        "parent",
        "former_names",
        "valid_from",
        "valid_to",
        "successor",
    ),
    label_field="name",
    filters=("place_level", "parent"),
    order="code",
)
ORGANISATIONS = Register(
    "organisations",
    "organisation",
    "机构",
    ORGANISATION_FIELDS,
    columns=("name", "organisation_kind", "credit_code", "township", "contact", "phone"),
    label_field="name",
    filters=("organisation_kind", "township"),
    order="name",
)
PEOPLE = Register(
    "people",
    "person",
    "人员",
    PEOPLE_FIELDS,
    columns=(
        "name",
        "gender",
        "birth_date",
        "id_number",
        "education",
        "employer",
        "position",
        "township",
        "phone",
        "status",
    ),
    label_field="name",
    filters=("township", "gender", "education", "status"),
    through=(("organisation_kind", "employer"),),
    computed=("age", "years_of_social_work", "school_and_major"),
)
EDUCATIONS = Register(
    "educations",
    "education",
    "学历经历",
    EDUCATION_FIELDS,
    columns=("study_mode", "education", "degree", "school", "major", "graduated_on"),
    label_field="education",
    owner="people",
    borrowed=("name", "id_number"),
    order="graduated_on",
)
EMPLOYMENT = Register(
    "employment",
    "employment",
    "工作经历",
    EMPLOYMENT_FIELDS,
    columns=("employer", "post", "from", "to", "social_work", "full_time"),
    label_field="post",
    owner="people",
    borrowed=("name", "id_number"),
    order="from",
)
CERTIFICATES = Register(
    "certificates",
    "certificate",
    "证书与登记",
    CERTIFICATE_FIELDS,
    columns=(
        "name",
        "id_number",
        "level",
        "certificate_number",
        "approved_on",
        "registration_number",
        "registered_on",
        "valid_until",
        "registration_state",
        "employer",
    ),
    label_field="certificate_number",
    filters=("level", "township", "scope", "status"),
    owner="people",
    borrowed=(
        "name",
        "id_number",
        "gender",
        "birth_date",
        "ethnicity",
        "political_status",
        "education",
        "degree",
        "school",
        "major",
        "employer",
        "organisation_kind",
        "position",
        "phone",
        "township",
        "community",
        "social_work_since",
        "service_field",
        "status",
        "status_on",
        "age",
        "years_of_social_work",
        "school_and_major",
    ),
    latest="registrations",
    latest_by="registered_on",
    computed=("age", "years_of_social_work", "school_and_major", "registration_state", "period_hours"),
)
REGISTRATIONS = Register(
    "registrations",
    "registration",
    "登记",
    REGISTRATION_FIELDS,
    columns=("registration_kind", "registration_number", "registered_on", "valid_until", "authority"),
    label_field="registration_number",
    owner="certificates",
    borrowed=("name", "level", "certificate_number"),
    order="registered_on",
)
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
COURSES = Register(
    "courses",
    "course",
    "培训班",
    COURSE_FIELDS,
    columns=("title", "form", "from", "to", "place", "places", "sign_up_until", "state"),
    label_field="title",
    filters=("state", "form", "category"),
    order="from",
)
COURSE_SESSIONS = Register(
    "course_sessions",
    "course_session",
    "培训日程",
    SESSION_FIELDS,
    columns=("date", "half_day", "hours", "topic", "teacher"),
    label_field="date",
    owner="courses",
    order="date",
)
TRAINING_SIGNUPS = Register(
    "training_signups",
    "training_signup",
    "培训报名",
    SIGN_UP_FIELDS,
    columns=("name", "employer", "position", "level", "phone", "course", "sign_up_state", "place_taken", "lodging",
             "attended", "assessment", "completion_number"),
    label_field="course",
    filters=("course", "sign_up_state", "level", "township"),
    owner="people",
    borrowed=("name", "id_number", "gender", "employer", "position", "phone", "township", "community", "status",
              "status_on"),
    computed=("place_taken", "attended", "attended_hours"),
)  # fmt: skip
ATTENDANCE = Register(
    "attendance",
    "attendance_mark",
    "签到",
    ATTENDANCE_FIELDS,
    columns=("date", "half_day", "mark"),
    label_field="date",
    owner="training_signups",
    order="date",
)
LEARNING = Register(
    "learning",
    "learning",
    "学习记录",
    LEARNING_FIELDS,
    columns=(
        "name",
        "employer",
        "title",
        "organiser",
        "from",
        "to",
        "hours",
        "form",
        "category",
        "proof",
        "counted_in",
    ),
    label_field="title",
    filters=("form", "category", "kind", "township"),
    owner="people",
    borrowed=(
        "name",
        "id_number",
        "gender",
        "employer",
        "position",
        "phone",
        "township",
        "community",
        "status",
        "status_on",
    ),
    computed=("counted_in",),
    order="to",
)
RULES = Register(
    "rules",
    "rule",
    "规则",
    RULE_FIELDS,
    columns=("title", "value", "unit", "valid_from", "valid_to", "document", "article", "trust"),
    label_field="title",
    order="rule",
)
ATTACHMENTS = Register(
    "attachments",
    "attachment",
    "附件",
    ATTACHMENT_FIELDS,
    columns=("file_name", "size", "added_on", "valid_until", "note"),
    label_field="file_name",
    hangs_on_any=True,
)

REGISTERS = (
    PLACES,
    ORGANISATIONS,
    PEOPLE,
    EDUCATIONS,
    EMPLOYMENT,
    CERTIFICATES,
    REGISTRATIONS,
    EXAM_SITTINGS,
    ELIGIBILITY_RULES,
    EXAM_ENTRIES,
    SENIOR_REVIEWS,
    COURSES,
    COURSE_SESSIONS,
    TRAINING_SIGNUPS,
    ATTENDANCE,
    LEARNING,
    RULES,
    ATTACHMENTS,
)


def catalogue(code_lists: CodeLists, registers: tuple[Register, ...] = REGISTERS) -> Catalogue:
    return Catalogue(registers, code_lists)
