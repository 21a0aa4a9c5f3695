"""The yearly roster with the facts of its time, the same file again years later; figures by grade."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.excel.sheets import CREATED
from socialwork_app.foundation import clock
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisal_scoring import grade_all, set_grade, set_score
from socialwork_app.services.exports import Exports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from tests.services.appraising import Scheme, make_scheme

Save = Callable[..., int]
DAY = date(2026, 12, 31)


@pytest.fixture
def scheme(opened: OpenRegister, save: Save) -> Scheme:
    """One of each thing that stands on the roster."""
    made = make_scheme(opened, save)
    awarded = save("talent_rounds", made.id, title="第二届优秀人才", year=2024)
    facts = {"gender": "女", "ethnicity": "彝族", "birth_date": "1985-03", "employer": "甲站", "position": "主任",
             "political_status": "中共党员", "education": "大学本科", "degree": "学士"}  # fmt: skip
    person = made.holder("张三", person=facts, round=awarded, talent_category="社区服务")
    save("certificates", person, level="初级", approved_on="2019-06")
    leader = save("leaders", name="甲领导")
    save("leader_contacts", person, leader=leader, **{"from": "2025-01-01"})
    save("liaisons", 1, name="联络甲", **{"from": "2025"})
    begin(opened, made.id, 2026)
    set_score(opened, made.of("张三", 2026), "", "工作实绩", "38")
    grade_all(opened, made.id, 2026)
    return made


def cells(opened: OpenRegister, roster: str, target: Path, **asked: object) -> list[list[object]]:
    Exports(opened).export(roster, target, **{"year": 2026, "as_of": DAY, **asked})  # pyright: ignore[reportArgumentType]
    return [[cell.value for cell in row] for row in load_workbook(target).worksheets[0]]


def test_the_roster_has_the_columns_of_the_notices(scheme: Scheme, tmp_path: Path):
    found = cells(scheme.opened, "appraisals", tmp_path / "册.xlsx")
    assert found[0][0] == "2026年度优秀人才考核名册"
    assert found[2] == ["序号", "姓名", "性别", "民族", "出生年月", "政治面貌", "学历学位", "工作单位及职务", "职称/证书级别",
                        "人才类别", "获评届次", "管理期", "联系领导", "联络员", "考核得分", "考核等次", "备注"]  # fmt: skip
    assert found[3] == [1, "张三", "女", "彝族", "1985-03", "中共党员", "大学本科 学士", "甲站 主任", "助理社会工作师", "社区服务",
                        "第二届优秀人才", "2024-06-01至2027-05-31", "甲领导", "联络甲", "95", "优秀", None]  # fmt: skip
    assert [text for text in found[4] if text] == ["考核组签字：", "单位盖章：", "填报日期："]


def test_years_later_it_is_the_same_file(scheme: Scheme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    opened, save = scheme.opened, scheme.save
    once, again = tmp_path / "当年.xlsx", tmp_path / "后来.xlsx"
    cells(opened, "appraisals", once)
    later = datetime.fromisoformat("2031-04-05T09:00:00+08:00")
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", later.date)
    people, contacts = Records(opened, "people"), Records(opened, "leader_contacts")
    people.save(Draft({"degree": "硕士"}, id=1))
    people.save(
        Draft({"employer": "乙站", "position": "站长", "political_status": "群众", "education": "研究生"}, id=1)
    )
    people.save(Draft({"name": "张改名", "gender": "男", "birth_date": "1985-04", "ethnicity": "汉族"}, id=1))
    Records(opened, "talents").save(Draft({"talent_category": "管理", "term_to": "2030-12-31"}, id=1))
    Records(opened, "talent_rounds").save(Draft({"title": "第二届英才"}, id=1))
    Records(opened, "organisations").save(Draft({"name": "甲中心"}, id=1))
    save("certificates", 1, level="中级", approved_on="2027-06")
    contacts.save(Draft({"to": "2027-06-30"}, id=1))
    save("leader_contacts", 1, leader=save("leaders", name="乙领导"), **{"from": "2027-07-01"})
    Records(opened, "liaisons").save(Draft({"to": "2027"}, id=1))
    save("liaisons", 1, name="联络乙", **{"from": "2028"})
    scheme.graded(1, 2027, "合格")
    cells(opened, "appraisals", again)
    assert once.read_bytes() == again.read_bytes()
    made = load_workbook(once).properties.created
    assert made and made.date() == CREATED.date()  # and not the day on which it was written
    now = cells(opened, "appraisals", again, as_of=date(2031, 4, 5))
    assert now[3][1:3] + now[3][8:14] == [
        "张改名", "男", "社会工作师", "管理", "第二届英才", "2024-06-01至2030-12-31", "乙领导", "联络乙"]  # fmt: skip


def test_a_roster_of_one_scheme_is_named_after_it(scheme: Scheme, tmp_path: Path):
    other = make_scheme(scheme.opened, scheme.save, "领军人才")
    other.holder("李四")
    begin(other.opened, other.id, 2026)
    where = Records(scheme.opened, "appraisals").understood([Condition("scheme", "领军人才")])
    found = cells(scheme.opened, "appraisals", tmp_path / "册.xlsx", asked=Filter(where=where))
    assert found[0][0] == "2026年度领军人才考核名册"
    assert [row[1] for row in found if isinstance(row[0], int)] == ["李四"]
    assert (
        len([row for row in cells(scheme.opened, "appraisals", tmp_path / "全.xlsx") if isinstance(row[0], int)]) == 2
    )


def test_a_list_on_screen_goes_out_with_its_own_columns(scheme: Scheme, tmp_path: Path):
    scheme.graded(1, 2025, "合格")
    found = cells(scheme.opened, "appraisals", tmp_path / "表.xlsx", keys=("name", "year", "grade", "suggestion"))
    assert found[0][0] == "优秀人才年度考核名册" and found[2] == ["序号", "姓名", "考核年度", "考核等次", "建议"]
    assert [row[1:] for row in found[3:5]] == [["张三", 2025, "合格", "继续管理"], ["张三", 2026, "优秀", "继续管理"]]


def test_figures_by_grade_with_shares_of_those_who_took_part(scheme: Scheme, tmp_path: Path):
    for number, grade in enumerate(["合格", "称职", "基本合格", "不合格", "未参加考核", None]):
        person = scheme.holder(f"人{number}", person={"service_field": "社区建设"})
        row_id = scheme.graded(person, 2026, grade or "")
        set_grade(scheme.opened, [row_id], grade or "")
    found = cells(scheme.opened, "appraisal-summary", tmp_path / "汇总.xlsx")
    assert found[0][0] == "2026年度优秀人才考核汇总表"
    lines = {row[2]: row[3:] for row in found if isinstance(row[0], int)}
    counted = [7, 5, 1, "20.0%", 2, "40.0%", 1, "20.0%", 1, "20.0%", 1, 1]
    assert lines["全部"] == [*counted, None] and lines["优秀人才"] == [*counted, 1]
    assert lines["社区建设"][:4] == [6, 4, 0, "0.0%"] and "未填" in lines
