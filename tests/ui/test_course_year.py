"""A whole course played through the window, and again through the commands, with the same result; undone and redone."""

from datetime import timedelta

import pytest

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.persistence.rows import all_rows
from socialwork_app.services.courses import Courses, told
from socialwork_app.services.history import History
from socialwork_app.services.hours import Hours
from socialwork_app.services.records import Records
from socialwork_app.services.references import References
from socialwork_app.services.training_rosters import figures
from tests.services.people_workbook import LI, ZHANG, write
from tests.ui.course_players import TITLE, Commands, Window

PEOPLE = ("姓名", "身份证号", "工作单位", "联系电话", "证书级别", "批准日期", "登记日期")
MET = [("张三", "12/72"), ("李四", "0/90")]
"""Hours after the course: 张三 was there for three half-days of four hours, 李四 failed."""


@pytest.fixture
def people(opened, tmp_path):
    """Two whose registration runs and who have no hours yet, one without a certificate."""
    since = (opened.today() - timedelta(days=400)).isoformat()
    rows = [["张三", ZHANG, "甲站", "19900001001", "初级", "2015-06-15", since], ["李四", LI, "乙站", "19900001002", "中级", "2015-06-15", since],
            ["王五", None, "甲站", "19900001003", None, None, None]]  # fmt: skip
    return write(tmp_path / "名册.xlsx", rows, PEOPLE)


@pytest.fixture
def course(opened):
    """Its fields: two days in a month's time, three places."""
    first = opened.today() + timedelta(days=30)
    dates = {"from": first.isoformat(), "to": (first + timedelta(days=1)).isoformat()}
    return {"title": TITLE, "organiser": "示例区民政局", "form": "短期培训", "session_hours": "4", "places": "3", "number_prefix": "示培",
            **dates}  # fmt: skip


@pytest.fixture
def window(qtbot, at, show, rest, people, course, tmp_path):
    return Window(qtbot, at, show, rest, people, course, tmp_path)


@pytest.fixture
def commands(files, tmp_path, people, course, capsys):
    made = Commands(files, tmp_path, people, course, capsys)
    yield made
    if made.opened:
        made.opened.close()


def standing(opened):
    """Everybody's sign-up in the order of arrival, with what they said, were marked and got."""
    known, units = Courses(opened), References(opened)
    unit = opened.catalogue["people"].field("employer")
    own = ("phone", "level", "lodging", "assessment", "completion_number", "signed_up_on")
    return [
        (one.name, units.label(unit, one.unit), told(one.standing), *(one.values[key] for key in own), dict(one.marks), one.hours)
        for one in known.participants(known.course(1))
    ]  # fmt: skip


def ledger(opened):
    """Records of learning, hours of everybody's period the week after, and figures of the year."""
    after = opened.today() + timedelta(days=38)
    keys = tuple(field.key for field in opened.catalogue["learning"].fields)
    records = [(row.owner_id, *row.values.values()) for row in Records(opened, "learning").all_rows(EVERYTHING, keys)]
    met = [
        (one.name, f"{one.meter.earned:g}/{one.meter.required}") for one in Hours(opened).of_people(after) if one.meter
    ]
    year = (opened.today() + timedelta(days=31)).year
    return records, sorted(met), [tuple(row.values()) for row in figures(opened, year)]


def places(opened):
    return [(row[0], row[2]) for row in standing(opened)]


TOUCHED = ("people", "organisations", "certificates", "registrations", "courses", "course_sessions", "training_signups",
           "attendance", "learning")  # fmt: skip


def everything(opened):
    """Every row of what a course touches, by its id."""
    with opened.database.read() as connection:
        return {kind: {row["id"]: row for row in all_rows(connection, opened.schema, kind)} for kind in TOUCHED}


def changes(opened):
    """Those that stand, newest first: no undo, and not undone."""
    with opened.database.read() as connection:
        found = connection.exec_driver_sql("SELECT id, undoes FROM changes ORDER BY id DESC").all()
    undone = {undoes for _, undoes in found}
    return [change for change, undoes in found if undoes is None and change not in undone]


def now(opened):
    return set(changes(opened)), everything(opened)


def taken_back(opened, several):
    """Each as one undo, and nothing of it left out; the undos, newest first."""
    undos = []
    for change in several:
        done = History(opened).undo(change)
        assert done.kept == ()
        undos.insert(0, done.changes.change_id)
    return undos


def back_and_forth(opened, since):
    """All that was done since, taken back step by step, and done again in the same way."""
    begun, stood = since
    whole, steps = everything(opened), [change for change in changes(opened) if change not in begun]
    assert stood != whole
    undos = taken_back(opened, steps)
    assert everything(opened) == stood
    taken_back(opened, undos)
    assert everything(opened) == whole


def test_window_and_commands_come_to_the_same(window, commands, opened):
    for step in ("plan", "invite"):
        getattr(window, step)()
        getattr(commands, step)()
    invited = now(commands.read())
    for way in (window, commands):
        way.sign_up()
    assert standing(opened) == standing(commands.read())
    back_and_forth(commands.opened, invited)
    signed = now(opened), now(commands.opened)
    assert places(opened) == [("王五", "正式"), ("赵六", "正式"), ("张三", "正式"), ("李四", "候补第 1 位")]

    for step in ("withdraw", "attend"):
        getattr(window, step)()
        getattr(commands, step)()
    assert standing(opened) == standing(commands.read())
    assert places(opened) == [("王五", "已退出"), ("赵六", "正式"), ("张三", "正式"), ("李四", "正式")]
    assert ledger(opened)[0] == [] == ledger(commands.opened)[0]

    before = standing(opened)
    for way in (window, commands):
        way.credit()
    credited = standing(opened), ledger(opened)
    assert credited == (standing(commands.read()), ledger(commands.opened))
    assert [row[7] for row in credited[0]] == [None, "示培002", "示培001", None]
    assert credited[1][1] == sorted(MET)

    for way in (window, commands):
        way.uncredit()
    assert standing(opened) == before == standing(commands.read())
    assert ledger(opened)[0] == [] == ledger(commands.opened)[0]
    for way in (window, commands):
        way.credit()
    assert (standing(opened), ledger(opened)) == credited == (standing(commands.read()), ledger(commands.opened))
    assert window.letters() == commands.letters()

    for played, since in zip((opened, commands.read()), signed, strict=True):
        back_and_forth(played, since)
        assert (standing(played), ledger(played)) == credited
