"""A year's appraisal: who gets one, scores and grades, frozen criteria, what is suggested and what a decision does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.domain.talents import Decision
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisal_criteria import Versions, copy_version
from socialwork_app.services.appraisal_decisions import Decided, decide, suggest
from socialwork_app.services.appraisal_scoring import grade_all, set_grade, set_score, told_cap, year_sheet
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.appraisals_due import appraisals_due, told
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from tests.services.appraising import ITEMS, Scheme, make_criteria, make_scheme, names

Save = Callable[..., int]


@pytest.fixture
def scheme(opened: OpenRegister, save: Save) -> Scheme:
    return make_scheme(opened, save)


def score(scheme: Scheme, name: str, year: int, share: float, by: str = "评委甲") -> None:
    for item, maximum in ITEMS.items():
        set_score(scheme.opened, scheme.of(name, year), by, item, f"{maximum * share:g}")


def refused(code: str, call: Callable[..., Any], *given: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        call(*given)
    assert error.value.code == code
    return error.value


def values(opened: OpenRegister, kind: str, row_id: int, *keys: str) -> list[object]:
    record = Records(opened, kind).record(row_id)
    return [record.values[key] for key in keys]


# who is appraised


def test_everybody_whose_term_touches_the_year_is_appraised_and_the_others_are_told(scheme: Scheme):
    scheme.holder("在管")
    scheme.holder("刚开始", "2026-12-31")
    scheme.holder("刚届满", "2023", term_to="2026-01-01", talent_state="期满")
    scheme.holder("早届满", "2020", term_to="2023-01-01")
    scheme.holder("当年取消", talent_state="取消", state_on="2026-03", state_reason="违纪")
    scheme.holder("去年退出", talent_state="退出", state_on="2025-12-31", state_reason="自愿")
    scheme.holder("日期不明", talent_state="取消", state_reason="违纪")
    scheme.graded(scheme.holder("已考核"), 2026, "合格")
    begun = begin(scheme.opened, scheme.id, 2026)
    made = Appraisals(scheme.opened).of_year(scheme.id, 2026)
    assert begun.made == 4
    assert set(names(made)) == {"在管", "刚开始", "刚届满", "当年取消", "已考核"}
    assert {one.name: one.reason for one in begun.left_out} == {
        "早届满": "管理期不含 2026 年", "去年退出": "称号已于 2025-12-31 取消或退出", "日期不明": "称号已取消或退出，日期未填",
        "已考核": "已有 2026 年度考核",
    }  # fmt: skip
    History(scheme.opened).undo(begun.changes.change_id or 0)
    assert names(Appraisals(scheme.opened).of_year(scheme.id, 2026)) == ["已考核"]


def test_an_appraisal_keeps_the_facts_of_its_time(scheme: Scheme):
    facts = {"employer": "甲站", "position": "主任", "political_status": "中共党员", "education": "大学本科"}
    person = scheme.holder("张三", person=facts)
    begin(scheme.opened, scheme.id, 2026)
    Records(scheme.opened, "people").save(
        Draft({"employer": "乙站", "position": "干事", "education": "研究生"}, id=person)
    )
    kept = values(scheme.opened, "appraisals", scheme.of("张三", 2026), "unit_then", "post_then", "criteria")
    assert kept == ["甲站", "主任", scheme.criteria]


def test_one_appraisal_a_year_and_scheme(scheme: Scheme):
    person = scheme.holder("张三")
    scheme.graded(person, 2026, "合格")
    again = Records(scheme.opened, "appraisals").save(Draft({"scheme": scheme.id, "year": 2026}, owner_id=person))
    assert [problem.code for problem in again.problems] == ["appraisal.twice"]
    assert begin(scheme.opened, scheme.id, 2026).made == 0


def test_without_criteria_nothing_begins(scheme: Scheme):
    scheme.holder("张三", "2020")
    refused("criteria.none_in_force", begin, scheme.opened, scheme.id, 2023)


# criteria


def test_the_version_that_began_last_is_in_force(scheme: Scheme, save: Save):
    general = make_criteria(save, None, "通用", from_year=2025)
    other = save("talent_schemes", title="别的项目")
    newer = make_criteria(save, scheme.id, "2027版", from_year=2027)
    versions = Versions(scheme.opened)

    def in_force(which: int, year: int) -> int | None:
        found = versions.in_force(which, year)
        return found.id if found else None

    assert [in_force(scheme.id, year) for year in (2023, 2024, 2025, 2027, 2030)] == [
        None, scheme.criteria, general, newer, newer]  # fmt: skip
    assert [in_force(other, year) for year in (2024, 2027)] == [None, general]


@pytest.fixture
def used(scheme: Scheme) -> Scheme:
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    set_score(scheme.opened, scheme.of("张三", 2026), "评委甲", "职业道德", "18")
    return scheme


def first_of(opened: OpenRegister, kind: str) -> int:
    return next(row_id for row_id in range(1, 9) if Records(opened, kind).record(row_id))


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("appraisal_criteria", {"cap_share": 50}), ("appraisal_criteria", {"combined_by": "去掉最高最低分后平均"}),
     ("appraisal_items", {"maximum": 30}), ("appraisal_items", {"title": "品德"}), ("grade_bands", {"minimum": 80})],
)  # fmt: skip
def test_criteria_in_use_are_frozen(used: Scheme, kind: str, raw: dict[str, object]):
    records = Records(used.opened, kind)
    row_id = used.criteria if kind == "appraisal_criteria" else first_of(used.opened, kind)
    before = records.record(row_id)
    saved = records.save(Draft(raw, id=row_id))
    assert [problem.code for problem in saved.problems] == ["criteria.frozen"] and saved.id is None
    refused("criteria.frozen", records.set_all, [row_id], *raw.popitem())
    refused("criteria.frozen", records.delete, [row_id])
    assert records.record(row_id) == before


def test_nothing_is_added_to_criteria_in_use_but_their_notes_are_free(used: Scheme):
    added = Records(used.opened, "appraisal_items").save(Draft({"title": "新", "maximum": 5}, owner_id=used.criteria))
    assert [problem.code for problem in added.problems] == ["criteria.frozen"]
    assert Records(used.opened, "appraisal_criteria").save(Draft({"note": "已用"}, id=used.criteria)).id


def test_the_way_back_does_not_reach_criteria_in_use(scheme: Scheme):
    opened = scheme.opened
    copied = copy_version(opened, scheme.criteria, 2026, "2026版")
    scheme.holder("张三")
    begun = begin(opened, scheme.id, 2026)
    refused("criteria.undo", History(opened).undo, copied.change_id)
    assert len(Versions(opened).by_id[next(iter(copied.ids))].criteria.items) == len(ITEMS)
    for change in (begun.changes, copied):
        History(opened).undo(change.change_id or 0)
    assert len(Versions(opened).by_id) == 1


def test_an_appraiser_is_named_once_in_a_version(scheme: Scheme, save: Save):
    """With two weights it could not be told which of them counts."""
    first = save("appraisers", scheme.criteria, appraiser="评委甲", weight=2)
    appraisers = Records(scheme.opened, "appraisers")
    again = appraisers.save(Draft({"appraiser": "评委甲", "weight": 1}, owner_id=scheme.criteria))
    assert [problem.code for problem in again.problems] == ["criteria.appraiser_twice"]
    assert not appraisers.save(Draft({"weight": 3}, id=first)).problems


def test_criteria_of_appraisals_without_score_or_grade_can_still_be_mended(scheme: Scheme):
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    assert Records(scheme.opened, "appraisal_items").save(Draft({"maximum": 30}, id=1)).id


def test_a_copy_can_be_changed_and_leaves_the_old_results_alone(used: Scheme):
    opened = used.opened
    before = Appraisals(opened).of_year(used.id, 2026)[0].total
    copy = next(iter(copy_version(opened, used.criteria, 2027, "2027版").ids))
    old, new = (Versions(opened).by_id[which] for which in (used.criteria, copy))
    assert (new.criteria, new.scheme, new.from_year) == (old.criteria, used.id, 2027)
    items = Records(opened, "appraisal_items")
    assert items.save(Draft({"title": "创新", "maximum": 10}, owner_id=copy)).id
    assert len(Versions(opened).by_id[copy].criteria.items) == len(ITEMS) + 1
    assert Appraisals(opened).of_year(used.id, 2026)[0].total == before
    refused("criteria.title_taken", copy_version, opened, used.criteria, 2028, "2027版")


# scores and grades


def test_scores_come_to_a_total_and_a_grade(scheme: Scheme):
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    score(scheme, "张三", 2026, 0.9)
    score(scheme, "张三", 2026, 0.8, by="评委乙")
    one = Appraisals(scheme.opened).of_year(scheme.id, 2026)[0]
    assert (one.total, one.appraised_by, one.grade_by_score, one.grade) == (85, 2, "合格", None)
    set_score(scheme.opened, one.id, "评委乙", "工作实绩", "")
    assert Appraisals(scheme.opened).of_year(scheme.id, 2026)[0].total == 87


def test_what_nobody_scored_is_no_nought(scheme: Scheme):
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    assert Appraisals(scheme.opened).of_year(scheme.id, 2026)[0].total is None
    set_score(scheme.opened, scheme.of("张三", 2026), "", "工作实绩", "36")
    assert Appraisals(scheme.opened).of_year(scheme.id, 2026)[0].total == 90


@pytest.mark.parametrize(
    ("item", "typed", "code"),
    [("职业道德", "20.5", "appraisal.over_maximum"), ("职业道德", "-1", "appraisal.no_points"),
     ("职业道德", "好", "appraisal.no_points"), ("从前的", "5", "appraisal.unknown_item")],
)  # fmt: skip
def test_points_that_cannot_be_given(scheme: Scheme, item: str, typed: str, code: str):
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    row_id = scheme.of("张三", 2026)
    refused(code, set_score, scheme.opened, row_id, "评委甲", item, typed)
    assert Appraisals(scheme.opened).of_ids([row_id])[0].scores == ()
    if code == "appraisal.over_maximum":
        draft = Draft({"appraiser": "评委甲", "item": item, "score": typed}, owner_id=row_id)
        assert [one.code for one in Records(scheme.opened, "appraisal_scores").save(draft).problems] == [code]


def test_who_is_not_scored_as_the_others_are_gets_no_grade_by_score(scheme: Scheme):
    """An item that nobody was scored for holds nobody up."""
    first, *rest = ITEMS
    for name in ("张三", "李四"):
        scheme.holder(name)
    begin(scheme.opened, scheme.id, 2026)
    for item in (first, *rest[:-1]):
        set_score(scheme.opened, scheme.of("张三", 2026), "评委甲", item, "9")
    set_score(scheme.opened, scheme.of("李四", 2026), "评委甲", first, "1")
    done = grade_all(scheme.opened, scheme.id, 2026)
    assert (len(done.changes.ids), done.left_out) == (1, ("李四",))
    assert refused("appraisal.nobody_scored", grade_all, scheme.opened, scheme.id, 2026).values["names"] == "李四"


def test_grades_by_score_for_those_without_and_by_decision_for_any(scheme: Scheme):
    for name, share in (("张三", 0.95), ("李四", 0.7), ("王五", 0.5)):
        scheme.holder(name)
        begin(scheme.opened, scheme.id, 2026)
        score(scheme, name, 2026, share)
    scheme.holder("赵六")
    begin(scheme.opened, scheme.id, 2026)
    set_grade(scheme.opened, [scheme.of("王五", 2026)], "基本合格")
    done = grade_all(scheme.opened, scheme.id, 2026)
    grades = {one.name: one.grade for one in Appraisals(scheme.opened).of_year(scheme.id, 2026)}
    assert grades == {"张三": "优秀", "李四": "基本合格", "王五": "基本合格", "赵六": None}
    refused("appraisal.nobody_to_grade", grade_all, scheme.opened, scheme.id, 2026)
    History(scheme.opened).undo(done.changes.change_id or 0)
    assert [one.grade for one in Appraisals(scheme.opened).of_year(scheme.id, 2026) if one.name == "张三"] == [None]


def test_the_cap_counts_those_who_are_graded(scheme: Scheme):
    for number in range(12):
        grade = "优秀" if number < 3 else "未参加考核" if number > 9 else "合格"
        scheme.graded(scheme.holder(f"人{number:02}"), 2026, grade)
    scheme.holder("未考核")
    sheet = year_sheet(scheme.opened, scheme.id, 2026)
    assert (sheet.cap.graded, sheet.cap.excellent, sheet.cap.places, sheet.cap.over) == (10, 3, 2, 1)
    assert (
        told_cap(scheme.opened, sheet.cap)
        == "优秀 3 / 上限 2（10 人×20%，尾数舍去），超出 1 人，总分靠后的是人02。由本单位决定。"
    )
    assert sheet.missing == ("未考核",) and [item.title for item in sheet.items] == list(ITEMS)


# what follows


@pytest.mark.parametrize(
    ("grades", "decision", "reason"),
    [
        ({2026: "优秀"}, "keep", "本年度考核为优秀。"),
        ({2025: "基本合格", 2026: "合格"}, "keep", "本年度考核为合格。"),
        ({2026: "基本合格"}, "talk", "本年度考核为基本合格。"),
        ({2024: "基本合格", 2025: "合格", 2026: "基本合格"}, "withdraw", "已有 2 次，达到 2 次"),
        ({2023: "基本合格", 2026: "基本合格"}, "talk", "本年度"),  # before the term
        ({2026: "不合格"}, "withdraw", "已有 1 次"),
        ({2026: "未参加考核"}, "talk", "未参加考核"),
        ({2025: "优秀"}, None, "尚未考核。"),
    ],
)
def test_three_years_of_grades_suggest(scheme: Scheme, grades: dict[int, str], decision: str | None, reason: str):
    person = scheme.holder("张三")
    for year, grade in grades.items():
        scheme.graded(person, year, grade)
    (found,) = suggest(scheme.opened, scheme.id, 2026)
    assert (found.suggestion.decision if found.suggestion else None) == decision
    assert reason in found.reason


def test_who_left_is_suggested_to_leave_appraised_or_not(scheme: Scheme):
    person = scheme.holder("张三", person={"status": "已离开", "status_on": "2026-05"})
    assert [one.suggestion.decision for one in suggest(scheme.opened, scheme.id, 2026) if one.suggestion] == [
        "withdraw"
    ]
    scheme.graded(person, 2026, "优秀")
    (found,) = suggest(scheme.opened, scheme.id, 2026)
    assert found.suggestion and found.suggestion.code == "suggestion.not_here"


def test_the_list_shows_totals_and_suggestions(scheme: Scheme):
    scheme.holder("张三")
    begin(scheme.opened, scheme.id, 2026)
    score(scheme, "张三", 2026, 0.65)
    grade_all(scheme.opened, scheme.id, 2026)
    keys = ("name", "total_score", "appraised_by", "grade_by_score", "suggestion", "suggestion_reason")
    (row,) = Records(scheme.opened, "appraisals").rows_by_id([scheme.of("张三", 2026)], keys)
    assert [row.values[key] for key in keys] == ["张三", 65, 1, "基本合格", "谈话提醒", "本年度考核为基本合格。"]


@pytest.fixture
def failed(scheme: Scheme) -> Scheme:
    person = scheme.holder("张三", allowance_state="发放")
    scheme.graded(person, 2026, "不合格")
    return scheme


def title_of(scheme: Scheme) -> list[object]:
    return values(
        scheme.opened, "talents", 1, "talent_state", "state_on", "state_document", "state_reason", "allowance_state"
    )


def test_a_withdrawal_acts_on_title_and_allowance_and_is_taken_back_whole(failed: Scheme):
    row_id = failed.of("张三", 2026)
    before = title_of(failed)
    done = decide(failed.opened, [row_id], Decided(Decision.WITHDRAW, "2026-12-25", "示例〔2026〕9号"))
    assert title_of(failed) == [
        "left",
        "2026-12-25",
        "示例〔2026〕9号",
        "管理期内不合格一级的考核结果已有 1 次，达到 1 次。",
        "suspended",
    ]
    assert values(failed.opened, "appraisals", row_id, "decision", "decided_on") == ["withdraw", "2026-12-25"]
    assert History(failed.opened).undo(done.change_id or 0).kept == ()
    assert title_of(failed) == before
    assert values(failed.opened, "appraisals", row_id, "decision", "decided_on") == [None, None]


def test_a_decision_against_the_suggestion_needs_a_reason(failed: Scheme):
    row_id = failed.of("张三", 2026)
    against = Decided(Decision.SUSPEND, "2026-12-25")
    assert "张三" in str(refused("appraisal.reason_missing", decide, failed.opened, [row_id], against).values)
    decide(failed.opened, [row_id], Decided(Decision.SUSPEND, "2026-12-25", reason="从轻"))
    assert title_of(failed)[0] == "managed" and title_of(failed)[-1] == "suspended"
    decide(failed.opened, [row_id], Decided(Decision.KEEP, "2027-01-05", reason="整改到位"))
    assert title_of(failed)[-1] == "paid"
    decide(failed.opened, [row_id], Decided(Decision.WITHDRAW, "2027-02-01"))
    decide(failed.opened, [row_id], Decided(Decision.KEEP, "2027-03-01", reason="申诉"))
    assert title_of(failed)[0] == "left" and title_of(failed)[-1] == "suspended"


def test_a_talk_leaves_the_title_and_without_a_title_nothing_is_withdrawn(scheme: Scheme):
    person = scheme.holder("张三", allowance_state="发放")
    scheme.graded(person, 2026, "基本合格")
    before = title_of(scheme)
    decide(scheme.opened, [scheme.of("张三", 2026)], Decided(Decision.TALK, "2026-12-25"))
    assert title_of(scheme) == before
    scheme.graded(scheme.save("people", name="无称号"), 2026, "不合格")
    refused(
        "appraisal.no_title", decide, scheme.opened, [scheme.of("无称号", 2026)], Decided(Decision.WITHDRAW, "2026")
    )


# what is due


def test_appraisals_missing_ungraded_and_without_evidence_are_due(scheme: Scheme, tmp_path: Path):
    for name in ("未建", "未定", "无据", "有据", "缺席"):
        scheme.holder(name)
    scheme.holder("已走", person={"status": "已离开", "status_on": "2025-03"})
    scheme.holder("已退", talent_state="退出", state_on="2025-10", state_reason="自愿")
    people = {name: number for number, name in enumerate(("未建", "未定", "无据", "有据", "缺席"), start=1)}
    for name, grade in (("未定", ""), ("无据", "合格"), ("有据", "优秀"), ("缺席", "未参加考核")):
        scheme.graded(people[name], 2025, grade)
    evidence = tmp_path / "总结.txt"
    evidence.write_text("事迹", encoding="utf-8")
    Attachments(scheme.opened).add("appraisals", scheme.of("有据", 2025), evidence)

    def due(day: date) -> set[tuple[str, str, int, bool]]:
        return {(one.kind, one.person, one.due.year, one.overdue) for one in appraisals_due(scheme.opened, day)}

    past = {("appraisal_missing", "未建", 2025, True), ("appraisal_ungraded", "未定", 2025, True),
            ("appraisal_evidence", "无据", 2025, True)}  # fmt: skip
    assert due(date(2026, 11, 30)) == past
    running = {("appraisal_missing", name, 2026, False) for name in people}
    assert due(date(2026, 12, 1)) == past | running
    assert told(scheme.opened, date(2026, 11, 30)) == (
        "2025 年度考核有 1 名在管人才尚未建立。", "2025 年度考核有 1 人尚未评定等次。", "2025 年度考核有 1 人已定等次而没有附佐证材料。",
    )  # fmt: skip
