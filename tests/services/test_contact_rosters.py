"""The lists of contact as workbooks: as of a day, of a year, a sheet a leader, phones masked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.services.exports import Exports
from socialwork_app.services.leader_changes import Handing, change_leader
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]
DAY = date(2026, 6, 30)


@pytest.fixture
def people(save: Save) -> dict[str, int]:
    """Three with titles, two leaders, and what came of it."""
    scheme = save("talent_schemes", title="优秀人才")
    made: dict[str, int] = {}
    for name, unit in (("张三", "甲站"), ("李四", "乙站"), ("王五", "甲站")):
        made[name] = save("people", name=name, employer=unit, position="主任")
        save("talents", made[name], scheme=scheme, term_from="2024-06-01", term_to="2027-05-31")
    for name in ("甲领导", "乙领导"):
        made[name] = save("leaders", name=name, post=f"{name}的职务")
    for name, leader in (("张三", "甲领导"), ("李四", "乙领导"), ("王五", "甲领导")):
        save("leader_contacts", made[name], leader=made[leader], **{"from": "2024-07-01"})
    save("liaisons", 1, name="联络甲", phone="19900001234", **{"from": "2025"})
    save("contact_log", made["张三"], date="2025-12-01", contact_form="座谈", leader=made["甲领导"], matter="去年")
    save("contact_log", made["张三"], date="2026-02-10", contact_form="慰问", leader=made["甲领导"], matter="春节",
         request="场地", reply="已协调", done_on="2026-08-01")  # fmt: skip
    save("contact_log", made["张三"], date="2026-05-04", contact_form="电话", matter="近况")
    return made


def written(opened: OpenRegister, roster: str, target: Path, **asked: object) -> dict[str, list[list[object]]]:
    """Rows by worksheet."""
    Exports(opened).export(roster, target, **{"as_of": DAY, **asked})  # pyright: ignore[reportArgumentType]
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in load_workbook(target)}


def numbered(found: dict[str, list[list[object]]]) -> list[list[object]]:
    (rows,) = found.values()
    return [row[1:] for row in rows if isinstance(row[0], int)]


def test_the_list_says_who_keeps_contact_with_whom(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    found = written(opened, "contacts", tmp_path / "名单.xlsx")
    assert found["联系名单"][0][0] == "联系名单"
    assert found["联系名单"][2] == ["序号", "姓名", "单位及职务", "称号", "管理期", "联系领导", "领导职务", "联络员", "联络员电话",
                                    "本年联系次数"]  # fmt: skip
    term = "2024-06-01至2027-05-31"
    assert numbered(found) == [
        ["李四", "乙站 主任", "优秀人才", term, "乙领导", "乙领导的职务", None, None, 0],
        ["张三", "甲站 主任", "优秀人才", term, "甲领导", "甲领导的职务", "联络甲", "199****1234", 2],
        ["王五", "甲站 主任", "优秀人才", term, "甲领导", "甲领导的职务", "联络甲", "199****1234", 0],
    ]


def test_full_phones_need_a_purpose_and_a_filter_narrows(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    other = Records(opened, "talent_schemes").save(Draft({"title": "领军人才"})).id
    Records(opened, "talents").save(Draft({"scheme": other, "term_from": "2026"}, owner_id=people["王五"]))
    asked = Filter(where=(Condition("scheme", other),))
    found = written(opened, "contacts", tmp_path / "名单.xlsx", asked=asked, full_numbers=True, purpose="示例")
    assert [(row[0], row[2], row[3], row[7]) for row in numbered(found)] == [
        ("王五", "领军人才", "2026至", "19900001234")
    ]


def test_years_later_the_lists_are_the_same_files(
    opened: OpenRegister, people: dict[str, int], tmp_path: Path, save: Save
):
    rosters = ("contacts", "leader-contacts", "liaisons")
    before = {roster: written(opened, roster, tmp_path / f"{roster}.xlsx", year=2026) for roster in rosters}
    change_leader(opened, [people["张三"], people["王五"]], Handing(people["乙领导"], date(2026, 7, 1)))
    Records(opened, "liaisons").save(Draft({"to": "2026-07"}, id=1))
    save("liaisons", 1, name="联络乙", **{"from": "2026-08"})
    Records(opened, "talents").save(
        Draft({"talent_state": "退出", "state_on": "2026-09-01", "state_reason": "示例"}, id=1)
    )
    save("contact_log", people["张三"], date="2026-07-01", contact_form="走访", leader=people["乙领导"])
    save("contact_log", people["张三"], date="2027-01-01", contact_form="走访", leader=people["乙领导"])
    assert {roster: written(opened, roster, tmp_path / f"{roster}.xlsx", year=2026) for roster in rosters} == before
    later = numbered(written(opened, "contacts", tmp_path / "后.xlsx", as_of=date(2026, 12, 31)))
    assert [(row[0], row[4], row[6]) for row in later] == [("李四", "乙领导", None), ("王五", "乙领导", "联络乙")]


def test_each_leader_has_a_sheet_of_the_year(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    found = written(opened, "leader-contacts", tmp_path / "表.xlsx", year=2026)
    assert list(found) == ["1 乙领导", "2 甲领导"]
    sheet = found["2 甲领导"]
    assert sheet[0][0] == "2026年度领导联系情况表"
    assert sheet[1][0] == "联系领导：甲领导（甲领导的职务）" and any("截至日期：2026-06-30" in str(c) for c in sheet[1])
    assert sheet[2] == [
        "序号",
        "姓名",
        "单位及职务",
        "联系日期",
        "联系形式",
        "联系内容",
        "反映的问题和诉求",
        "答复",
        "办结日期",
    ]
    assert sheet[3:6] == [
        [1, "张三", "甲站 主任", "2026-02-10", "慰问", "春节", "场地", None, None],
        [1, "张三", "甲站 主任", "2026-05-04", "电话", "近况", None, None, None],
        [2, "王五", "甲站 主任", None, None, None, None, None, None],
    ]
    assert [text for text in sheet[6] if text] == ["联系领导：", "联络员：", "填报日期："]


def test_a_request_that_is_done_by_the_day_has_its_reply(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    found = written(opened, "leader-contacts", tmp_path / "表.xlsx", year=2026, as_of=date(2026, 8, 1))
    assert found["2 甲领导"][3][6:] == ["场地", "已协调", "2026-08-01"]


def test_contacts_of_nobody_known_are_not_lost(
    opened: OpenRegister, people: dict[str, int], tmp_path: Path, save: Save
):
    alone = save("people", name="赵六")
    save("contact_log", alone, date="2026-03-01", contact_form="走访", matter="无领导")
    found = written(opened, "leader-contacts", tmp_path / "表.xlsx", year=2026)
    assert found["3 未填联系领导"][1][0] == "未填联系领导" and found["3 未填联系领导"][3][1:6] == [
        "赵六", None, "2026-03-01", "走访", "无领导"]  # fmt: skip


def test_two_leaders_of_one_name_and_no_leader_at_all(opened: OpenRegister, tmp_path: Path, save: Save):
    assert numbered(written(opened, "leader-contacts", tmp_path / "空.xlsx", year=2026)) == []
    person = save("people", name="张三")
    for post in ("甲职务", "乙职务"):
        save("leader_contacts", person, leader=save("leaders", name="同名", post=post))
    found = written(opened, "leader-contacts", tmp_path / "表.xlsx", year=2026)
    assert [rows[1][0] for rows in found.values()] == ["联系领导：同名（甲职务）", "联系领导：同名（乙职务）"]


def test_liaison_officers_with_their_units(opened: OpenRegister, people: dict[str, int], tmp_path: Path, save: Save):
    save("liaisons", 2, name="联络乙", post="科员", to="2026-06-29")
    found = written(opened, "liaisons", tmp_path / "册.xlsx")
    assert numbered(found) == [["甲站", "联络甲", "199****1234", None, "2025"]]
