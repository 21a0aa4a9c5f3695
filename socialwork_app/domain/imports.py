"""What an import takes in, which header means which field, and what it does to values that stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from socialwork_app.domain import half_days, headers
from socialwork_app.domain.courses import OPEN, RUNNING
from socialwork_app.domain.exams import SUBJECT_KEYS
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.fields.learning import LEARNING_FIELDS
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.registers.register import Catalogue

NUMBERING = frozenset({"序号", "编号", "no", "序"})
IDENTIFYING = ("name", "id_type", "id_number", "phone")


SCORE_SUBJECT = Field("subject", "科目", Kind.CODE, ("考试科目", "科目名称"), code_list="exam_subject", width=18)
ONE_SCORE = Field("score", "成绩", Kind.SCORE, ("分数", "得分", "考试成绩", "科目成绩"), width=8)
HALF_DAY = Field("at", "半天签到", width=10,
                 hint="填√、迟到、缺、请假；表头可改为 2026-07-01上午 这样的日期；整列不填的视为没有签到")  # fmt: skip
"""Every column that is headed by a half-day of a course."""
APPRAISER = Field("appraiser", "评分人", Kind.TEXT, ("评委", "评委姓名", "评分专家", "打分人", "考核人"), width=10,
                  hint="此行是谁的评分；一人一表的，可在导入时指明")  # fmt: skip
ITEM_POINTS = Field("points", "指标得分", width=9)
"""Every column that is headed by an item of the criteria of an appraisal."""
SEVERAL_COLUMNS = (*SUBJECT_KEYS, HALF_DAY.key, ITEM_POINTS.key)
"""A half-day or an item has one each; a subject may have one a level: 实务(初级), 实务(中级)."""


class Mode(StrEnum):
    """What happens to records that stand already."""

    SKIP = "skip"
    FILL = "fill"
    UPDATE = "update"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ImportKind:
    """`registers`: whose fields a row can hold, in order of precedence; the rows' person is `people` if named.

    `finds_person`: the person has to stand already; then its own fields serve only to find it.
    `makes_person`: where nobody is found, a row with an ID number makes the person; `unnumbered`: one without, too.
    `same`: keys by which a row is an item that stands, to be changed; without them only an equal one is the same.
    `only`: the main register's fields that are taken; without them all. `makes_items`: False where rows only change what
    stands. `weighed`: what is read of an item beside that. `extra`: columns that are no field of a register but say
    something about one. `of_course`: a training course may be told for the whole file; the state of the one that is meant
    where none is told. `person`: the person's fields that are taken; without them what finds one, or all where a person is
    made. `told`: fields that may be told for the whole file. `template`: keys in the order of the empty sheet.
    """

    key: str
    title: str
    registers: tuple[str, ...]
    finds_person: bool = False
    makes_person: bool = False
    unnumbered: bool = False
    same: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    makes_items: bool = True
    weighed: tuple[str, ...] = ()
    extra: tuple[Field, ...] = ()
    of_course: str = ""
    person: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    template: tuple[str, ...] = ()


OWN_LEARNING = tuple(field.key for field in LEARNING_FIELDS if field.key != "course")
"""What a workbook says of learning elsewhere; that of our own courses is credited from their attendance."""
KINDS = (
    ImportKind("certificates", "持证人员名册(人员与证书)", ("people", "certificates", "registrations")),
    ImportKind("people", "人员", ("people",)),
    ImportKind("employment", "工作经历", ("employment", "people"), finds_person=True),
    ImportKind("educations", "学历经历", ("educations", "people"), finds_person=True),
    ImportKind("organisations", "机构", ("organisations",)),
    ImportKind("learning", "学习记录", ("learning", "people"), finds_person=True, only=OWN_LEARNING),
    ImportKind("exam-entries", "报考", ("exam_entries", "people"), finds_person=True, makes_person=True,
               same=("year", "level")),
    ImportKind("scores", "成绩", ("exam_entries", "people"), finds_person=True, same=("year", "level"), makes_items=False,
               only=("year", "level", "sign_up_number", "ticket_numbers", "comprehensive", "policy", "practice", "proof_on"),
               weighed=("subjects",), extra=(SCORE_SUBJECT, ONE_SCORE)),
    ImportKind("training-signups", "培训报名", ("training_signups", "people"), finds_person=True, makes_person=True,
               unnumbered=True, same=("course",), only=("course", "level", "lodging", "dietary", "note"),
               weighed=("sign_up_state",), of_course=OPEN,
               person=("employer", "name", "gender", "position", "phone", "id_number"),
               template=("employer", "name", "gender", "position", "level", "phone", "lodging", "dietary", "note", "course",
                         "id_number")),
    ImportKind("attendance", "签到", ("training_signups", "people", "attendance"), finds_person=True, same=("course",),
               makes_items=False, only=("course", "assessment", "completion_number"), weighed=("sign_up_state",),
               extra=(HALF_DAY,), of_course=RUNNING,
               template=("employer", "name", "phone", HALF_DAY.key, "assessment", "completion_number", "course",
                         "id_number")),
    ImportKind("appraisals", "年度考核", ("appraisals", "people", "appraisal_scores"), finds_person=True,
               same=("scheme", "year"), extra=(APPRAISER, ITEM_POINTS), told=("scheme", "year", "appraiser"),
               template=("name", "employer", "id_number", "scheme", "year", "appraiser", "score", "grade", "note")),
    ImportKind("talents", "人才称号", ("talents", "people"), finds_person=True, same=("scheme", "round"),
               only=("scheme", "round", "talent_category", "granted_on", "document", "term_from", "term_to", "talent_state",
                     "state_on", "state_reason", "allowance_state", "note"),
               template=("name", "employer", "id_number", "scheme", "round", "talent_category", "granted_on", "document",
                         "term_from", "term_to", "talent_state", "allowance_state", "note")),
    ImportKind("contacts", "联系记录", ("contact_log", "people"), finds_person=True, same=("date", "contact_form"),
               template=("name", "employer", "id_number", "date", "contact_form", "leader", "present", "matter", "request",
                         "reply", "done_on", "note")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column's value goes."""

    register: str
    field: Field


