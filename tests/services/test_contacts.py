"""Who keeps contact with whom on a day: a change of leader keeps the past; requests stay open until they are done."""

from collections.abc import Callable
from datetime import date

import pytest

from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import contacts_due
from socialwork_app.services.contacts import leaders_on, liaisons_on, names, open_requests, standing
from socialwork_app.services.history import History
from socialwork_app.services.leader_changes import Handing, change_leader, replace_leader
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]
MOVED = date(2026, 7, 1)


@pytest.fixture
def leaders(save: Save) -> dict[str, int]:
    return {name: save("leaders", name=name, post="某职务") for name in ("甲领导", "乙领导", "丙领导")}


@pytest.fixture
def kept(save: Save, leaders: dict[str, int]) -> Callable[..., int]:
    """Somebody with whom a leader keeps contact, from one day to another."""

    def made(name: str, *spells: tuple[str, str | None, str | None]) -> int:
        person = save("people", name=name)
        for leader, since, until in spells:
            save("leader_contacts", person, leader=leaders[leader], **{"from": since, "to": until})
        return person

    return made


def on(opened: OpenRegister, person: int, day: str) -> str | None:
    return names(leaders_on(opened, [person], date.fromisoformat(day)).get(person, ()))


def spells(opened: OpenRegister, person: int) -> list[tuple[str, str | None, str | None, str | None]]:
    with opened.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT l.name, c.\"from\", c.\"to\", c.document FROM leader_contacts c JOIN leaders l ON l.id = c.leader "
            "WHERE c.person_id = ? ORDER BY c.id", (person,))  # fmt: skip
        return [tuple(row) for row in found]


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2026-03-05", "2026-06-30", "2026-03-04", False),
        ("2026-03-05", "2026-06-30", "2026-03-05", True),
        ("2026-03-05", "2026-06-30", "2026-06-30", True),
        ("2026-03-05", "2026-06-30", "2026-07-01", False),
        (None, "2026-06-30", "1999-01-01", True),
        ("2026-03-05", None, "2099-01-01", True),
        (None, None, "2026-01-01", True),
        ("2026-03", "2026-06", "2026-03-01", True),
        ("2026-03", "2026-06", "2026-06-30", True),
        ("2026", "2026", "2026-12-31", True),
        ("2026", "2026", "2027-01-01", False),
    ],
)
def test_who_keeps_contact_on_a_day(opened, kept, save, since, until, day, holds):
    person = kept("张三", ("甲领导", since, until))
    assert on(opened, person, day) == ("甲领导" if holds else None)
    unit = save("organisations", name="甲站")
    save("liaisons", unit, name="联络甲", phone="19900001234", **{"from": since, "to": until})
    found = liaisons_on(opened, [unit], date.fromisoformat(day))
    assert (names(found.get(unit, ())), unit in found) == ("联络甲" if holds else None, holds)


def test_a_change_of_leader_keeps_the_past(opened, kept, leaders):
    person = kept("张三", ("丙领导", "2023-01-01", "2024-12-31"), ("甲领导", "2025-01-01", None))
    done = change_leader(opened, [person], Handing(leaders["乙领导"], MOVED, "某文〔2026〕1号"))
    assert done.people == 1
    assert [on(opened, person, day) for day in ("2024-12-31", "2025-01-01", "2026-06-30", "2026-07-01", "2030-01-01")] \
        == ["丙领导", "甲领导", "甲领导", "乙领导", "乙领导"]  # fmt: skip
    assert spells(opened, person)[1:] == [("甲领导", "2025-01-01", "2026-06-30", None),
                                          ("乙领导", "2026-07-01", None, "某文〔2026〕1号")]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [("乙领导", "2026-07-01", None)]),
        ([("甲领导", None, None)], [("甲领导", None, "2026-06-30"), ("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2026", None)], [("甲领导", "2026", "2026-06-30"), ("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2025-01-01", "2026-12-31")], [("甲领导", "2025-01-01", "2026-06-30"), ("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2025-01-01", "2026-06-30")], [("甲领导", "2025-01-01", "2026-06-30"), ("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2026-07-01", None)], [("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2026-07", None)], [("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2025", None), ("丙领导", "2025", None)],
         [("甲领导", "2025", "2026-06-30"), ("丙领导", "2025", "2026-06-30"), ("乙领导", "2026-07-01", None)]),
        ([("甲领导", "2025", None), ("乙领导", "2026-02", None)],
         [("甲领导", "2025", "2026-06-30"), ("乙领导", "2026-02", None)]),
    ],
)  # fmt: skip
def test_from_what_stood_to_what_stands(opened, kept, leaders, before, after):
    person = kept("张三", *before)
    assert change_leader(opened, [person], Handing(leaders["乙领导"], MOVED)).people == 1
    assert [spell[:3] for spell in spells(opened, person)] == after


