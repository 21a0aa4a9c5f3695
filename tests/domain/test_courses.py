"""Courses: who has a place, which half-days there are, how many hours somebody was there, what goes to the ledger."""

from collections.abc import Mapping
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import courses, crediting
from socialwork_app.domain.courses import ABSENT, EXCUSED, LATE, PRESENT, HalfDay, Place, Session, Standing
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.rules import RuleTable

DAY = date(2026, 7, 31)
HALF_DAYS = [HalfDay(f"2026-07-{day:02d}", half) for day in range(1, 6) for half in courses.HALVES]
MARKS = st.dictionaries(st.sampled_from(HALF_DAYS), st.sampled_from((PRESENT, LATE, ABSENT, EXCUSED)))
HOURS = st.none() | st.integers(0, 800).map(lambda hundredths: hundredths / 100)
SESSIONS = st.dictionaries(st.sampled_from(HALF_DAYS), HOURS).map(
    lambda found: [Session(at, hours) for at, hours in found.items()]
)
SWITCHES = st.sampled_from(("yes", "no"))
COURSE: Mapping[str, Value] = {
    "title": "社区工作方法班",
    "organiser": "示例区民政局",
    "form": "短期培训",
    "category": "professional",
}


def rules(late: str = "yes", failed: str = "no") -> RuleTable:
    rows = (("training.late_counts", late), ("training.failed_counts", failed))
    blank = dict.fromkeys(("unit", "valid_from", "valid_to", "document", "article", "trust", "note"))
    return RuleTable({"rule": rule, "title": rule, "value": value, **blank} for rule, value in rows)


def hours(marks: Mapping[HalfDay, str], sessions: list[Session], table: RuleTable) -> float:
    return courses.hours(courses.attended(marks, table, DAY), sessions)


class TestPlaces:
    @pytest.mark.parametrize(("states", "places", "told"), [
        ("sss", 2, ["taken", "taken", "waiting 1"]),
        ("swss", 2, ["taken", "withdrawn", "taken", "waiting 1"]),
        ("isis", 1, ["invited", "taken", "invited", "waiting 1"]),
        ("sss", None, ["taken"] * 3), ("ss", 0, ["waiting 1", "waiting 2"]), ("", 5, []),
    ])  # fmt: skip
    def test_they_go_by_arrival(self, states: str, places: int | None, told: list[str]):
        words = {"s": courses.SIGNED_UP, "i": courses.INVITED, "w": courses.WITHDRAWN}
        found = courses.standings([words[state] for state in states], places)
        assert [f"{one.place}{f' {one.waiting_as}' if one.waiting_as else ''}" for one in found] == told

    @given(
        st.lists(st.sampled_from((courses.SIGNED_UP, courses.INVITED, courses.WITHDRAWN))), st.integers(0, 8), st.data()
    )
    def test_who_withdraws_harms_nobody(self, states: list[str], places: int, data: st.DataObject):
        if not states:
            return
        leaving = data.draw(st.integers(0, len(states) - 1))
        before = courses.standings(states, places)
        after = courses.standings([*states[:leaving], courses.WITHDRAWN, *states[leaving + 1 :]], places)
        order = (Place.TAKEN, Place.WAITING)
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            if place != leaving and old.place in order:
                assert (order.index(new.place), new.waiting_as) <= (order.index(old.place), old.waiting_as)
        assert sum(one.place is Place.TAKEN for one in after) <= places

    def test_standing_says_nothing_of_waiting_for_others(self):
        assert courses.standings([courses.SIGNED_UP], 1) == [Standing(Place.TAKEN)]


class TestDays:
    @pytest.mark.parametrize(("since", "until", "found"), [
        ("2026-07-01", "2026-07-03", ["2026-07-01", "2026-07-02", "2026-07-03"]),
        ("2028-02-28", "2028-03-01", ["2028-02-28", "2028-02-29", "2028-03-01"]),
        ("2026-07-01", None, ["2026-07-01"]), (None, "2026-07-01", ["2026-07-01"]), (None, None, []),
        ("2026-07", "2026-07-03", []), ("2026-07-03", "2026-07-01", []),
    ])  # fmt: skip
    def test_from_first_to_last(self, since: str | None, until: str | None, found: list[str]):
        assert sorted(courses.days(since, until, ())) == found

    def test_half_days_say_it_better(self):
        assert courses.days("2026-07-01", "2026-07-31", HALF_DAYS[:4]) == {"2026-07-01", "2026-07-02"}

    def test_a_slip_of_the_year_does_not_make_thousands(self):
        assert len(courses.days("2026-01-01", "2062-01-01", ())) == courses.LONGEST_COURSE

    def test_each_day_has_morning_and_afternoon_also_at_weekends(self):
        planned = courses.planned_sessions("2026-07-03", "2026-07-05")
        assert [(at.day[-2:], at.half) for at in planned] == [
            ("03", "morning"), ("03", "afternoon"), ("04", "morning"), ("04", "afternoon"), ("05", "morning"), ("05", "afternoon"),
        ]  # fmt: skip


