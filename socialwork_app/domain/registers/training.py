"""Courses with their half-days, sign-ups and attendance, and the ledger of learning."""

from socialwork_app.domain.fields.learning import LEARNING_FIELDS
from socialwork_app.domain.fields.training import ATTENDANCE_FIELDS, COURSE_FIELDS, SESSION_FIELDS, SIGN_UP_FIELDS
from socialwork_app.domain.registers.register import Register

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
