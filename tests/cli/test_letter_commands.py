"""Papers at the command line: of a course, of a person's registration period, and what keeps them from being written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from socialwork_app.domain.sentences import sentence
from tests.services.people_workbook import LI, ZHANG, write

Command = Callable[..., tuple[int, Any]]
HOLDERS = ("姓名", "身份证号", "级别", "批准日期", "登记日期", "有效期至", "工作单位")
LEDGER = ("姓名", "身份证号码", "培训班名称", "主办单位", "培训时间", "学时", "学时证明编号")


@pytest.fixture
def learned(command: Command, tmp_path: Path) -> Command:
    """张三 has learnt something that counts, 李四 has no registration."""
    people = write(tmp_path / "持证名册.xlsx", [
        ["张三", ZHANG, "初级", "2020-06-15", "2023-09-01", "2026-08-31", "甲站"],
        ["李四", LI, "中级", "2019-06", "", "", "乙站"],
    ], HOLDERS)  # fmt: skip
    book = write(tmp_path / "培训学时.xlsx", [
        ["张三", ZHANG, "小组工作方法", "示例社工协会", "2024.5.8", "24", "示证 001"],
        ["张三", ZHANG, "社区工作", "示例社工协会", "2026-07-01", "6", "示证 002"],
    ], LEDGER)  # fmt: skip
    assert command("import", "certificates", str(people))[0] == 0
    assert command("import", "learning", str(book))[0] == 0
    return command


def table(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[0].rows]


def test_a_statement_of_all_hours_by_the_day(learned: Command, tmp_path: Path):
    target = tmp_path / "学时证明.docx"
    words = ("letters", "hours", "--person", ZHANG, "--person", LI, "--out", str(target))
    status, done = learned(*words, "--on", "2026-06-01")
    assert (status, done["letters"], done["file"]) == (0, 1, str(target))
    assert done["left_out"] == [{"person": "李四", "reason": sentence("letter.no_period")}]
    assert table(target)[1:] == [["1", "小组工作方法", "示例社工协会", "2024年5月8日", "24"]]
    learned(*words, "--on", "2026-07-01")
    assert [row[-1] for row in table(target)[1:]] == ["24", "6"]


def test_of_a_course_by_its_title(learned: Command, tmp_path: Path, sign_up: Callable[[str], None]):
    target = tmp_path / "结业.docx"
    sign_up("示例提升班")
    words = ("letters", "completion", "--course", "示例提升班", "--out", str(target))
    status, refused = learned(*words)
    assert (status, refused["error"]) == (2, "letter.nobody")
    status, refused = learned(*words, "--person", LI)
    assert (status, refused["error"]) == (2, "letter.not_signed_up")
    assert "李四" in refused["message"]
    status, refused = learned("letters", "completion", "--course", "没有这个班", "--out", str(target))
    assert (status, refused["error"]) == (2, "reference.unknown")
    assert not target.exists()


@pytest.fixture
def sign_up(tmp_path: Path, files: Any) -> Callable[[str], None]:
    """张三 in a course of that title, never there."""

    def made(title: str) -> None:
        from socialwork_app.services.records import Draft, Records

        opened = files.open(tmp_path / "册", "密码 4242x")
        try:
            course = Records(opened, "courses").save(Draft({"title": title})).id
            person = Records(opened, "people").find(ZHANG)
            assert Records(opened, "training_signups").save(Draft({"course": course}, owner_id=person)).id
        finally:
            opened.close()

    return made


def test_of_whom_has_to_be_said(command: Command, tmp_path: Path):
    for words in (("completion",), ("hours",), ("completion", "--person", ZHANG)):
        status, refused = command("letters", *words, "--out", str(tmp_path / "x.docx"))
        assert (status, refused["error"]) == (2, "words.course_or_person")
