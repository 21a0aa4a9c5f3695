"""The rosters that the register hands out, each described once; column headings come from the fields."""

from dataclasses import dataclass, replace

from socialwork_app.domain.courses import SIGNED_UP
from socialwork_app.domain.fields import appraisals
from socialwork_app.domain.fields.contacts import CONTACT_ROSTER_FIELDS, LEADER_SHEET_FIELDS, LIAISON_ROSTER_FIELDS
from socialwork_app.domain.fields.exams import CALL_UP_FIELDS, FIGURE_FIELDS
from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.fields.learning import SHORTFALL_FIELDS
from socialwork_app.domain.fields.talents import PUBLIC_FIELDS
from socialwork_app.domain.fields.training import TRAINING_FIGURE_FIELDS, UNANSWERED_FIELDS
from socialwork_app.domain.filters import Condition
from socialwork_app.domain.registers.register import Catalogue, Register
from socialwork_app.domain.sheets import SIGNATURE

COURSE, ROUND = "course", "round"
UNLISTED = ("rules", "learning", "appraisals", "talents", "liaisons")  # the latter have a roster of their own


@dataclass(frozen=True, slots=True)
class RosterDeclaration:
    """`register`: whose rows; `keys`: listed field keys in order; `once_a_person`: highest level only, as of the day.

    `yearly`: of one year. `of`: the field of its rows that names the one course, or round, it is about. `where`: what
    holds of its rows in any case. `only`: a computed column and what it has to read. `as_it_stood`: with the facts of its
    day, read from the history. `fields`: of a roster whose rows are figures or come from more than one register; a service
    makes them. `sheets`: a service makes whole sheets, with columns of their own beside `keys`. `note` stands below the
    last row, `signature` below that.
    """

    key: str
    title: str
    register: str
    keys: tuple[str, ...]
    once_a_person: bool = False
    public: bool = False  # handed to the public: never with numbers, see domain.public_lists
    yearly: bool = False
    of: str = ""
    where: tuple[Condition, ...] = ()
    only: tuple[str, str] | None = None
    fields: tuple[Field, ...] = ()
    as_it_stood: bool = False
    sheets: bool = False
    note: str = ""
    signature: tuple[str, ...] = SIGNATURE

    def __post_init__(self) -> None:
        """Rows of a public one are looked through one by one."""
        if self.public and self.sheets:
            raise ValueError(self.key)


