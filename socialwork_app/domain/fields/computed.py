"""Fields that are not stored but worked out when a row is shown, as of a day."""

from socialwork_app.domain.fields import appraisals
from socialwork_app.domain.fields.exams import RESULT_FIELDS
from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.fields.learning import COUNTED_FIELDS
from socialwork_app.domain.fields.talents import TERM_FIELDS
from socialwork_app.domain.fields.training import PLACE_TAKEN_FIELDS

COMPUTED_FIELDS = (
    Field("age", "年龄", Kind.INTEGER, computed=True, derived_from=("birth_date",), width=5),
    Field(
        "years_of_social_work",
        "从事社会工作年限",
        Kind.INTEGER,
        computed=True,
        derived_from=("social_work_since",),
        width=8,
    ),
    Field(
        "school_and_major",
        "毕业院校及专业",
        computed=True,
        synonyms=("毕业院校系及专业", "院校及专业"),
        derived_from=("school", "major"),
        width=24,
    ),
    Field(
        "registration_state",
        "登记状态",
        computed=True,
        derived_from=("approved_on", "registered_on", "valid_until", "registration_kind"),
        width=12,
    ),
    *RESULT_FIELDS,
    *COUNTED_FIELDS,
    *PLACE_TAKEN_FIELDS,
    *appraisals.RESULT_FIELDS,
    *TERM_FIELDS,
)
