"""Rosters of an earlier day are the files that they were, however much has been changed in the register since."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.as_it_stood import list_then
from socialwork_app.services.exports import Exports
from socialwork_app.services.leader_changes import Handing, change_leader
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.selection import Selection

Save = Callable[..., int]
On = Callable[[str], None]
DAY = date(2066, 6, 30)
ROSTERS = ("talents", "contacts", "liaisons", "leader-contacts", "publication", "candidates-of-round")
UNITS = {"乙": "乙站", "甲": "甲站", "丙": "甲站"}
"""As they are in order: whoever is first has the first row everywhere."""


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Lets the program work on a day, years ahead: the log does not go back behind the day when a register was made."""

    def moved(day: str) -> None:
        now = datetime.fromisoformat(f"{day}T09:00:00+08:00")
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", now.date)

    moved("2066-03-10")
    return moved


@pytest.fixture
def people(opened: OpenRegister, save: Save, on: On) -> dict[str, int]:
    """A round that was published and decided, its holders, their leaders, liaison officers and contacts."""
    scheme = save("talent_schemes", title="示例人才", term_years="3", allowance="300", publication_days="5")
    made = save("talent_rounds", scheme, title="第一届示例人才", year="2066")
    found = {"scheme": scheme, "round": made}
    for name, unit in UNITS.items():
        found[name] = save("people", name=name, gender="女", employer=unit, position="主任", education="大学本科",
                           political_status="群众", phone="19900001234")  # fmt: skip
        save("talent_candidates", found[name], round=made, talent_category="督导", recommended_by=unit)
    selection = Selection(opened)
    ids = [one.id for one in selection.candidates(made)]
    selection.publish(selection.round(made), ids, "2066-03-10", "2066-03-16")
    on("2066-03-20")
    granted = [one.id for one in selection.candidates(made) if one.name != "丙"]
    selection.decide(selection.round(made), granted, "示例〔2066〕1号", date(2066, 3, 20))
    found["甲领导"] = save("leaders", name="甲领导", post="副局长")
    for name in ("乙", "甲"):
        save("leader_contacts", found[name], leader=found["甲领导"], **{"from": "2066-04-01"})
    save("liaisons", 2, name="联络甲", phone="19900005678", post="科员", **{"from": "2065"})
    save("contact_log", found["甲"], date="2066-05-04", contact_form="电话", matter="近况", request="场地")
    return found


def files(opened: OpenRegister, folder: Path, round_: int) -> dict[str, bytes]:
    """Every roster of the day."""
    folder.mkdir()
    made: dict[str, bytes] = {}
    for key in ROSTERS:
        asked = Filter(where=(Condition("round", round_),)) if key in ROSTERS[-2:] else EVERYTHING
        done = Exports(opened).export(key, folder / f"{key}.xlsx", asked=asked, as_of=DAY, year=DAY.year)
        made[key] = done.file.read_bytes()
    return made


def rows(
    opened: OpenRegister, key: str, target: Path, day: date = DAY, asked: Filter = EVERYTHING
) -> list[list[object]]:
    Exports(opened).export(key, target, asked=asked, as_of=day, year=day.year)
    sheet = load_workbook(target).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet]
    return [row[1:] for row in found if isinstance(row[0], int)]


def edit(opened: OpenRegister, kind: str, row_id: int, **raw: object) -> None:
    saved = Records(opened, kind).save(Draft(raw, id=row_id))
    assert saved.id is not None, saved.problems


