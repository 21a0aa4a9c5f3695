"""Two rounds and three years of a talent scheme played through the window, and again through the commands, with the same
result; the last decisions undone."""

from datetime import date

import pytest

from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.domain.talents import Decision
from socialwork_app.foundation import clock
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.contacts import leaders_on, names
from socialwork_app.services.exports import Exports
from socialwork_app.services.records import Records
from tests.services.people_workbook import write
from tests.ui.talent_players import NUMBERS, OURS, POSTS, ROWS, SCHEME, SCORES, Commands, Window

PEOPLE = ("姓名", "身份证号", "工作单位", "岗位")
FIRST_ROUND, SECOND_ROUND = "第一届示例优秀人才", "第二届示例优秀人才"
OLD, NEW = "甲领导", "乙领导"


@pytest.fixture
def on(monkeypatch):
    """Lets the program work on a day."""
    return lambda day: monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))


@pytest.fixture
def people(tmp_path):
    return write(tmp_path / "人员.xlsx", [[name, NUMBERS[name], unit, post] for name, unit, post in POSTS], PEOPLE)


@pytest.fixture
def window(qtbot, at, people, tmp_path):
    made = Window(qtbot, at, people, tmp_path)
    yield made
    made.rest()
    made.close()


@pytest.fixture
def commands(files, tmp_path, people, capsys):
    made = Commands(files, tmp_path, people, capsys)
    yield made
    made.close()


# what came of it


def everything(opened, kind):
    """All rows of a register, as they are stored and as they are worked out."""
    records = Records(opened, kind)
    keys = tuple(field.key for field in records.listed)
    return sorted((tuple(row.values.values()) for row in records.all_rows(EVERYTHING, keys)), key=repr)


def standing(opened):
    """Titles, rounds, candidates, appraisals with totals and suggestions, criteria, leaders and contacts."""
    kinds = ("talents", "talent_rounds", "talent_candidates", "appraisals", "appraisal_criteria", "appraisal_items",
             "leaders", "leader_contacts", "contact_log")  # fmt: skip
    found = {kind: everything(opened, kind) for kind in kinds}
    years = Appraisals(opened)
    found["scores"] = [
        (one.name, year, sorted(one.scores), one.total, one.grade_by_score, one.reason)
        for year in SCORES for one in sorted(years.of_year(OURS, year), key=lambda one: one.person_id)
    ]  # fmt: skip
    return found


def titles(opened):
    keys = ("name", "round", "term_to", "talent_state", "state_on", "state_document", "allowance_state")
    rows = Records(opened, "talents").all_rows(EVERYTHING, keys)
    return sorted(tuple(row.values[key] for key in keys) for row in rows)


def judged(opened, year):
    """By name: total, grade, suggestion and decision."""
    return {
        one.name: (one.total, one.grade, one.suggestion and one.suggestion.decision, one.values["decision"])
        for one in Appraisals(opened).of_year(OURS, year)
    }


def roster(opened, year, folder):
    """The file of a year's roster as of its last day."""
    target = folder / "名册.xlsx"
    Exports(opened).export("appraisals", target, asked=Filter(where=(Condition("scheme", OURS),)), year=year,
                           as_of=date(year, 12, 31))  # fmt: skip
    return target.read_bytes()


# the story


def lay_down(way):
    """The scheme with its criteria, leaders and a round."""
    way.begin()
    facts = {"term_years": "3", "allowance": "300", "publication_days": "5", "cap": "4"}
    assert way.new("talent_schemes", title=SCHEME, **facts) == OURS
    way.new("talent_rounds", OURS, title=FIRST_ROUND, year="2024")
    criteria = way.new(
        "appraisal_criteria", title="考核标准（第一版）", scheme=SCHEME, from_year="2024", cap_share="25"
    )
    for rank, (item, maximum) in enumerate({"工作实绩": 60, "专业能力": 40}.items(), start=1):
        way.new("appraisal_items", criteria, title=item, rank=str(rank), maximum=str(maximum))
    for grade, minimum in {"优秀": 90, "合格": 75, "基本合格": 60, "不合格": 0}.items():
        way.new("grade_bands", criteria, grade=grade, minimum=str(minimum))
    for leader in (OLD, NEW):
        way.new("leaders", name=leader, post=f"{leader}职务")


def first_round(way):
    way.put_forward(FIRST_ROUND, *NUMBERS)
    way.move(FIRST_ROUND, "review", "张三", "李四", "王五", "赵六")
    way.move(FIRST_ROUND, "reject", "钱七")
    way.publish(FIRST_ROUND, "2024-06-03")
    assert way.decide(FIRST_ROUND, "2024-06-20", "示例〔2024〕1号", "张三", "李四", "王五", "赵六") == []


def keep_contact(way):
    for name in ("张三", "李四"):
        way.new("leader_contacts", ROWS[name], leader=OLD, **{"from": "2024-07-01"})
    way.new("contact_log", ROWS["张三"], date="2024-09-10", contact_form="走访", leader=OLD, request="督导场地")