def test_who_has_the_leader_already_is_left_alone(opened, kept, leaders):
    person = kept("张三", ("乙领导", "2025", None))
    done = change_leader(opened, [person], Handing(leaders["乙领导"], MOVED))
    assert (done.people, done.changes.kinds, len(spells(opened, person))) == (0, frozenset(), 1)


def test_what_begins_later_is_not_run_over(opened, kept, leaders):
    ready, later = kept("李四", ("甲领导", "2025", None)), kept("张三", ("甲领导", "2026-07-02", None))
    with pytest.raises(DomainError) as refused:
        change_leader(opened, [ready, later], Handing(leaders["乙领导"], MOVED))
    assert refused.value.values["names"] == "张三"
    assert len(spells(opened, ready)) == 1


def test_it_is_one_change_and_can_be_taken_back(opened, kept, leaders):
    people = [kept("张三", ("甲领导", "2025", None)), kept("李四", ("甲领导", "2026-07-01", None)), kept("王五")]
    before = [spells(opened, person) for person in people]
    done = change_leader(opened, people, Handing(leaders["乙领导"], MOVED))
    assert done.people == 3 and {on(opened, person, "2026-07-01") for person in people} == {"乙领导"}
    assert History(opened).undo(done.changes.change_id or 0).kept == ()
    assert [spells(opened, person) for person in people] == before


def test_a_leader_moves_and_all_go_to_the_next(opened, kept, leaders):
    alone, two, other, former = (
        kept("张三", ("甲领导", "2025", None)),
        kept("李四", ("甲领导", "2025", None), ("丙领导", "2025", None)),
        kept("王五", ("丙领导", "2025", None)),
        kept("赵六", ("甲领导", "2024", "2025-12-31")),
    )
    done = replace_leader(opened, leaders["甲领导"], Handing(leaders["乙领导"], MOVED))
    assert done.people == 2
    assert [on(opened, person, "2026-07-01") for person in (alone, two, other, former)] \
        == ["乙领导", "丙领导、乙领导", "丙领导", None]  # fmt: skip
    assert on(opened, alone, "2026-06-30") == "甲领导"
    records = Records(opened, "leaders")
    assert records.record(leaders["甲领导"]).values["to"] == "2026-06-30"
    History(opened).undo(done.changes.change_id or 0)
    assert on(opened, alone, "2026-07-01") == "甲领导"
    assert records.record(leaders["甲领导"]).values["to"] is None


def test_a_last_day_that_is_known_stays_and_nobody_is_handed_to_himself(opened, kept, leaders):
    kept("张三", ("甲领导", "2025", None))
    records = Records(opened, "leaders")
    records.save(Draft({"to": "2026-05"}, id=leaders["甲领导"]))
    replace_leader(opened, leaders["甲领导"], Handing(leaders["乙领导"], MOVED))
    assert records.record(leaders["甲领导"]).values["to"] == "2026-05"
    with pytest.raises(DomainError):
        replace_leader(opened, leaders["乙领导"], Handing(leaders["乙领导"], MOVED))


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        (("2025-01-01", "2026-06-30"), ("2026-07-01", None), []),
        (("2025-01-01", "2026-07-01"), ("2026-07-01", None), ["contact.overlaps"]),
        (("2025-01-01", None), ("2026-07-01", None), ["contact.overlaps"]),
        (("2025", "2026-06"), ("2026-06", None), []),
        (("2025", "2026"), ("2026-06-30", None), []),
        ((None, None), (None, None), ["contact.overlaps"]),
        (("2027", None), (None, "2026"), []),
        (("2025", None), ("2027", "2026"), ["contact.to_before"]),
    ],
)
def test_two_leaders_at_a_time_are_remarked_on(opened, kept, leaders, first, second, codes):
    person = kept("张三", ("甲领导", *first))
    raw = {"leader": leaders["乙领导"], "from": second[0], "to": second[1]}
    found = Records(opened, "leader_contacts").check(Draft(raw, owner_id=person)).problems
    assert [problem.code for problem in found][:1] == codes


def test_a_leader_who_left_has_to_hand_over(opened, kept, leaders):
    for number, until in enumerate((None, "2026-06-30", "2026-07-01")):
        kept(f"人{number}", ("甲领导", "2025", until))
    found = Records(opened, "leaders").check(Draft({"to": "2026-06-30"}, id=leaders["甲领导"])).problems
    assert [(problem.code, problem.values) for problem in found] == [("contact.no_longer_kept", {"count": 2})]


# what came of it


