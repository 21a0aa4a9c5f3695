"""The log of contacts out of workbooks: who is meant, by which leader; a reply that comes later goes to the same contact."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import ZHANG, write

HEADERS = (
    "姓名",
    "身份证号",
    "工作单位",
    "联系时间",
    "联系方式",
    "联系领导",
    "联系内容",
    "意见建议",
    "办理情况",
    "办结日期",
)
KEYS = ("name", "date", "contact_form", "leader", "matter", "request", "reply", "done_on")
Take = Callable[..., ImportResult]


@pytest.fixture
def take(opened: OpenRegister, save: Callable[..., int], tmp_path: Path) -> Take:
    save("leaders", name="甲领导")
    save("people", name="张三", id_number=ZHANG, employer="甲站")
    save("people", name="李四", employer="甲站")

    def taken(*rows: Sequence[object]) -> ImportResult:
        imports = Imports(opened)
        reading = imports.read(write(tmp_path / "联系.xlsx", rows, HEADERS), "contacts")
        return imports.apply(imports.check(reading, "fill"), partial=True)

    return taken


def log(opened: OpenRegister) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in Records(opened, "contact_log").all_rows(EVERYTHING, KEYS)]


def test_by_number_and_by_name_with_the_unit(opened: OpenRegister, take: Take):
    done = take(["张三", ZHANG, "", "2026.3.5", "上门", "甲领导", "了解工作", "场地", "", ""],
                ["李四", "", "甲站", "2026年4月", "座谈会", "", "座谈", "", "", ""])  # fmt: skip
    assert (done.created, done.rejected, done.problems) == (2, 0, ())
    assert log(opened) == [
        ("张三", "2026-03-05", "走访", "甲领导", "了解工作", "场地", None, None),
        ("李四", "2026-04", "座谈", None, "座谈", None, None, None),
    ]


def test_a_reply_that_comes_later_goes_to_the_same_contact(opened: OpenRegister, take: Take):
    row = ["张三", ZHANG, "", "2026-03-05", "走访", "甲领导", "了解工作", "场地"]
    take([*row, "", ""])
    assert take([*row, "", ""]).unchanged == 1
    assert take([*row, "已协调", "2026-04-01"]).updated == 1
    assert [one[6:] for one in log(opened)] == [("已协调", "2026-04-01")]
    assert take([*row[:4], "电话", *row[5:], "", ""]).created == 1
    assert take([*row[:6], "另一件事", "", "", ""]).created == 1
    assert len(log(opened)) == 3


def test_who_is_not_there_is_not_made(opened: OpenRegister, take: Take):
    done = take(["王五", "", "", "2026-03-05", "走访", "", "", "", "", ""],
                ["张三", ZHANG, "", "2026-03-05", "走访", "没有的领导", "", "", "", ""],
                ["张三", ZHANG, "", "", "走访", "", "", "", "", ""])  # fmt: skip
    assert (done.created, done.rejected) == (0, 3)
    assert [problem.code for problem in done.problems] == ["person.not_found", "reference.unknown", "field.required"]


def test_its_template_comes_back(opened: OpenRegister, take: Take, tmp_path: Path):
    path = write_template(opened.catalogue, "contacts", tmp_path / "模板.xlsx")
    matched = [column.field for column in Imports(opened).read(path, "contacts").tables[0].columns]
    assert {"name", "id_number", "date", "contact_form", "leader", "matter", "request", "reply", "done_on"} <= set(
        matched
    )
