"""The form of any register, over a real one."""

import pytest

from socialwork_app.domain.id_number import checksum
from socialwork_app.domain.registers.catalogue import REGISTERS
from socialwork_app.services.records import Records
from socialwork_app.ui.forms.record_form import RecordForm


def _number(first, order):
    return (seventeen := first + order) + checksum(seventeen)


WOMAN = _number("53012219850317", "998")
MAN = _number("53012219900101", "997")


@pytest.fixture
def make(qtbot, opened, bridge):
    def build(kind, record=None, owner_id=None):
        form = RecordForm(opened, kind, bridge)
        qtbot.addWidget(form)
        form.resize(500, 600)
        form.show()
        form.show_record(record, owner_id)
        qtbot.waitUntil(lambda: not bridge.busy)
        return form

    return build


@pytest.fixture
def check(qtbot):
    """Type into fields and wait for the answer."""

    def typed(form, **texts):
        with qtbot.waitSignal(form.checked, check_params_cb=lambda _checked: not form._timer.isActive()) as answer:
            for key, text in texts.items():
                _type(form, key, text)
        return answer.args[0]

    return typed


def _type(form, key, text):
    editor = form.editors[key]
    editor.set(None, text)
    editor.changed.emit()


@pytest.mark.parametrize("kind", [register.key for register in REGISTERS])
def test_every_register_has_its_fields_in_the_declared_order(make, opened, kind):
    form = make(kind)
    assert tuple(form.editors) == opened.catalogue[kind].field_keys()
    assert form.is_new
    assert not form.dirty


def test_the_keyboard_goes_through_the_fields_as_declared(make, opened):
    form = make("people")
    order, widget = [], form.editors["name"].focusProxy()
    proxies = {editor.focusProxy(): key for key, editor in form.editors.items()}
    for _ in range(200):
        if widget in proxies:
            order.append(proxies[widget])
        widget = widget.nextInFocusChain()
        if widget is form.editors["name"].focusProxy():
            break
    assert tuple(order) == opened.catalogue["people"].field_keys()


def test_wide_forms_have_two_columns(qtbot, make):
    form = make("people")
    name, second = form.editors["name"], form.editors["id_type"]
    assert name.mapTo(form, name.pos()).y() < second.mapTo(form, second.pos()).y()
    form.resize(900, 600)
    qtbot.waitUntil(lambda: name.mapTo(form, name.pos()).y() == second.mapTo(form, second.pos()).y())


def test_sex_and_birth_date_follow_from_the_id_number_and_say_so(make, check):
    form = make("people")
    check(form, name="测试", id_number=WOMAN)
    gender, birth = form.editors["gender"], form.editors["birth_date"]
    assert (gender.raw(), birth.raw()) == ("女", "1985-03-17")
    assert gender.message == birth.message == "由身份证号得出"
    assert not gender.combo.isEnabled()
    assert birth.line.isReadOnly()
    check(form, id_number="")
    assert gender.combo.isEnabled()
    assert gender.message == ""


def test_a_wrong_number_is_said_beside_its_field(make, check):
    form = make("people")
    wrong = WOMAN[:-1] + ("0" if WOMAN[-1] != "0" else "1")
    checked = check(form, name="测试", id_number=wrong)
    assert checked.errors
    assert form.editors["id_number"].message.startswith("有误：身份证号校验不符")
    assert form.editors["gender"].combo.isEnabled()


def test_a_field_nobody_came_to_is_not_yet_called_missing(make, check):
    form = make("people")
    checked = check(form, phone="19900000001")
    assert form.editors["name"].message == ""
    form.show_problems(checked.problems)
    assert form.editors["name"].message == "有误：姓名未填写。"


def test_what_was_typed_is_shown_as_it_will_be_stored(make, check):
    form = make("people")
    form.editors["note"].setFocus()
    check(form, name="张　三", birth_date="1985.3")
    assert form.editors["name"].raw() == "张三"
    assert form.editors["birth_date"].raw() == "1985-03"