CERTIFIED = RosterDeclaration(
    "certified", "持证社会工作者名册", "certificates",
    ("name", "gender", "ethnicity", "birth_date", "id_number", "political_status", "education", "degree",
     "school_and_major", "employer", "organisation_kind", "position", "years_of_social_work", "level", "certificate_number",
     "approved_on", "registration_number", "registered_on", "valid_until", "service_field", "township", "community", "phone",
     "note"),
    once_a_person=True,
)  # fmt: skip
EXAM_ROSTERS = (
    RosterDeclaration(
        "candidates", "报考人员名册", "exam_entries",
        ("name", "gender", "id_number", "education", "major", "employer", "years_of_social_work", "level", "subjects",
         "first_time", "passed_before", "sign_up_number", "paid", "phone", "comprehensive", "policy", "practice", "outcome",
         "note"),
        yearly=True,
    ),
    RosterDeclaration(
        "eligibility", "资格初核表", "exam_entries",
        ("name", "gender", "id_number", "education", "degree", "school", "major", "employer", "social_work_since", "level",
         "verdict", "verdict_reason", "review_state", "declared_reason", "note"),
        yearly=True,
    ),
    RosterDeclaration(
        "scores", "成绩登记册", "exam_entries",
        ("name", "gender", "id_number", "employer", "level", "subjects", "sign_up_number", "comprehensive", "policy",
         "practice", "passed_subjects", "passed_before", "outcome", "lapses", "note"),
        yearly=True,
    ),
    RosterDeclaration(
        "passed", "合格人员名单", "exam_entries",
        ("name", "gender", "id_number", "education", "employer", "township", "level", "comprehensive", "policy", "practice",
         "passed_before", "scope", "phone"),
        yearly=True, only=("outcome", "合格"),
    ),
    RosterDeclaration(
        "carrying", "滚动科目名单", "exam_entries",
        ("name", "gender", "id_number", "employer", "township", "level", "carried_subjects", "lapses", "phone"),
        yearly=True, only=("outcome", "部分合格(滚动)"),
    ),
    RosterDeclaration("exam-figures", "参考情况统计", "exam_entries", (), yearly=True, fields=FIGURE_FIELDS),
    RosterDeclaration("call-up", "催报名单", "people", (), yearly=True, fields=CALL_UP_FIELDS),
)  # fmt: skip
LEARNING_ROSTERS = (
    RosterDeclaration(
        "learning", "继续教育台账", "learning",
        ("name", "employer", "title", "organiser", "from", "to", "form", "category", "hours", "proof", "counted_in", "note"),
    ),
    RosterDeclaration("shortfall", "学时不足名单", "people", (), fields=SHORTFALL_FIELDS),
)  # fmt: skip
TRAINING_ROSTERS = (
    RosterDeclaration(
        "signups", "培训报名表", "training_signups",
        ("employer", "name", "gender", "position", "level", "phone", "lodging", "dietary", "place_taken", "note"),
        of=COURSE, where=(Condition("sign_up_state", SIGNED_UP),),
    ),
    RosterDeclaration(
        "sign-in", "签到表", "training_signups", ("employer", "name", "gender", "position", "phone"), of=COURSE,
        sheets=True,
    ),
    RosterDeclaration(
        "sign-in-half-day", "签到表（每半天一张）", "training_signups", ("employer", "name", "position", "phone"),
        of=COURSE, sheets=True,
    ),
    RosterDeclaration(
        "sign-in-double", "签到表（双栏）", "training_signups", ("name", "employer"), of=COURSE, sheets=True,
    ),
    RosterDeclaration("unanswered", "未报送单位名单", "training_signups", (), of=COURSE, fields=UNANSWERED_FIELDS),
    RosterDeclaration(
        "training-figures", "培训情况统计", "training_signups", (), yearly=True, fields=TRAINING_FIGURE_FIELDS,
        note="按培训班结束日期归入年度。人数按人计，一人参加几次只计一次；人次按每班计。至少到课一个半天的计为参训。",
    ),
)  # fmt: skip
APPRAISAL_ROSTERS = (
    RosterDeclaration(
        "appraisals", "优秀人才年度考核名册", "appraisals", (), yearly=True, fields=appraisals.ROSTER_FIELDS,
        signature=("考核组签字：", "单位盖章：", "填报日期："),
    ),
    RosterDeclaration(
        "appraisal-summary", "优秀人才年度考核汇总表", "appraisals", (), yearly=True, fields=appraisals.SUMMARY_FIELDS,
        note="占比按参加考核人数计，不定等次和未参加考核的不计入。优秀名额上限按考核标准的比例和尾数算法计算。",
    ),
)  # fmt: skip
TALENT_ROSTERS = (
    RosterDeclaration(
        "talents", "人才台账", "talents",
        ("name", "gender", "birth_date", "political_status", "education", "employer", "position", "scheme", "round",
         "talent_category", "granted_on", "document", "term_from", "term_to", "talent_state", "state_on", "state_reason",
         "allowance_state", "phone", "note"),
        as_it_stood=True,
    ),
    RosterDeclaration(
        "candidates-of-round", "推荐人选名册", "talent_candidates",
        ("name", "gender", "birth_date", "ethnicity", "political_status", "education", "employer", "position",
         "talent_category", "recommended_by", "deeds", "review_score", "candidate_state", "phone", "note"),
        of=ROUND, as_it_stood=True,
    ),
    RosterDeclaration("publication", "公示名单", "talent_candidates", (), public=True, of=ROUND, fields=PUBLIC_FIELDS,
                      signature=()),
)  # fmt: skip
CONTACT_ROSTERS = (
    RosterDeclaration("contacts", "联系名单", "talents", (), fields=CONTACT_ROSTER_FIELDS),
    RosterDeclaration(
        "leader-contacts", "领导联系情况表", "contact_log", (), yearly=True, fields=LEADER_SHEET_FIELDS, sheets=True,
        signature=("联系领导：", "联络员：", "填报日期："),
    ),
    RosterDeclaration("liaisons", "联络员名册", "liaisons", (), fields=LIAISON_ROSTER_FIELDS),
)  # fmt: skip


def rosters(catalogue: Catalogue) -> tuple[RosterDeclaration, ...]:
    """The sealed rosters, and one of each register as its list shows it."""
    lists = tuple(
        RosterDeclaration(register.key, f"{register.title}名册", register.key, _columns(register))
        for register in catalogue.registers
        if not register.hangs_on_any and register.key not in UNLISTED
    )
    return (
        CERTIFIED,
        *EXAM_ROSTERS,
        *LEARNING_ROSTERS,
        *TRAINING_ROSTERS,
        *APPRAISAL_ROSTERS,
        *TALENT_ROSTERS,
        *CONTACT_ROSTERS,
        *lists,
    )


def _columns(register: Register) -> tuple[str, ...]:
    """As its list shows them. What is only listed below its owner has to say in a roster whose it is."""
    untold = () if set(register.borrowed) & set(register.columns) else register.borrowed
    return (*untold, *register.columns)


def with_keys(roster: RosterDeclaration, keys: tuple[str, ...]) -> RosterDeclaration:
    """The same roster with the columns that a screen shows: then it is that list, and not of one year."""
    if keys and roster.public:
        return replace(roster, fields=tuple(field for field in roster.fields if field.key in keys))
    if keys and roster.fields:
        return replace(roster, keys=keys, fields=(), yearly=False)
    return replace(roster, keys=keys) if keys else roster