def test_requests_are_open_until_they_are_done(opened, kept, save):
    person = kept("张三")
    for day, request, done in (("2026-03-01", "场地", None), ("2026-01-10", "培训", "2026-02-20"), ("2026-02", "经费", None),
                               ("2026-01-01", None, None)):  # fmt: skip
        save("contact_log", person, date=day, contact_form="走访", request=request, done_on=done)

    def found(day: str) -> list[tuple[str, int]]:
        asked = date.fromisoformat(day)
        return [(one.values["request"], one.age(asked)) for one in open_requests(opened, asked)]

    assert found("2026-01-09") == []
    assert found("2026-02-19") == [("培训", 40), ("经费", 18)]
    assert found("2026-02-20") == [("经费", 19)]
    assert found("2026-03-31") == [("经费", 58), ("场地", 30)]


def test_what_waits_longer_than_the_setting_is_due(opened, kept, save):
    person = kept("张三")
    entry = save("contact_log", person, date="2026-03-01", contact_form="走访", request="场地")
    assert (
        contacts_due.contacts_due(opened, date(2026, 3, 31)) == [] == list(contacts_due.told(opened, date(2026, 3, 31)))
    )
    (found,) = contacts_due.contacts_due(opened, date(2026, 4, 1))
    assert (found.person, found.record_id, found.due, found.overdue) == ("张三", entry, date(2026, 3, 31), True)
    assert found.message == "2026-03-01 反映的诉求已 31 天，尚未办结。"
    assert contacts_due.told(opened, date(2026, 4, 1)) == ("1 条人才诉求超过 30 天未办结，最早的是张三。",)
    rules = Records(opened, "rules")
    rules.save(Draft({"value": "31"}, id=next(row.id for row in rules.all_rows(Filter(), ("rule",))
                                              if row.values["rule"] == "due.request_days")))  # fmt: skip
    assert contacts_due.contacts_due(opened, date(2026, 4, 1)) == []


def test_whoever_holds_a_title_stands_with_leader_liaison_and_contacts(opened, kept, leaders, save):
    person = save("people", name="张三", employer="甲站", position="主任")
    scheme = save("talent_schemes", title="优秀人才")
    save("talents", person, scheme=scheme, term_from="2024-06-01", term_to="2027-05-31")
    save("leader_contacts", person, leader=leaders["甲领导"], **{"from": "2024"})
    save("liaisons", 1, name="联络甲", phone="19900001234")
    for day in ("2025-12-31", "2026-01-01", "2026-05"):
        save("contact_log", person, date=day, contact_form="电话", request="场地")
    without_title = kept("李四", ("乙领导", "2025", None))
    found = {one.person.id: one for one in standing(opened, date(2026, 4, 30))}
    one = found.pop(person)
    assert (one.person.name, one.person.unit_and_post, one.in_term) == ("张三", "甲站 主任", True)
    assert [title for _, title in one.titles] == ["优秀人才"]
    assert (names(one.leaders), one.liaisons[0].name, one.liaisons[0].phone) == ("甲领导", "联络甲", "19900001234")
    assert len(one.of_year(2026)) == 1 and one.last and one.last.values["date"] == "2026-01-01"
    assert len(one.open(date(2026, 4, 30))) == 2
    assert not found.pop(without_title).in_term and not found


@pytest.mark.parametrize(
    ("title", "day", "runs"),
    [
        ({"term_from": "2024-06-01", "term_to": "2027-05-31"}, "2024-05-31", False),
        ({"term_from": "2024-06-01", "term_to": "2027-05-31"}, "2027-05-31", True),
        ({"term_from": "2024-06-01", "term_to": "2027-05-31"}, "2027-06-01", False),
        ({"granted_on": "2024"}, "2031-01-01", True),
        ({"term_to": "2027-05-31", "talent_state": "期满", "state_on": "2027-05-31"}, "2027-05-31", True),
        ({"talent_state": "期满", "state_on": "2027-05-31"}, "2027-05-31", True),
        ({"talent_state": "期满", "state_on": "2027-05-31"}, "2027-06-01", False),
        ({"talent_state": "期满"}, "2026-01-01", False),
        ({"term_to": "2027-05-31", "talent_state": "取消", "state_on": "2026-03-01", "state_reason": "示例"}, "2026-02-28", True),
        ({"term_to": "2027-05-31", "talent_state": "取消", "state_on": "2026-03-01", "state_reason": "示例"}, "2026-03-01", False),
        ({"term_to": "2027-05-31", "talent_state": "退出", "state_reason": "示例"}, "2026-03-01", False),
    ],
)  # fmt: skip
def test_a_title_is_in_term_by_its_dates_whatever_became_of_it(opened, save, title, day, runs):
    person = save("people", name="张三")
    save("talents", person, scheme=save("talent_schemes", title="优秀人才"), **title)
    assert [one.person.name for one in standing(opened, date.fromisoformat(day))] == (["张三"] if runs else [])