def test_only_what_was_touched_is_sent(make, check, save, opened):
    form = make("people", Records(opened, "people").record(save("people", name="测试", note="旧")))
    assert not form.dirty
    check(form, note="新")
    assert form.dirty
    assert form.draft().raw.keys() - {"gender", "birth_date"} == {"note"}


def test_an_answer_that_came_too_late_is_dropped(make, opened):
    form = make("people")
    form.editors["note"].setFocus()
    late = (form._asked, Records(opened, "people").check(form.draft()))
    _type(form, "position", "新写的")
    form._show_checked(late)
    assert form.editors["position"].raw() == "新写的"
    form._stop_checking()


def _place(form, key, name):
    editor = form.editors[key]
    editor.combo.setEditText(name)
    assert isinstance(editor.raw(), int), name
    editor.changed.emit()


def _offered(editor):
    return [editor.combo.itemText(index) for index in range(1, editor.combo.count())]


def test_communities_are_those_of_the_township_and_leave_with_it(make, opened):
    form = make("people")
    records = Records(opened, "people")
    townships = records.choices(records.register.field("township"))
    communities = records.choices(records.register.field("community"))
    one, other = townships[0], townships[1]
    _place(form, "township", one.label)
    of_one = [choice.label for choice in communities if choice.owner == one.id]
    assert _offered(form.editors["community"]) == of_one
    _place(form, "community", of_one[0])
    _place(form, "township", other.label)
    assert form.editors["community"].raw() == ""
    assert _offered(form.editors["community"]) == [c.label for c in communities if c.owner == other.id]
    form._stop_checking()


def test_a_community_brings_its_township(make, check, opened):
    form = make("people")
    records = Records(opened, "people")
    community = next(c for c in records.choices(records.register.field("community")) if c.owner)
    checked = check(form, name="测试", community=community.label)
    assert checked.values["township"] == community.owner
    assert form.editors["township"].raw() == community.owner


@pytest.fixture
def certificate(save):
    return save("certificates", save("people", name="测试"), level="社会工作师", approved_on="2019-10-01")


def test_the_end_of_a_registration_follows_its_day_but_can_be_written_otherwise(make, check, certificate):
    form = make("registrations", owner_id=certificate)
    check(form, registered_on="2020-03-01")
    until = form.editors["valid_until"]
    assert until.raw().startswith("2023-0")
    assert until.message == "由登记日期得出"
    assert not until.line.isReadOnly()
    check(form, valid_until="2022-12-31")
    assert (until.raw(), until.message) == ("2022-12-31", "")


def test_a_stored_end_of_registration_is_not_worked_out_anew_by_an_edit_elsewhere(
    make, check, certificate, save, opened
):
    row_id = save("registrations", certificate, registered_on="2020-03-01", valid_until="2022-12-31")
    records = Records(opened, "registrations")
    form = make("registrations", records.record(row_id))
    check(form, note="备注")
    assert records.save(form.draft()).id == row_id
    assert records.record(row_id).values["valid_until"] == "2022-12-31"


def test_read_only_leaves_nothing_to_edit(make, save, opened):
    form = make("people", Records(opened, "people").record(save("people", name="测试", id_number=MAN)))
    form.set_read_only(True)
    assert form.editors["name"].line.isReadOnly()
    assert not form.editors["education"].combo.isEnabled()
    assert MAN not in form.editors["id_number"].line.text()


def test_another_record_hides_the_number_that_was_shown(make, save, opened):
    people = Records(opened, "people")
    form = make("people", people.record(save("people", name="甲", id_number=MAN)))
    form.editors["id_number"].button.click()
    assert form.editors["id_number"].line.text() == MAN
    form.show_record(people.record(save("people", name="乙", id_number=WOMAN)))
    assert WOMAN not in form.editors["id_number"].line.text()
