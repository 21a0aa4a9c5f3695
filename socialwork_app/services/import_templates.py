"""Empty sheets to fill in, which the import reads back: a column a field of the kind, its choices from the code lists."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.half_days import TEMPLATE_HEADERS
from socialwork_app.domain.imports import HALF_DAY, ImportKind, slots
from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.excel import templates
from socialwork_app.excel.templates import TemplateColumn
from socialwork_app.services.imports import kind_of

COURSE_HINT = "可不填，在导入时指明"


def write_template(catalogue: Catalogue, kind: str, target: Path) -> Path:
    """An empty sheet to fill in, which `import` reads back."""
    declared = kind_of(kind)
    fields = [half for field in _fields(catalogue, declared) for half in _each_half_day(field)]
    columns = [_column(catalogue, field) for field in fields]
    notes = ("红色表头为必填。", "身份证号、管理号等号码列已设为文本，请勿改为数字。",
             "日期可写到日、月或年：2017-06-10、2017-06、2017。不清楚的不要编造。")  # fmt: skip
    templates.write_template(declared.title, columns, target, notes)
    return target


def _fields(catalogue: Catalogue, kind: ImportKind) -> list[Field]:
    found = slots(kind, catalogue)
    if kind.template:
        course = {"course": replace(found["course"].field, required=False, hint=COURSE_HINT)} if kind.of_course else {}
        return [course.get(key, found[key].field) for key in kind.template]
    wanted = [slot for slot in found.values() if slot.field not in kind.extra]
    wanted.sort(key=lambda slot: kind.finds_person and slot.register != "people")  # who it is comes first
    return [slot.field for slot in wanted]


def _each_half_day(field: Field) -> Iterable[Field]:
    return [replace(field, label=header) for header in TEMPLATE_HEADERS] if field == HALF_DAY else [field]


def _column(catalogue: Catalogue, field: Field) -> TemplateColumn:
    name = "yes_no" if field.kind is Kind.YES_NO else field.code_list
    choices = tuple(entry.label for entry in catalogue.code_lists[name].entries) if name else ()
    return TemplateColumn(field.label, field.hint, choices, field.required, field.width, field.kind is not Kind.INTEGER)