BY_HEADER: Mapping[str, Slot] = {HALF_DAY.key: Slot("attendance", HALF_DAY),
                                 ITEM_POINTS.key: Slot("appraisal_scores", ITEM_POINTS)}  # fmt: skip
"""Fields that have any number of columns: what is written there is kept by the column's header."""


def slots(kind: ImportKind, catalogue: Catalogue) -> dict[str, Slot]:
    """Field key → slot. Where two registers share a key the one named first has it."""
    found: dict[str, Slot] = {}
    for key in kind.registers:
        for field in catalogue[key].fields:
            if _taken(kind, key, field):
                found.setdefault(field.key, Slot(key, field))
    return found | {field.key: Slot(kind.registers[0], field) for field in kind.extra}


def _taken(kind: ImportKind, register: str, field: Field) -> bool:
    if kind.person and register == "people":
        return field.key in kind.person
    if kind.finds_person and register == "people":
        return kind.makes_person or field.key in (*IDENTIFYING, "employer")
    return not kind.only or field.key in kind.only


class HeaderBook:
    """Headers that offices write, and the fields that they mean."""

    def __init__(self, fields: Sequence[Field], items: Iterable[str] = ()) -> None:
        """`items`: of the criteria of appraisals, where the fields have their points."""
        self._half_days = HALF_DAY in fields
        self._keys: dict[str, str] = {}
        for field in fields:
            for name in (field.label, *field.synonyms):
                for variant in headers.variants(name):
                    self._keys.setdefault(variant, field.key)
        for item in items:
            self._keys.update((variant, ITEM_POINTS.key) for variant in headers.variants(item))

    def field_key(self, header: str, parts: Sequence[str] = ()) -> str:
        """The field that a header means, "" if none. Of a header in several rows the whole is tried first."""
        for text in (header, *reversed(parts)):
            for variant in headers.variants(text):
                if variant in self._keys:
                    return self._keys[variant]
        return HALF_DAY.key if self._half_days and half_days.written(header) else ""

    def knows(self, header: str) -> bool:
        return headers.normalise(header) in NUMBERING or bool(self.field_key(header))


def signature(names: Sequence[str]) -> str:
    """By which a sheet's headers are recognised when they come again."""
    return "|".join(headers.normalise(name) for name in names)


def merged(field: Field, stands: Value, given: Value, mode: Mode) -> Value:
    """What a field is after the import. An empty cell never erases; a vaguer date never replaces a precise one."""
    if given in (None, "") or given == stands:
        return stands
    if stands in (None, ""):
        return given
    if field.kind is Kind.DATE and PartialDate.parse(str(stands)).covers(PartialDate.parse(str(given))):
        return max(str(stands), str(given), key=len)
    return given if mode is Mode.UPDATE else stands


def changes(
    fields: Mapping[str, Field], stands: Mapping[str, Value], given: Mapping[str, Value], mode: Mode
) -> tuple[dict[str, Value], list[Field]]:
    """The fields that change to what, and the fields whose differing value was left as it stands."""
    changed: dict[str, Value] = {}
    kept: list[Field] = []
    for key, new in given.items():
        old = stands.get(key)
        if new == old or new is None or new == "":
            continue
        after = new if old is None else merged(fields[key], old, new, mode)
        if after != old:
            changed[key] = after
        elif not _vaguer(fields[key], new, after):
            kept.append(fields[key])
    return changed, kept


def _vaguer(field: Field, given: Value, stands: Value) -> bool:
    return field.kind is Kind.DATE and str(stands).startswith(str(given))
