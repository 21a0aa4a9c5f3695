"""Certificates and statements of real records, from the delivered templates and from the officer's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.persistence.transaction import rows_of
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.courses import Courses
from socialwork_app.services.letter_templates import letter_kind
from socialwork_app.services.letters import Letters, Order, Written
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from tests.excel.documents import document
from tests.services.people_workbook import ZHANG

Save = Callable[..., int]
COMPLETION, HOURS = letter_kind("completion"), letter_kind("hours")
DAY = date(2026, 7, 10)
NAMES = ("张三", "李四", "王五", "赵六")


@pytest.fixture
def course(opened: OpenRegister, save: Save) -> int:
    """Two days of four hours each half. 张三 was there always, 李四 once, 王五 never; 赵六 was and failed."""
    made = save("courses", title="社区工作方法班", organiser="示例协会", session_hours="4",
                **{"from": "2026-07-01", "to": "2026-07-02"})  # fmt: skip
    course_plan.plan(opened, made)
    ids = [save("training_signups", save("people", name=name, employer=f"{name[0]}站"), course=made) for name in NAMES]
    half_days = [one.at for one in Courses(opened).course(made).sessions]
    attendance = Attendance(opened, made)
    for at in half_days:
        attendance.tick([ids[0], ids[3]], at, "present")
    attendance.tick(ids[1:2], half_days[2], "present")
    attendance.assess(ids[3], "failed")
    Records(opened, "training_signups").save(Draft({"completion_number": "晋社培2026001"}, id=ids[0]))
    return made


@pytest.fixture
def letters(opened: OpenRegister) -> Letters:
    return Letters(opened)


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(tmp_path / "证书.docx", DAY)


def sign_ups(opened: OpenRegister, course: int) -> dict[str, int]:
    known = Courses(opened)
    return {one.name: one.id for one in known.participants(known.course(course))}


def lines(path: Path) -> list[str]:
    return [one.text.strip() for one in Document(str(path)).paragraphs if one.text.strip()]


def table(path: Path, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[number].rows]


def left_out(done: Written) -> dict[str, str]:
    return {one.name: one.reason for one in done.left_out}


def logged(opened: OpenRegister) -> list[str]:
    with opened.database.read() as connection:
        found = rows_of(connection, opened.schema.changes.select().order_by(opened.schema.changes.c.id))
    return [row["detail"] for row in found if row["action"] == "export"]


def use(
    letters: Letters, tmp_path: Path, *texts: str, rows: tuple[tuple[str, ...], ...] = (), kind: str = "completion"
):
    path = tmp_path / "我的模板.docx"
    path.write_bytes(document(*texts, table=rows))
    letters.templates.replace(letter_kind(kind), path)


class TestOfACourse:
    def test_a_certificate_says_who_was_there_when_how_long_and_who_held_it(
        self, opened: OpenRegister, letters: Letters, course: int, order: Order
    ):
        done = letters.of_course("completion", course, order)
        assert (done.letters, done.blank) == (2, ("结业证书编号",))
        assert left_out(done) == {"王五": "letter.not_there", "赵六": "letter.failed"}
        assert lines(order.target) == [
            "编号：晋社培2026001", "结业证书", "张三 同志：",
            "于2026年7月1日至2日参加示例协会举办的“社区工作方法班”学习，共计 16 小时。", "特发此证。", "测试单位", "2026年7月10日",
            "编号：", "结业证书", "李四 同志：",
            "于2026年7月1日至2日参加示例协会举办的“社区工作方法班”学习，共计 4 小时。", "特发此证。", "测试单位", "2026年7月10日",
        ]  # fmt: skip
        assert logged(opened) == ["结业证书，社区工作方法班，2 份，不含号码，证书.docx"]

    def test_chosen_people_in_their_order(self, opened: OpenRegister, letters: Letters, course: int, order: Order):
        of = sign_ups(opened, course)
        done = letters.of_course("completion", course, order, sign_ups=[of["李四"], of["张三"]])
        assert done.left_out == ()
        assert [line for line in lines(order.target) if "同志" in line] == ["李四 同志：", "张三 同志："]

    def test_a_statement_of_its_hours(self, opened: OpenRegister, letters: Letters, course: int, order: Order):
        done = letters.of_course("hours", course, order, sign_ups=[sign_ups(opened, course)["张三"]])
        assert done.blank == ()
        assert "兹证明上述人员在2026年7月1日至2日期间参加下列学习，共计 16 小时：" in lines(order.target)
        assert table(order.target)[1:] == [["1", "社区工作方法班", "示例协会", "2026年7月1日至2日", "16"]]

    def test_hours_of_who_failed_where_they_count(
        self, opened: OpenRegister, letters: Letters, course: int, order: Order
    ):
        (rule,) = (rule for rule in opened.rules().rules if rule.rule == "training.failed_counts")
        with opened.change("save", "rules") as change:
            row = rows_of(change.connection, opened.schema.tables["rules"].select())
            change.update("rules", next(one["id"] for one in row if one["rule"] == rule.rule), {"value": "yes"})
            change.commit()
        assert left_out(letters.of_course("hours", course, order)) == {"王五": "letter.not_there"}
        assert "赵六" in left_out(letters.of_course("completion", course, order))

    def test_for_nobody_nothing_is_written(self, opened: OpenRegister, letters: Letters, course: int, order: Order):
        with pytest.raises(DomainError, match=r"letter\.nobody"):
            letters.of_course("completion", course, order, sign_ups=[sign_ups(opened, course)["王五"]])
        with pytest.raises(DomainError, match=r"letter\.nobody"):
            letters.of_course("completion", course, order, sign_ups=[999])
        assert not order.target.exists()
        assert logged(opened) == []


class TestOfAPeriod:
    @pytest.fixture
    def holder(self, opened: OpenRegister, save: Save) -> int:
        person = save("people", name="张三", employer="示例站")
        certificate = save("certificates", person, level="初级", approved_on="2019-06-15")
        save("registrations", certificate, registration_kind="首次登记", registered_on="2024-01-01",
             valid_until="2026-12-31")  # fmt: skip
        for title, to, hours, more in (
            ("小组工作", "2024-05-08", "3.5", {"from": "2024-05-07", "organiser": "示例协会"}),
            ("社会工作本科", "2025-06", "", {"kind": "取得学历学位"}),
            ("尚未开始", "2026-09-01", "8", {}),
            ("上一周期", "2023-05-01", "8", {}),
            ("没有证明", "2025-05-01", "8", {"proof": ""}),
        ):
            raw = {"title": title, "to": to, "hours": hours, "proof": "示证 1"} | more
            assert Records(opened, "learning").save(Draft(raw, owner_id=person)).id is not None
        return person

    def test_what_counts_and_was_learnt_by_the_day(self, letters: Letters, holder: int, order: Order):
        done = letters.of_people([holder], order)
        assert (done.letters, done.blank) == (1, ("举办单位",))
        assert "兹证明上述人员在2024年1月1日至2026年7月10日期间参加下列学习，共计 93.5 小时：" in lines(order.target)
        assert table(order.target)[1:] == [
            ["1", "小组工作", "示例协会", "2024年5月7日至8日", "3.5"],
            ["2", "社会工作本科", "", "2025年6月", "90"],
        ]

    def test_after_the_period_it_is_none_of_it(self, letters: Letters, holder: int, tmp_path: Path):
        with pytest.raises(DomainError, match=r"letter\.nobody"):
            letters.of_people([holder], Order(tmp_path / "x.docx", date(2027, 1, 1)))

    def test_of_two_certificates_the_higher_one(self, letters: Letters, holder: int, save: Save, order: Order):
        certificate = save("certificates", holder, level="中级", approved_on="2025-06-15")
        save("registrations", certificate, registration_kind="首次登记", registered_on="2025-01-01",
             valid_until="2027-12-31")  # fmt: skip
        done = letters.of_people([holder], order)
        assert done.letters == 1
        assert any("2025年1月1日至2026年7月10日期间参加下列学习" in line for line in lines(order.target))

    def test_who_has_no_period_is_told(self, letters: Letters, holder: int, save: Save, order: Order):
        other, idle = save("people", name="李四"), save("people", name="王五")
        certificate = save("certificates", idle, level="初级", approved_on="2024-06-15")
        save("registrations", certificate, registration_kind="首次登记", registered_on="2025-01-01",
             valid_until="2027-12-31")  # fmt: skip
        done = letters.of_people([other, holder, idle], order)
        assert done.letters == 1
        assert left_out(done) == {"李四": "letter.no_period", "王五": "letter.nothing_learnt"}


class TestTemplates:
    def test_an_own_template_is_used_kept_and_taken_back(
        self, opened: OpenRegister, files: RegisterFiles, letters: Letters, course: int, order: Order, tmp_path: Path
    ):
        use(letters, tmp_path, "{{姓名}}，{{工作单位}}，{{培训地点}}")
        (tmp_path / "我的模板.docx").unlink()
        assert letters.templates.own_file(COMPLETION) == "我的模板.docx"
        assert letters.templates.own_file(HOURS) == ""
        opened.close()
        again = files.open(opened.folder)
        try:
            reopened = Letters(again)
            done = reopened.of_course("completion", course, order)
            assert lines(order.target) == ["张三，张站，", "李四，李站，"]
            assert done.blank == ("培训地点",)
            exported = tmp_path / "导出.docx"
            reopened.templates.export(COMPLETION, exported)
            assert lines(exported) == ["{{姓名}}，{{工作单位}}，{{培训地点}}"]
            reopened.templates.reset(COMPLETION)
            assert reopened.templates.own_file(COMPLETION) == ""
            reopened.templates.export(COMPLETION, exported)
            assert "结业证书" in lines(exported)
        finally:
            again.close()

    @pytest.mark.parametrize(
        ("text", "code"),
        [("{{学费}}", "letter.name_unknown"), ("{{}}", "letter.name_unknown"), ("{{姓名", "document.braces"),
         ("{{学习名称}}", "letter.outside_row"), ("{{姓名.__class__}}", "letter.name_unknown")],
    )  # fmt: skip
    def test_a_template_that_can_not_serve_is_refused_and_the_old_one_stays(
        self, letters: Letters, tmp_path: Path, text: str, code: str
    ):
        before = letters.templates.content(HOURS)
        with pytest.raises(DomainError) as caught:
            use(letters, tmp_path, text, kind="hours")
        assert caught.value.code == code
        assert letters.templates.own_file(HOURS) == ""
        assert letters.templates.content(HOURS) == before

    def test_a_list_is_for_statements_alone(self, letters: Letters, tmp_path: Path):
        rows = (("{{学习名称}}", "{{姓名}}"),)
        use(letters, tmp_path, "x", rows=rows, kind="hours")
        with pytest.raises(DomainError, match=r"letter\.name_unknown"):
            use(letters, tmp_path, "x", rows=rows)

    def test_files_that_are_not_there_or_too_large(self, letters: Letters, tmp_path: Path):
        with pytest.raises(EnvironmentRefused, match=r"file\.missing"):
            letters.templates.replace(HOURS, tmp_path / "没有.docx")
        with (tmp_path / "大.docx").open("wb") as file:
            file.truncate(2**25)
        with pytest.raises(DomainError, match=r"document\.too_large"):
            letters.templates.replace(HOURS, tmp_path / "大.docx")


class TestFullNumbers:
    def test_a_template_with_numbers_needs_a_purpose_which_is_logged(
        self, opened: OpenRegister, letters: Letters, course: int, order: Order, tmp_path: Path
    ):
        of = sign_ups(opened, course)
        who = Records(opened, "training_signups").record(of["张三"]).owner_id
        assert Records(opened, "people").save(Draft({"id_number": ZHANG}, id=who)).id
        assert not letters.in_use("completion").full_numbers
        use(letters, tmp_path, "{{姓名}}{{身份证号}}")
        assert letters.in_use("completion").full_numbers
        with pytest.raises(DomainError, match=r"letter\.purpose_missing"):
            letters.of_course("completion", course, order, sign_ups=[of["张三"]])
        assert not order.target.exists()
        letters.of_course("completion", course, Order(order.target, DAY, " 报市局 "), sign_ups=[of["张三"]])
        assert lines(order.target) == [f"张三{ZHANG}"]
        assert logged(opened) == ["结业证书，社区工作方法班，1 份，完整号码，用途：报市局，证书.docx"]

    @pytest.mark.parametrize("kind", ["completion", "hours"])
    def test_the_delivered_ones_have_none(self, letters: Letters, kind: str):
        assert not letters.in_use(kind).full_numbers