class TestHours:
    @pytest.mark.parametrize(("late", "told"), [("yes", 7.5), ("no", 4)])
    def test_late_counts_by_the_switch(self, late: str, told: float):
        marks = dict(zip(HALF_DAYS, (PRESENT, LATE, ABSENT, EXCUSED), strict=False))
        sessions = [Session(at, hours) for at, hours in zip(HALF_DAYS, (4, 3.5, 4, 4), strict=False)]
        assert hours(marks, sessions, rules(late)) == told

    @pytest.mark.parametrize(("assessment", "switch", "counts"), [
        (None, "no", True), ("passed", "no", True), ("excellent", "no", True), ("not_assessed", "no", True),
        ("failed", "no", False), ("failed", "yes", True),
    ])  # fmt: skip
    def test_failed_counts_by_the_switch(self, assessment: str | None, switch: str, counts: bool):
        assert courses.credited(assessment, rules(failed=switch), DAY) is counts

    @given(MARKS, SESSIONS, SWITCHES, st.sampled_from(HALF_DAYS))
    def test_one_more_present_never_lowers_them(
        self, marks: dict[HalfDay, str], sessions: list[Session], late: str, at: HalfDay
    ):
        table = rules(late)
        assert hours({**marks, at: PRESENT}, sessions, table) >= hours(marks, sessions, table)

    @given(MARKS, SESSIONS, SWITCHES)
    def test_never_more_than_the_course_has(self, marks: dict[HalfDay, str], sessions: list[Session], late: str):
        whole = hours(dict.fromkeys(HALF_DAYS, PRESENT), sessions, rules(late))
        assert 0 <= hours(marks, sessions, rules(late)) <= whole
        assert hours({}, sessions, rules(late)) == 0


class TestNumbers:
    @pytest.mark.parametrize(("taken", "count", "found"), [
        ([], 2, ["甲001", "甲002"]), (["甲007", "甲003"], 1, ["甲008"]), (["乙009", "甲x", "甲"], 1, ["甲001"]),
        (["甲999"], 1, ["甲1000"]), (["甲001"], 0, []),
    ])  # fmt: skip
    def test_they_follow_the_highest(self, taken: list[str], count: int, found: list[str]):
        assert courses.next_numbers("甲", taken, count) == found


def applied(stands: list[dict[str, Value]], found: crediting.Difference) -> list[dict[str, Value]]:
    """The ledger after it was brought in line."""
    fresh = count(max((int(str(row["id"])) for row in stands), default=0) + 1)
    kept = [{**row, **found.changed.get(int(str(row["id"])), {})} for row in stands if row["id"] not in found.gone]
    return [*kept, *({"id": next(fresh), "person_id": person, **values} for person, values in found.new.items())]


PEOPLE = st.integers(1, 6)
WANTED = st.dictionaries(
    PEOPLE, st.tuples(st.integers(1, 3200).map(lambda number: number / 100), st.none() | st.just("甲001"))
).map(
    lambda found: {person: crediting.record(COURSE, "2026-07-01", "2026-07-05", *one) for person, one in found.items()}
)
STANDS = st.lists(st.tuples(PEOPLE, st.integers(1, 3200))).map(
    lambda found: [{"id": number, "person_id": person, **crediting.record(COURSE, None, "2026-07", hours / 100, None)}
                   for number, (person, hours) in enumerate(found, 1)]
)  # fmt: skip


class TestCrediting:
    @given(WANTED, STANDS)
    def test_once_is_enough_and_nobody_stands_twice(
        self, wanted: dict[int, crediting.Values], stands: list[dict[str, Value]]
    ):
        after = applied(stands, crediting.difference(wanted, stands))
        assert sorted(int(str(row["person_id"])) for row in after) == sorted(wanted)
        assert crediting.difference(wanted, after) == ({}, {}, (), frozenset())

    @given(WANTED, STANDS)
    def test_what_is_credited_is_what_was_attended(
        self, wanted: dict[int, crediting.Values], stands: list[dict[str, Value]]
    ):
        after = applied(stands, crediting.difference(wanted, stands))
        credited = {row["person_id"]: row["hours"] for row in after}
        assert credited == {person: values["hours"] for person, values in wanted.items()}

    @given(WANTED, STANDS)
    def test_the_people_are_those_of_whom_something_changes(
        self, wanted: dict[int, crediting.Values], stands: list[dict[str, Value]]
    ):
        found = crediting.difference(wanted, stands)
        after = applied(stands, found)
        told = {row["person_id"] for row in (*stands, *after) if (row in stands) != (row in after)}
        assert told == found.people

    def test_the_number_is_the_proof_and_without_one_the_sign_in(self):
        assert crediting.record(COURSE, None, None, 4, "甲001")["proof"] == "甲001"
        assert crediting.record(COURSE, None, None, 4, None)["proof"] == crediting.ON_RECORD


@pytest.mark.parametrize(
    ("course_hours", "closes"),
    [(16, (2, 1, 1)), (15.5, (1, 2, 1)), (40, (3, 0, 1)), (0, (0, 0, 1))],
)
def test_gaps_that_a_course_closes(course_hours, closes):
    """Its hours count on its last day: who has until that day is in time, who had until the day before is not."""
    last_day = date(2026, 7, 2)
    gaps = [courses.Gap(16, date(2026, 7, 2)), courses.Gap(4, date(2027, 1, 1)), courses.Gap(40, date(2028, 1, 1)),
            courses.Gap(1, date(2026, 7, 1))]  # fmt: skip
    assert tuple(courses.closing(course_hours, last_day, gaps)) == closes
