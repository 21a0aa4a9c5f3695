"""Every kind of field has its editor, and all keep the same protocol."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from socialwork_app import bootstrap
from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.problems import Severity
from socialwork_app.domain.registers.catalogue import REGISTERS
from socialwork_app.services.references import Choice
from socialwork_app.ui.forms.combo_editors import CodeEditor, ReferenceEditor
from socialwork_app.ui.forms.editors import HiddenEditor, LineEditor, LongTextEditor, editor_for

NUMBER = "530122198503179964"
FIELDS = [(register.key, field) for register in REGISTERS for field in register.fields]


@pytest.fixture(scope="module")
def lists():
    return bootstrap.code_lists()


@pytest.fixture
def make(qtbot, lists):
    """An editor in a window beside another field that the keyboard can go to."""

    def build(field):
        window = QWidget()
        editor, other = editor_for(field, lists), QLineEdit()
        layout = QVBoxLayout(window)
        layout.addWidget(other)
        layout.addWidget(editor)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        other.setFocus()
        editor.other, editor.held = other, window
        return editor

    return build


def _commit(widget, text):
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(("register", "field"), FIELDS, ids=lambda item: getattr(item, "key", item))
def test_every_declared_field_has_an_editor_that_says_its_name(make, register, field):
    editor = make(field)
    assert editor.focusProxy().accessibleName() == field.label
    editor.set(None, "")
    assert editor.raw() == ""


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NAME, Kind.IDENTIFIER, Kind.CREDIT_CODE, Kind.INTEGER, Kind.DATE])
def test_a_line_gives_back_what_was_typed_and_only_typing_counts_as_change(qtbot, make, kind):
    editor = make(Field("x", "某项", kind))
    assert isinstance(editor, LineEditor)
    changes = []
    editor.changed.connect(lambda: changes.append(editor.raw()))
    editor.set("2017", "2017")
    assert changes == []
    _commit(editor.line, "年")
    assert changes == ["年2017"]


def test_no_line_counts_characters_in_utf16(make):
    editor = make(Field("name", "姓名", Kind.NAME))
    _commit(editor.line, "𠮷" * 60)
    assert editor.raw() == "𠮷" * 60


def test_a_date_line_shows_the_forms_a_date_can_have(make):
    assert make(Field("x", "日期", Kind.DATE)).line.placeholderText() == "2017-06-10 / 2017-06 / 2017"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [(Kind.ID_NUMBER, NUMBER, "530122********9964"), (Kind.PHONE, "19900000001", "199****0001")],
)
def test_a_sensitive_number_is_masked_until_the_keyboard_is_in_it(qtbot, make, kind, value, shown):
    editor = make(Field("x", "号码", kind, sensitive=True))
    assert isinstance(editor, HiddenEditor)
    editor.set(value, value)
    assert editor.line.text() == shown
    editor.setFocus()
    assert editor.line.text() == value
    editor.other.setFocus()
    assert editor.line.text() == shown
    assert editor.raw() == value


def test_a_masked_number_stays_whole_when_it_is_edited(qtbot, make):
    editor = make(Field("x", "号码", Kind.ID_NUMBER, sensitive=True))
    editor.set(NUMBER, NUMBER)
    editor.setFocus()
    editor.line.setCursorPosition(len(NUMBER))
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)
    editor.other.setFocus()
    assert editor.raw() == NUMBER[:-1]
    assert NUMBER[6:14] not in editor.line.text()


def test_a_number_can_be_shown_on_purpose_and_hidden_again(qtbot, make):
    editor = make(Field("x", "号码", Kind.ID_NUMBER, sensitive=True))
    editor.set(NUMBER, NUMBER)
    editor.set_read_only(True)
    editor.setFocus()
    assert NUMBER not in editor.line.text()
    editor.button.click()
    assert editor.line.text() == NUMBER
    editor.hide_again()
    assert NUMBER not in editor.line.text()


def test_nothing_can_be_dropped_into_masked_text(make):
    assert not make(Field("x", "号码", Kind.PHONE, sensitive=True)).line.acceptDrops()


def test_a_code_list_offers_its_labels_after_a_blank(make, lists):
    editor = make(Field("level", "级别", Kind.CODE, code_list="level"))
    assert isinstance(editor, CodeEditor)
    offered = [editor.combo.itemText(index) for index in range(editor.combo.count())]
    assert offered == ["", *(entry.label for entry in lists["level"].entries)]
    editor.set("assistant", "助理社会工作师")
    assert editor.raw() == "助理社会工作师"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_typing_finds_entries_by_any_part_and_a_synonym_stays_as_typed(make):
    editor = make(Field("ethnicity", "民族", Kind.CODE, code_list="ethnicity"))
    completer = editor.combo.completer()
    completer.setCompletionPrefix("彝")
    assert completer.completionCount() == 1
    _commit(editor.combo, "彝")
    assert editor.raw() == "彝"


def test_yes_and_no_are_offered_beside_not_known(make):
    editor = make(Field("x", "是否", Kind.YES_NO))
    assert [editor.combo.itemText(index) for index in range(editor.combo.count())] == ["", "是", "否"]


PLACES = (
    Choice(1, "回龙村", "community", 10),
    Choice(2, "回龙村", "community", 11),
    Choice(3, "月山社区", "community", 10),
)


@pytest.fixture
def reference(make):
    editor = make(Field("community", "村(社区)", Kind.REFERENCE, target="places"))
    assert isinstance(editor, ReferenceEditor)
    editor.offer(PLACES, {10: "晋城街道", 11: "昆阳街道"})
    return editor


def _offered(editor):
    return [editor.combo.itemText(index) for index in range(1, editor.combo.count())]


def test_places_of_one_name_are_told_apart_by_what_they_belong_to(reference):
    assert _offered(reference) == ["回龙村（晋城街道）", "回龙村（昆阳街道）", "月山社区"]
    reference.combo.setEditText("回龙村（昆阳街道）")
    assert reference.raw() == 2


def test_choices_can_be_restricted_to_one_owner(reference):
    reference.offer_within(11)
    assert _offered(reference) == ["回龙村"]
    reference.offer_within(None)
    assert len(_offered(reference)) == 3


def test_a_reference_is_its_row_or_the_text_of_a_new_one(reference):
    reference.set(99, "早已停用的村")
    assert reference.raw() == 99
    reference.combo.setEditText("月山社区")
    assert reference.raw() == 3
    reference.combo.setEditText("新单位")
    assert reference.raw() == "新单位"
    reference.combo.setEditText("")
    assert reference.raw() == ""


def test_what_was_chosen_outlives_choices_that_arrive_late(make):
    editor = make(Field("community", "村(社区)", Kind.REFERENCE, target="places"))
    editor.set(3, "月山社区")
    editor.offer(PLACES)
    assert (editor.combo.currentText(), editor.raw()) == ("月山社区", 3)


def test_long_text_leaves_by_tab_and_is_silent_when_set(qtbot, make):
    editor = make(Field("note", "备注", Kind.LONG_TEXT))
    assert isinstance(editor, LongTextEditor)
    changes = []
    editor.changed.connect(lambda: changes.append(editor.raw()))
    editor.set("一\n二", "一\n二")
    editor.setFocus()
    qtbot.keyClick(editor.text, Qt.Key.Key_Tab)
    assert editor.raw() == "一\n二"
    assert changes == []


@pytest.mark.parametrize(("severity", "word"), [(Severity.ERROR, "有误"), (Severity.WARNING, "提醒")])
def test_a_problem_is_said_in_words_and_to_screen_readers(make, severity, word):
    editor = make(Field("x", "某项"))
    editor.set_problem("请核对。", severity)
    assert editor.message == f"{word}：请核对。"
    assert editor.focusProxy().accessibleDescription() == f"{word}：请核对。"
    editor.set_problem("")
    assert editor.message == editor.focusProxy().accessibleDescription() == ""


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT, Kind.ID_NUMBER])
def test_a_read_only_line_takes_no_typing(qtbot, make, kind):
    editor = make(Field("x", "某项", kind, sensitive=kind is Kind.ID_NUMBER))
    editor.set_read_only(True)
    qtbot.keyClicks(editor.focusProxy(), "1")
    assert editor.raw() == ""


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.REFERENCE, Kind.YES_NO])
def test_a_read_only_choice_does_not_open(make, kind):
    editor = make(Field("x", "某项", kind, code_list="gender", target="organisations"))
    editor.set_read_only(True)
    assert not editor.combo.isEnabled()
