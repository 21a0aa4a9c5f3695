"""Who could sit next year, whose passes are used for the last time, whose senior proofs are open."""

from collections.abc import Callable, Mapping

import pytest

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.exam_forecast import Forecast, Prospect
from socialwork_app.services.opened import OpenRegister

Save = Callable[..., int]


@pytest.fixture
def person(save: Save) -> Save:
    """Somebody with a degree and ten years of social work: may sit for the two lower levels."""

    def made(name: str, **values: object) -> int:
        done = save("people", name=name, education="大学本科", major="社会工作", **values)
        save("employment", done, employer="示例站", **{"from": "2014-01-01"}, social_work="是", full_time="是")
        return done

    return made


def add_entry(save: Save, person: int, year: int, level: str, **values: object) -> int:
    return save("exam_entries", person, year=year, level=level, **values)


def certify(save: Save, person: int, level: str, approved_on: str) -> int:
    return save("certificates", person, level=level, approved_on=approved_on)


def prospects(opened: OpenRegister, year: int) -> Mapping[tuple[str, str], Prospect]:
    return {(one.name, one.level): one for one in Forecast(opened).of_year(year)}


def test_everybody_here_is_judged_above_the_level_held(opened: OpenRegister, save: Save, person: Save):
    person("张三", township="昆阳", employer="示例站")
    certify(save, person("李四"), "中级", "2019-06-15")
    person("王五", status="left")
    save("people", name="赵六")
    found = prospects(opened, 2026)
    assert {key: one.verdict.answer for key, one in found.items()} == {
        ("张三", "assistant"): Answer.YES, ("张三", "social_worker"): Answer.YES,
        ("李四", "senior"): Answer.YES,
        ("赵六", "assistant"): Answer.UNKNOWN, ("赵六", "social_worker"): Answer.UNKNOWN,
    }  # fmt: skip
    assert (found["张三", "assistant"].employer, found["张三", "assistant"].township) == ("示例站", "昆阳街道")


def test_a_pass_is_used_for_the_last_time_in_the_year_after(opened: OpenRegister, save: Save, person: Save):
    add_entry(save, person("张三"), 2025, "中级", comprehensive=70, policy=61, practice=40)
    now, later = prospects(opened, 2026)["张三", "social_worker"], prospects(opened, 2027)["张三", "social_worker"]
    assert (now.subjects, now.lapsing) == (("practice",), ("comprehensive", "policy"))
    assert (later.subjects, later.lapsing) == (("comprehensive", "policy", "practice"), ())
    assert [(one.name, one.subjects) for one in Forecast(opened).lapsing(2026)] == [
        ("张三", ("comprehensive", "policy"))
    ]
    assert Forecast(opened).lapsing(2025) == [] == Forecast(opened).lapsing(2027)


def test_of_passes_of_two_years_each_has_its_own_last_year(opened: OpenRegister, save: Save, person: Save):
    """The oldest pass lapses first; the younger one must not be forgotten with it."""
    candidate = person("张三")
    add_entry(save, candidate, 2024, "中级", comprehensive=70, policy=30, practice=40)
    add_entry(save, candidate, 2025, "中级", comprehensive=None, policy=61, practice=40, subjects="法规与政策、实务")
    assert [one.subjects for one in Forecast(opened).lapsing(2025)] == [("comprehensive",)]
    assert [one.subjects for one in Forecast(opened).lapsing(2026)] == [("policy",)]
    assert prospects(opened, 2026)["张三", "social_worker"].lapsing == ("policy",)


def test_what_is_passed_in_the_year_itself_lapses_no_more(opened: OpenRegister, save: Save, person: Save):
    candidate = person("张三")
    add_entry(save, candidate, 2024, "中级", comprehensive=70, policy=61, practice=40)
    add_entry(save, candidate, 2025, "中级", practice=75, subjects="实务")
    assert Forecast(opened).lapsing(2025) == []


def test_the_assistant_exam_does_not_roll(opened: OpenRegister, save: Save, person: Save):
    add_entry(save, person("张三"), 2025, "初级", comprehensive=70, practice=40)
    assert Forecast(opened).lapsing(2025) == [] == Forecast(opened).lapsing(2026)
    assert prospects(opened, 2026)["张三", "assistant"].lapsing == ()


def test_who_signed_up_is_told_apart(opened: OpenRegister, save: Save, person: Save):
    add_entry(save, person("张三"), 2026, "中级")
    person("李四")
    found = prospects(opened, 2026)
    assert {key: one.entered for key, one in found.items()} == {
        ("张三", "assistant"): False, ("张三", "social_worker"): True,
        ("李四", "assistant"): False, ("李四", "social_worker"): False,
    }  # fmt: skip