def live_on(opened: OpenRegister, people: dict[str, int], save: Save, on: On) -> None:
    """Years in which nothing stays as it was."""
    on("2067-02-01")
    edit(opened, "people", people["甲"], name="甲改名", employer="丙站", position="站长", education="研究生",
         political_status="中共党员", phone="19900009999", gender="男")  # fmt: skip
    edit(opened, "organisations", 2, name="甲中心")
    edit(opened, "talents", 2, allowance_state="停发", term_to="2068-12-31", document="更正〔2067〕1号")
    edit(opened, "talents", 1, talent_state="退出", state_on="2067-01-15", state_reason="调离", talent_category="管理")
    edit(opened, "talent_schemes", people["scheme"], title="示例英才")
    edit(opened, "talent_rounds", people["round"], title="首届示例英才", published_until="2067-02-01")
    edit(opened, "talent_candidates", 3, candidate_state="未入选", talent_category="一线", recommended_by="丙站")
    edit(opened, "contact_log", 1, matter="改写", request="改写", reply="已办", done_on="2067-01-20")
    edit(opened, "leaders", people["甲领导"], name="甲书记", post="局长")
    edit(opened, "liaisons", 1, name="联络甲改", phone="19900000000", post="主任")
    on("2071-04-05")
    other = save("leaders", name="乙领导", post="副局长")
    change_leader(opened, [people["甲"], people["乙"]], Handing(other, date(2071, 4, 1)))
    edit(opened, "liaisons", 1, to="2070")
    edit(opened, "people", people["甲"], employer="丁站")
    edit(opened, "people", people["乙"], employer="甲中心", status="已离开", status_on="2071-04")
    edit(opened, "talents", 2, talent_state="期满", state_on="2069-03-19")
    save("contact_log", people["乙"], date="2071-04-02", contact_form="走访", leader=other)
    save("talents", people["丙"], scheme=people["scheme"], granted_on="2071-04-01")


def test_years_later_they_are_the_same_bytes(
    opened: OpenRegister, people: dict[str, int], save: Save, on: On, tmp_path: Path
):
    on(DAY.isoformat())
    before = files(opened, tmp_path / "当年", people["round"])
    live_on(opened, people, save, on)
    after = files(opened, tmp_path / "后来", people["round"])
    assert [key for key in ROSTERS if before[key] != after[key]] == []
    folder = tmp_path / "今天"
    folder.mkdir()
    today = rows(opened, "talents", folder / "人才.xlsx", date(2071, 4, 5))
    assert [(row[0], row[5], row[14], row[17]) for row in today] == [
        ("乙", "甲中心", "退出", "发放"), ("甲改名", "丁站", "期满", "停发"), ("丙", "甲中心", "在管期", None)]  # fmt: skip


def test_the_days_between_have_what_stood_then(
    opened: OpenRegister, people: dict[str, int], save: Save, on: On, tmp_path: Path
):
    live_on(opened, people, save, on)
    found = rows(opened, "talents", tmp_path / "人才.xlsx", date(2068, 1, 1))
    assert [(row[0], row[5], row[14], row[17]) for row in found] == [
        ("乙", "乙站", "退出", "发放"), ("甲改名", "丙站", "在管期", "停发")]  # fmt: skip


def test_what_has_a_day_goes_by_it_though_it_was_entered_later(
    opened: OpenRegister, people: dict[str, int], save: Save, on: On, tmp_path: Path
):
    on("2066-12-01")
    edit(opened, "talents", 1, talent_state="退出", state_on="2066-06-15", state_reason="调离")
    save("talents", people["丙"], scheme=people["scheme"], granted_on="2066-06-20", document="补登〔2066〕2号")
    edit(opened, "contact_log", 1, reply="已协调", done_on="2066-06-10")
    save("contact_log", people["乙"], date="2066-06-01", contact_form="走访", matter="补记")
    edit(opened, "leader_contacts", 1, to="2066-05-31")
    talents = rows(opened, "talents", tmp_path / "人才.xlsx")
    assert [(row[0], row[14], row[16]) for row in talents] == [
        ("乙", "退出", "调离"), ("甲", "在管期", None), ("丙", "在管期", None)]  # fmt: skip
    assert [(row[0], row[4]) for row in rows(opened, "contacts", tmp_path / "名单.xlsx")] == [
        ("丙", None),
        ("甲", "甲领导"),
    ]
    sheet = rows(opened, "leader-contacts", tmp_path / "表.xlsx")
    assert [(row[0], row[4], row[6], row[7]) for row in sheet] == [
        ("乙", None, None, None), ("甲", "近况", "已协调", "2066-06-10")]  # fmt: skip