def appraise(way, year):
    way.begin_year(year)
    way.score(year)
    return way.grade(year)


def test_window_and_commands_come_to_the_same(window, commands, on, tmp_path):
    ways = window, commands

    def same(what, *asked):
        """What it comes to in both registers, which must be the same."""
        found = what(window.read(), *asked)
        assert found == what(commands.read(), *asked)
        return found

    on("2024-06-20")
    for way in ways:
        lay_down(way)
        first_round(way)
        keep_contact(way)
    assert [row[0::3] for row in same(titles)] == [
        (name, "managed", "paid") for name in ("张三", "李四", "王五", "赵六")
    ]

    on("2024-12-31")
    for way in ways:
        assert "超出 1 人，总分靠后的是赵六" in appraise(way, 2024)
        way.regrade(2024, "赵六", "合格")
    assert same(judged, 2024) == {
        "张三": (94, "优秀", "keep", None), "李四": (80, "合格", "keep", None), "王五": (76, "合格", "keep", None),
        "赵六": (90, "合格", "keep", None)}  # fmt: skip
    then = same(roster, 2024, tmp_path)

    for way in ways:
        second_year(way, on)
    assert same(judged, 2025)["李四"] == (65, "基本合格", "talk", "talk")
    assert same(judged, 2024)["张三"][0] == 94
    assert same(led, "2025-06-30") == {"张三": OLD, "李四": OLD}
    assert same(led, "2025-07-01") == {"张三": NEW, "李四": NEW}

    on("2026-06-20")
    for way in ways:
        second_round(way)
    assert [row[0] for row in same(titles) if row[1]] == ["张三", "李四", "王五", "赵六", "钱七"]

    on("2026-12-31")
    for way in ways:
        way.set("people", ROWS["王五"], status="已离开")
        way.set("people", ROWS["张三"], employer="乙站", position="站长")
        appraise(way, 2026)
    before = same(standing)
    assert {name: one[1:] for name, one in same(judged, 2026).items()} == {
        "张三": ("合格", "keep", None), "李四": ("基本合格", "withdraw", None), "王五": ("合格", "withdraw", None),
        "赵六": ("合格", "keep", None), "钱七": ("优秀", "keep", None)}  # fmt: skip
    for way in ways:
        way.decide_on(2026, Decision.WITHDRAW, "李四", "示例〔2026〕9号")
        way.decide_on(2026, Decision.WITHDRAW, "王五", "示例〔2026〕10号")
        on("2027-07-01")
        way.expire()
        on("2026-12-31")
    same(standing)
    assert [(row[0], *row[2:]) for row in same(titles)] == [
        ("张三", "2027-06-19", "expired", "2027-06-19", None, "paid"),
        ("李四", "2027-06-19", "left", "2026-12-31", "示例〔2026〕9号", "suspended"),
        ("王五", "2027-06-19", "left", "2026-12-31", "示例〔2026〕10号", "suspended"),
        ("赵六", "2027-06-19", "expired", "2027-06-19", None, "paid"),
        ("钱七", "2029-06-19", "managed", None, None, "paid"),
    ]  # fmt: skip
    assert same(roster, 2024, tmp_path) == then

    for way in ways:
        way.undo()
    assert same(standing) == before


def second_year(way, on):
    """New criteria, a talk, and another leader in between."""
    way.copy_criteria(2025, "考核标准（第二版）")
    items = sorted(row.id for row in Records(way.read(), "appraisal_items").all_rows(EVERYTHING, ()))
    for item in items[-2:]:
        way.set("appraisal_items", item, maximum="50")
    on("2025-07-01")
    way.hand_over(OLD, NEW, "2025-07-01", "示例〔2025〕3号")
    way.set("contact_log", 1, reply="已安排", done_on="2025-08-01")
    on("2025-12-31")
    assert "优秀 1 / 上限 1" in appraise(way, 2025)
    way.decide_on(2025, Decision.TALK, "李四", "谈话记录1")


def second_round(way):
    """One who holds the title already is told of and steps back."""
    way.new("talent_rounds", OURS, title=SECOND_ROUND, year="2026")
    assert "此人的同一称号还在管理期内" in way.put_forward(SECOND_ROUND, "钱七", "张三")
    way.move(SECOND_ROUND, "withdraw", "张三")
    way.move(SECOND_ROUND, "review", "钱七")
    way.publish(SECOND_ROUND, "2026-06-01")
    assert way.decide(SECOND_ROUND, "2026-06-20", "示例〔2026〕1号", "钱七") == []


def led(opened, day):
    """Who keeps contact with whom on a day."""
    found = leaders_on(opened, ROWS.values(), date.fromisoformat(day))
    return {name: names(found[row]) for name, row in ROWS.items() if row in found}
