"""Titles of talents: schemes, rounds, holders; the yearly appraisal; contact of leaders; forms and holidays."""

from socialwork_app.domain.fields.appraisals import (
    APPRAISAL_FIELDS,
    APPRAISER_FIELDS,
    BAND_FIELDS,
    CRITERIA_FIELDS,
    ITEM_FIELDS,
    SCORE_FIELDS,
)
from socialwork_app.domain.fields.contacts import (
    CONTACT_LOG_FIELDS,
    LEADER_CONTACT_FIELDS,
    LEADER_FIELDS,
    LIAISON_FIELDS,
)
from socialwork_app.domain.fields.talents import (
    CANDIDATE_FIELDS,
    FORM_CELL_FIELDS,
    FORM_FIELDS,
    HOLIDAY_FIELDS,
    ROUND_FIELDS,
    SCHEME_FIELDS,
    TALENT_FIELDS,
)
from socialwork_app.domain.registers.register import Register

TALENT_PERSON = ("name", "id_number", "gender", "birth_date", "ethnicity", "political_status", "education", "degree", "school",
                 "major", "employer", "position", "phone", "township", "community", "status", "status_on",
                 "school_and_major")  # fmt: skip
"""What a list of talents can show of the person."""
TALENT_SCHEMES = Register(
    "talent_schemes",
    "talent_scheme",
    "人才项目",
    SCHEME_FIELDS,
    columns=("title", "title_level", "document", "cycle_years", "cap", "term_years", "allowance"),
    label_field="title",
    filters=("title_level",),
    order="title",
)
TALENT_ROUNDS = Register(
    "talent_rounds",
    "talent_round",
    "评选届次",
    ROUND_FIELDS,
    columns=("title", "year", "published_on", "published_until", "decision", "decided_on"),
    label_field="title",
    owner="talent_schemes",
    order="year",
)
TALENT_CANDIDATES = Register(
    "talent_candidates",
    "talent_candidate",
    "候选人",
    CANDIDATE_FIELDS,
    columns=("name", "employer", "position", "round", "candidate_state", "recommended_by", "review_score", "objection"),
    label_field="round",
    filters=("round", "candidate_state", "township"),
    owner="people",
    borrowed=TALENT_PERSON,
    computed=("school_and_major",),
)
TALENTS = Register(
    "talents",
    "talent",
    "人才称号",
    TALENT_FIELDS,
    columns=("name", "employer", "scheme", "talent_state", "term_from", "term_to", "term_note", "allowance_state", "round",
             "granted_on"),
    label_field="scheme",
    filters=("scheme", "talent_state", "township"),
    owner="people",
    borrowed=TALENT_PERSON,
    computed=("school_and_major", "term_note"),
    order="granted_on",
)  # fmt: skip
APPRAISAL_CRITERIA = Register(
    "appraisal_criteria",
    "appraisal_criterion",
    "考核标准",
    CRITERIA_FIELDS,
    columns=("title", "scheme", "from_year", "combined_by", "graded_by", "cap_share", "document"),
    label_field="title",
    order="from_year",
)
APPRAISAL_ITEMS = Register(
    "appraisal_items",
    "appraisal_item",
    "考核指标",
    ITEM_FIELDS,
    columns=("rank", "title", "maximum", "weight", "guidance"),
    label_field="title",
    owner="appraisal_criteria",
    order="rank",
)
GRADE_BANDS = Register(
    "grade_bands",
    "grade_band",
    "等次",
    BAND_FIELDS,
    columns=("grade", "minimum", "note"),
    label_field="grade",
    owner="appraisal_criteria",
    order="id",
)
APPRAISERS = Register(
    "appraisers",
    "appraiser",
    "评分人",
    APPRAISER_FIELDS,
    columns=("appraiser", "weight", "note"),
    label_field="appraiser",
    owner="appraisal_criteria",
)
APPRAISALS = Register(
    "appraisals",
    "appraisal",
    "年度考核",
    APPRAISAL_FIELDS,
    columns=("name", "employer", "scheme", "year", "total_score", "grade", "suggestion", "decision"),
    label_field="year",
    filters=("year", "scheme", "grade", "decision", "township"),
    owner="people",
    borrowed=TALENT_PERSON,
    computed=("school_and_major", "total_score", "appraised_by", "grade_by_score", "suggestion", "suggestion_reason"),
    order="year",
)
APPRAISAL_SCORES = Register(
    "appraisal_scores",
    "appraisal_score",
    "考核评分",
    SCORE_FIELDS,
    columns=("appraiser", "item", "score", "note"),
    label_field="item",
    owner="appraisals",
)
LEADERS = Register(
    "leaders",
    "leader",
    "联系领导",
    LEADER_FIELDS,
    columns=("name", "post", "from", "to"),
    label_field="name",
    order="name",
)
LEADER_CONTACTS = Register(
    "leader_contacts",
    "leader_contact",
    "领导联系",
    LEADER_CONTACT_FIELDS,
    columns=("name", "employer", "leader", "from", "to"),
    label_field="leader",
    owner="people",
    borrowed=("name", "employer", "position", "township", "status"),
    filters=("leader",),
    order="from",
)
LIAISONS = Register(
    "liaisons",
    "liaison",
    "联络员",
    LIAISON_FIELDS,
    columns=("name", "phone", "post", "from", "to"),
    label_field="name",
    owner="organisations",
    order="from",
)
CONTACT_LOG = Register(
    "contact_log",
    "contact",
    "联系记录",
    CONTACT_LOG_FIELDS,
    columns=("date", "name", "employer", "leader", "contact_form", "matter", "request", "reply", "done_on"),
    label_field="date",
    owner="people",
    borrowed=("name", "employer", "position", "township", "status"),
    filters=("leader", "contact_form", "township"),
    order="date",
)
TALENT_FORMS = Register(
    "talent_forms",
    "talent_form",
    "表格模板",
    FORM_FIELDS,
    columns=("title", "scheme", "document"),
    label_field="title",
)
FORM_CELLS = Register(
    "form_cells",
    "form_cell",
    "填表位置",
    FORM_CELL_FIELDS,
    columns=("sheet", "cell", "value"),
    label_field="cell",
    owner="talent_forms",
)
HOLIDAYS = Register(
    "holidays",
    "holiday",
    "节假日",
    HOLIDAY_FIELDS,
    columns=("date", "day_kind", "name", "document"),
    label_field="name",
    order="date",
)