def test_who_passed_and_waits_for_the_certificate_is_not_called_up_again(
    opened: OpenRegister, save: Save, person: Save
):
    add_entry(save, person("张三"), 2025, "中级", comprehensive=70, policy=61, practice=62)
    assert prospects(opened, 2026) == {}
    assert ("张三", "social_worker") in prospects(opened, 2025)


def test_who_passed_without_a_certificate_on_record_may_be_a_senior_candidate(
    opened: OpenRegister, save: Save, person: Save
):
    """A certificate of 2023 may be old enough in 2028; one of 2024 is surely too young, and 王五 has passed nothing."""
    for name, year, practice in (("张三", 2023, 60), ("李四", 2024, 60), ("王五", 2023, 59)):
        candidate = person(name)
        add_entry(save, candidate, year - 1, "中级", comprehensive=70, policy=70, practice=40)
        add_entry(save, candidate, year, "中级", practice=practice, subjects="实务")
    found = prospects(opened, 2028)
    assert {name for name, level in found if level == "senior"} == {"张三"}
    verdict = found["张三", "senior"].verdict
    assert [(one.code, one.values["level"]) for one in verdict.missing] == [
        ("eligibility.unknown_certificate", "social_worker")
    ]
    candidates = {one.name: one.verdict for one in Forecast(opened).results.exams.candidates("senior", 2028)}
    assert {name: one.answer for name, one in candidates.items()} == {
        "张三": Answer.UNKNOWN, "李四": Answer.NO, "王五": Answer.NO,
    }  # fmt: skip


def test_a_certificate_on_record_stands_before_the_pass(opened: OpenRegister, save: Save, person: Save):
    candidate = person("张三")
    add_entry(save, candidate, 2022, "中级", comprehensive=70, policy=70, practice=70)
    certify(save, candidate, "中级", "2023-06-15")
    assert prospects(opened, 2027)["张三", "senior"].verdict.answer is Answer.NO
    assert prospects(opened, 2028)["张三", "senior"].verdict.answer is Answer.YES


def test_open_proofs_of_the_senior_exam(opened: OpenRegister, save: Save, person: Save):
    passed = {}
    for name, proof_on in (("张三", "2025-08-01"), ("李四", "2022-08-01"), ("王五", None), ("赵六", "2025-08-01"),
                           ("孙七", "2025-08-01")):  # fmt: skip
        candidate = person(name)
        certify(save, candidate, "中级", "2015-06-15")
        passed[name] = add_entry(save, candidate, 2025, "高级", practice=70, proof_on=proof_on)
        if name == "孙七":
            certify(save, candidate, "高级", "2026-01")
    save("senior_reviews", passed["张三"], year=2025, state="未通过")
    save("senior_reviews", passed["赵六"], year=2025, state="通过")
    forecast = Forecast(opened)
    assert {one.name: (one.proof.until.isoformat(), one.reviews) for one in forecast.open_proofs()} == {
        "张三": ("2028-07-31", 1), "李四": ("2025-07-31", 0),
    }  # fmt: skip
    assert [one.name for one in forecast.undated_proofs()] == ["王五"]
    senior = {name for name, level in prospects(opened, 2026) if level == "senior"}
    assert "张三" not in senior and "李四" in senior


def test_the_steps_are_those_of_all_levels_and_can_be_stopped(opened: OpenRegister, person: Save):
    class Counting(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            told.append((done, total))

    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    told: list[tuple[int, int | None]] = []
    person("张三")
    person("李四")
    assert len(list(Forecast(opened).of_year(2026, Counting()))) == 4
    assert told == [(0, 6), (2, 6), (4, 6)]
    with pytest.raises(Cancelled):
        list(Forecast(opened).of_year(2026, Stop()))


def test_who_passed_the_senior_exam_waits_and_is_not_called_up_again(opened: OpenRegister, save: Save, person: Save):
    """For the certificate when the review is passed; for the review also where nobody wrote down the proof's day."""
    for name, reviewed in (("张三", True), ("李四", False)):
        candidate = person(name)
        certify(save, candidate, "中级", "2015-06-15")
        entry = add_entry(save, candidate, 2024, "高级", practice=70, proof_on="2020-08-01" if reviewed else None)
        if reviewed:
            save("senior_reviews", entry, year=2024, state="通过")
    assert prospects(opened, 2026) == {}
    assert {name for name, _ in prospects(opened, 2028)} == {"李四"}
