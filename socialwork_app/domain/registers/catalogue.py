"""The registers of the program, declared once each: here those of the program itself, the others a subject a file."""

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.files import ATTACHMENT_FIELDS, RULE_FIELDS
from socialwork_app.domain.registers.exams import ELIGIBILITY_RULES, EXAM_ENTRIES, EXAM_SITTINGS, SENIOR_REVIEWS
from socialwork_app.domain.registers.people import (
    CERTIFICATES,
    EDUCATIONS,
    EMPLOYMENT,
    ORGANISATIONS,
    PEOPLE,
    PLACES,
    REGISTRATIONS,
)
from socialwork_app.domain.registers.register import Catalogue, Register
from socialwork_app.domain.registers.talents import (
    APPRAISAL_CRITERIA,
    APPRAISAL_ITEMS,
    APPRAISAL_SCORES,
    APPRAISALS,
    APPRAISERS,
    CONTACT_LOG,
    FORM_CELLS,
    GRADE_BANDS,
    HOLIDAYS,
    LEADER_CONTACTS,
    LEADERS,
    LIAISONS,
    TALENT_CANDIDATES,
    TALENT_FORMS,
    TALENT_ROUNDS,
    TALENT_SCHEMES,
    TALENTS,
)
from socialwork_app.domain.registers.training import ATTENDANCE, COURSE_SESSIONS, COURSES, LEARNING, TRAINING_SIGNUPS

RULES = Register(
    "rules",
    "rule",
    "规则",
    RULE_FIELDS,
    columns=("title", "value", "unit", "valid_from", "valid_to", "document", "article", "trust"),
    label_field="title",
    order="rule",
    named_by="rule",
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
    TALENT_SCHEMES,
    TALENT_ROUNDS,
    TALENT_CANDIDATES,
    TALENTS,
    APPRAISAL_CRITERIA,
    APPRAISAL_ITEMS,
    GRADE_BANDS,
    APPRAISERS,
    APPRAISALS,
    APPRAISAL_SCORES,
    LEADERS,
    LEADER_CONTACTS,
    LIAISONS,
    CONTACT_LOG,
    TALENT_FORMS,
    FORM_CELLS,
    HOLIDAYS,
    RULES,
    ATTACHMENTS,
)


def catalogue(code_lists: CodeLists, registers: tuple[Register, ...] = REGISTERS) -> Catalogue:
    return Catalogue(registers, code_lists)
