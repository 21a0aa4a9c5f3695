"""The dialog for certificates and statements: what it writes, whose template, and when it asks for a purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.courses import Courses
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.training.attendance_tab import AttendanceTab
from socialwork_app.ui.screens.training.letters_dialog import LettersDialog
from tests.excel.documents import document

Save = Callable[..., int]
NAMES = ("张三", "李四", "王五")


@pytest.fixture
def course(opened: OpenRegister, save: Save) -> int:
    """王五 was never there."""
    made = save("courses", title="社区工作方法班", organiser="示例协会", session_hours="4",
                **{"from": "2026-07-01", "to": "2026-07-01"})  # fmt: skip
    course_plan.plan(opened, made)
    ids = [save("training_signups", save("people", name=name), course=made) for name in NAMES]
    for session in Courses(opened).course(made).sessions:
        Attendance(opened, made).tick(ids[:2], session.at, "present")
    return made


@pytest.fixture
def shown(qtbot: QtBot, opened: OpenRegister, bridge: JobBridge, course: int) -> Callable[..., LettersDialog]:
    def made(*names: str) -> LettersDialog:
        known = Courses(opened)
        chosen = [one.id for one in known.participants(known.course(course)) if one.name in names]
        dialog = LettersDialog(opened, bridge, course, [("选定的人", chosen)])
        qtbot.add_widget(dialog)
        dialog.open()
        qtbot.wait_until(dialog.write_button.isEnabled)
        return dialog

    return made


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the user is told instead of a box that waits for a click."""
    found: list[str] = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, _detail="": found.append(text))
    return found


def lines(path: Path) -> list[str]:
    return [one.text for one in Document(str(path)).paragraphs if one.text]


def test_the_whole_course_and_who_is_left_out(qtbot: QtBot, shown: Callable[..., LettersDialog], tmp_path: Path):
    dialog, target = shown(), tmp_path / "结业证书.docx"
    dialog.write(target)
    qtbot.wait_until(dialog.folder_button.isVisible)
    assert [line for line in lines(target) if "同志" in line] == ["张三 同志：", "李四 同志："]
    assert dialog.outcome.text().split("\n") == [
        f"已生成 2 份：{target}", "1 人未出具：王五（没有出勤）", "有人没有填写，已留空：结业证书编号",
    ]  # fmt: skip


def test_statements_for_those_chosen_on_a_day(qtbot: QtBot, shown: Callable[..., LettersDialog], tmp_path: Path):
    dialog, target = shown("李四"), tmp_path / "学时证明.docx"
    dialog.kind.setCurrentIndex(1)
    dialog.day.setDate(dialog.day.date().fromString("2026-08-01", "yyyy-MM-dd"))
    qtbot.wait_until(dialog.write_button.isEnabled)
    dialog.write(target)
    qtbot.wait_until(dialog.folder_button.isVisible)
    assert "已生成 1 份" in dialog.outcome.text()
    assert (lines(target)[0], lines(target)[-1]) == ("学时证明", "2026年8月1日")


def test_nobody_who_could_get_one_is_told(
    qtbot: QtBot, shown: Callable[..., LettersDialog], told: list[str], tmp_path: Path
):
    dialog = shown("王五")
    dialog.write(tmp_path / "结业证书.docx")
    qtbot.wait_until(lambda: bool(told))
    assert "没有可以出具结业证书的人员" in told[0]
    assert dialog.write_button.isEnabled()
    assert not dialog.folder_button.isVisible()


def test_an_own_template_its_copy_and_the_way_back(
    qtbot: QtBot, shown: Callable[..., LettersDialog], told: list[str], tmp_path: Path
):
    dialog, own = shown(), tmp_path / "本区样式.docx"
    assert (dialog.template.text(), dialog.reset_button.isEnabled()) == ("自带的", False)
    own.write_bytes(document("{{姓名}}在册"))
    dialog.replace_template(own)
    qtbot.wait_until(lambda: dialog.template.text() == "自己的：本区样式.docx")
    dialog.export_template(tmp_path / "改.docx")
    qtbot.wait_until(dialog.folder_button.isVisible)
    assert lines(tmp_path / "改.docx") == ["{{姓名}}在册"]
    own.write_bytes(document("{{学费}}"))
    dialog.replace_template(own)
    qtbot.wait_until(lambda: bool(told))
    assert "{{学费}}" in told[0]
    assert dialog.template.text() == "自己的：本区样式.docx"
    dialog.reset_template()
    qtbot.wait_until(lambda: dialog.template.text() == "自带的")


def test_a_template_with_numbers_waits_for_a_purpose(qtbot: QtBot, shown: Callable[..., LettersDialog], tmp_path: Path):
    dialog, own, target = shown(), tmp_path / "带号码.docx", tmp_path / "结业证书.docx"
    assert not dialog.purpose.isVisible()
    own.write_bytes(document("{{姓名}}{{身份证号}}"))
    dialog.replace_template(own)
    qtbot.wait_until(dialog.purpose.isVisible)
    assert not dialog.write_button.isEnabled()
    dialog.purpose.setText("报市局")
    assert dialog.write_button.isEnabled()
    dialog.write(target)
    qtbot.wait_until(dialog.folder_button.isVisible)
    assert lines(target) == ["张三", "李四"]
    dialog.kind.setCurrentIndex(1)
    qtbot.wait_until(dialog.write_button.isEnabled)
    assert not dialog.purpose.isVisible()


def test_it_opens_on_the_course_in_the_attendance(qtbot: QtBot, workplace: Workplace, bridge: JobBridge, course: int):
    tab = AttendanceTab(workplace)
    qtbot.add_widget(tab)
    tab.show()
    qtbot.wait_until(tab.letters_button.isEnabled)
    qtbot.wait_until(lambda: not bridge.busy)
    tab.table.go_to(1, 0)
    qtbot.mouseClick(tab.letters_button, Qt.MouseButton.LeftButton)
    dialog = tab.findChild(LettersDialog)
    assert dialog is not None
    rows = tab.model.rows
    assert [dialog.whom.itemText(at) for at in range(dialog.whom.count())] == ["全班", rows[1].name]
    assert [dialog.whom.itemData(at) for at in range(2)] == [[one.id for one in rows], [rows[1].id]]
    qtbot.wait_until(dialog.write_button.isEnabled)
    dialog.close()
