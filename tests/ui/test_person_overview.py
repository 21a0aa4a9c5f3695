"""The page of a person: its lines of hours open what counts and what does not."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from socialwork_app.services.records import Records
from socialwork_app.ui.forms.hours_dialog import HoursDialog
from socialwork_app.ui.forms.person_overview import RECORDS, OverviewTab
from socialwork_app.ui.forms.record_dialog import RecordDialog


@pytest.fixture
def learner(save, opened):
    """On a technical post, in a registration period, with one record that counts and one that does not."""
    today = opened.today()
    person = save("people", name="张三", technical_post="是")
    certificate = save("certificates", person, level="初级", approved_on="2015-06-15")
    save("registrations", certificate, registered_on=f"{today.year}-01-01", valid_until=f"{today.year + 2}-12-31")
    save("learning", person, title="小组工作", hours="8", to=f"{today.year}-01-01", proof="1")
    save("learning", person, title="没有证明", hours="4", to=f"{today.year}-01-01")
    return person


@pytest.fixture
def page(qtbot, opened, bridge, bus, show, rest, learner):
    made = show(OverviewTab(opened, bridge, bus))
    made.show_person(learner)
    rest()
    return made


def opened_by(button):
    button.click()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, HoursDialog) and one.isVisible()]
    (dialog,) = found
    return dialog


def titles(model):
    return [model.cell(row, 0).text for row in range(model.rowCount())]


def test_a_line_of_hours_opens_its_records(page):
    period, year = (one for one in page.findChildren(QPushButton) if one.text() == RECORDS)
    assert "年度" in year.accessibleName() and "还差 64" in period.accessibleName()
    for button in (period, year):
        dialog = opened_by(button)
        assert (titles(dialog.pane.counted_model), titles(dialog.pane.not_counted_model)) == (
            ["小组工作"],
            ["没有证明"],
        )
        assert not dialog.pane.by_year.isVisible() or button is period
        dialog.accept()


def test_a_record_is_mended_where_it_is_seen(qtbot, page, opened, rest):
    dialog = opened_by(next(one for one in page.findChildren(QPushButton) if one.text() == RECORDS))
    dialog.pane.not_counted_table.activated.emit(dialog.pane.not_counted_model.index(0, 0))
    rest()
    (form,) = dialog.findChildren(RecordDialog)
    form.form.editors["proof"].set(None, "示2号")
    form.form.editors["proof"].changed.emit()
    row_id = dialog.pane._not_counted[0][0].id
    with qtbot.waitSignal(form.saved):
        form.save_button.click()
    rest()
    assert Records(opened, "learning").record(row_id).values["proof"] == "示2号"
    assert any("还差 60" in one.accessibleName() for one in page.findChildren(QPushButton))