def test_what_was_entered_later_is_told_as_that_change_left_it(
    opened: OpenRegister, people: dict[str, int], on: On, tmp_path: Path
):
    on("2066-12-01")
    with opened.change("save", "talents") as change:
        made = change.insert("talents", {"person_id": people["丙"], "scheme": people["scheme"], "granted_on": "2066-05",
                                         "talent_state": "managed"})  # fmt: skip
        change.update("talents", made, {"document": "补登〔2066〕2号"})
        change.commit()
    on("2067-12-01")
    edit(opened, "talents", made, document="更正〔2067〕2号")
    assert rows(opened, "talents", tmp_path / "人才.xlsx")[-1][11] == "补登〔2066〕2号"


@pytest.mark.parametrize(
    ("where", "sort", "names"),
    [
        ((Condition("talent_state", "managed"),), "", "乙甲"),
        ((Condition("talent_state", "left"),), "", ""),
        ((Condition("employer", "乙站"),), "", "乙"),
        ((Condition("employer", "丙站"),), "", ""),
        ((Condition("political_status", "群众"),), "-name", "甲乙"),
        ((Condition("state_on", None, "empty"),), "name", "乙甲"),
        ((Condition("term_to", "2069", "<="),), "-employer", "甲乙"),
        ((Condition("term_to", "2068-12-31", "<="),), "", ""),
    ],
)
def test_filter_and_order_are_those_of_the_day(
    opened: OpenRegister, people: dict[str, int], save: Save, on: On, where: tuple[Condition, ...], sort: str, names: str
):  # fmt: skip
    live_on(opened, people, save, on)
    asked = Filter(
        where=Records(opened, "talents").understood(where), sort=sort.lstrip("-"), descending=sort[:1] == "-"
    )
    found = list_then(opened, opened.catalogue["talents"], asked, ("name",), DAY)
    assert "".join(str(row.values["name"]) for row in found) == names


CONDITIONS = (
    ("granted_on", "2066", "="), ("granted_on", "2066-03", "<="), ("granted_on", "2066-03", ">="), ("granted_on", "2067", ">="),
    ("granted_on", "2066-03-19", "<="), ("state_on", "", "="), ("document", None, "empty"), ("talent_category", "督导", "="),
    ("employer", "甲站", "="), ("scheme", 1, "="), ("person_id", 2, "="), ("person_id", "2", "="), ("scheme", 2, "<="),
    ("phone", "19900001234", "="), ("term_to", "2069-03", "="),
)  # fmt: skip


@pytest.mark.parametrize("condition", [Condition(*each) for each in CONDITIONS], ids=str)
def test_a_filter_finds_the_same_rows_as_in_a_list_of_today(
    opened: OpenRegister, people: dict[str, int], save: Save, condition: Condition
):
    save(
        "talents",
        people["丙"],
        scheme=people["scheme"],
        talent_state="退出",
        state_on="2066-03-20",
        state_reason="示例",
    )
    for sort in ("", "employer", "state_on"):
        asked = Filter(where=(condition,), sort=sort, descending=sort == "state_on")
        there = [row.id for row in Records(opened, "talents").all_rows(asked, ("name",))]
        assert [
            row.id for row in list_then(opened, opened.catalogue["talents"], asked, ("name",), opened.today())
        ] == there


@pytest.mark.parametrize("asked", [Filter(where=(Condition("nonsense", "1"),)), Filter(sort="term_note")], ids=str)
def test_a_field_that_a_list_can_not_ask_for_is_told(opened: OpenRegister, asked: Filter):
    with pytest.raises(DomainError) as refused:
        list_then(opened, opened.catalogue["talents"], asked, ("name",), DAY)
    assert refused.value.code == "field.unknown"
