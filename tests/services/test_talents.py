"""Two rounds of a scheme from recommendation to decision, what each change does and how it is taken back."""

from datetime import date

import pytest

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.domain.problems import Severity
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import talents
from socialwork_app.services.history import History
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.selection import Selection

DECIDED = date(2026, 3, 20)


@pytest.fixture
def scheme(save):
    return save("talent_schemes", title="示例人才", cap="2", term_years="3", allowance="300", publication_days="5")


@pytest.fixture
def put_forward(opened, save, scheme):
    """A round, and so many candidates."""

    def put(count, **values):
        title = f"第{len(Selection(opened).rounds()) + 1}届示例人才"
        made = save("talent_rounds", scheme, title=title, **{"year": "2026", **values})
        for number in range(count):
            person = save("people", name="甲乙丙丁戊"[number])
            save("talent_candidates", person, round=title, talent_category="督导")
        selection = Selection(opened)
        return selection, selection.round(made), [one.id for one in selection.candidates(made)]

    return put


def stored(opened, kind, row_id):
    return Records(opened, kind).record(row_id).values


def titles(opened):
    keys = ("name", "scheme", "round", "granted_on", "document", "term_from", "term_to", "talent_state",
            "allowance_state", "talent_category")  # fmt: skip
    return [row.values for row in Records(opened, "talents").all_rows(EVERYTHING, keys)]


def states(selection, of):
    return [one.state for one in selection.candidates(of.id)]


def test_candidates_go_stage_by_stage_several_at_once_and_back_in_one_undo(opened, put_forward):
    selection, of, ids = put_forward(3)
    assert states(selection, of) == ["recommended"] * 3
    moved = selection.move(of, ids[:2], "reviewed")
    selection.move(of, ids[2:], "rejected")
    assert states(selection, of) == ["reviewed", "reviewed", "rejected"] and moved.ids == set(ids[:2])
    History(opened).undo(moved.change_id)
    assert states(selection, of) == ["recommended", "recommended", "rejected"]


def test_publication_writes_its_days_and_the_stage_in_one_change(opened, put_forward, save):
    save("holidays", date="2026-03-12", day_kind="放假")
    selection, of, ids = put_forward(2)
    shown = selection.published_from(of, date(2026, 3, 10))
    assert shown.last == "2026-03-17" and shown.unknown == ()
    done = selection.publish(of, ids[:1], shown.first, shown.last)
    assert states(selection, of) == ["published", "recommended"]
    assert stored(opened, "talent_rounds", of.id)["published_until"] == "2026-03-17"
    History(opened).undo(done.change_id)
    assert states(selection, of) == ["recommended", "recommended"]
    assert stored(opened, "talent_rounds", of.id)["published_on"] is None


def test_the_form_of_a_round_fills_in_the_last_day_too(opened, put_forward):
    _, of, _ = put_forward(0)
    saved = Records(opened, "talent_rounds").save(Draft({"published_on": "2026-03-10"}, id=of.id))
    assert stored(opened, "talent_rounds", of.id)["published_until"] == "2026-03-16"
    assert [problem.code for problem in saved.problems] == ["selection.holidays_unknown"]
    wrong = Records(opened, "talent_rounds").save(Draft({"published_until": "2026-03-09"}, id=of.id))
    assert [problem.code for problem in wrong.problems] == ["selection.until_before"] and wrong.id is None
    early = Records(opened, "talent_rounds").save(Draft({"decided_on": "2026-03-15"}, id=of.id))
    assert [problem.code for problem in early.problems] == ["selection.decided_before"] and early.id


@pytest.mark.parametrize(("key", "number"), [("term_years", "-3"), ("term_years", "20260101"), ("cap", "-1"),
                                             ("publication_days", "20260301")])  # fmt: skip
def test_a_number_of_a_scheme_that_can_not_be_meant_is_refused(opened, scheme, key, number):
    saved = Records(opened, "talent_schemes").save(Draft({key: number}, id=scheme))
    assert [(one.code, one.field) for one in saved.problems] == [("scheme.number", key)]
    assert saved.id is None


def test_a_round_before_its_cycle_is_told_and_saved(opened, scheme, save):
    Records(opened, "talent_schemes").save(Draft({"cycle_years": "2"}, id=scheme))
    first = save("talent_rounds", scheme, title="第一届示例人才", year="2024")
    early = Records(opened, "talent_rounds").save(Draft({"title": "第二届示例人才", "year": "2025"}, owner_id=scheme))
    assert early.id and [(one.code, one.field) for one in early.problems] == [("selection.before_cycle", "year")]
    moved = Records(opened, "talent_rounds").save(Draft({"year": "2026"}, id=early.id))
    assert moved.problems == ()
    assert Records(opened, "talent_rounds").save(Draft({"year": "2025"}, id=first)).problems == ()
    other = save("talent_schemes", title="市级人才", cycle_years="2")
    alone = Records(opened, "talent_rounds").save(Draft({"title": "市级第一届", "year": "2025"}, owner_id=other))
    assert alone.problems == ()


def test_who_may_not_have_the_title_is_told_before_a_decision(opened, put_forward, scheme):
    Records(opened, "talent_schemes").save(Draft({"excluded": "机关和参公人员"}, id=scheme))
    selection, of, ids = put_forward(1, published_on="2026-03-10")
    selection.move(of, ids, "published")
    told = selection.odd(of, ids, DECIDED)
    assert [(one.code, one.values) for one in told] == [("selection.excluded", {"excluded": "机关和参公人员"})]


def test_a_decision_makes_holders_for_the_term_and_an_undo_takes_all_back(opened, put_forward):
    selection, of, ids = put_forward(3, published_on="2026-03-10")
    selection.move(of, ids, "published")
    done = selection.decide(of, ids[:2], " 示例〔2026〕1号 ", DECIDED)
    assert states(selection, of) == ["granted", "granted", "published"]
    assert [row["name"] for row in titles(opened)] == ["甲", "乙"]
    assert titles(opened)[0] == {
        "name": "甲", "scheme": "示例人才", "round": of.title, "granted_on": "2026-03-20", "document": "示例〔2026〕1号",
        "term_from": "2026-03-20", "term_to": "2029-03-19", "talent_state": "managed", "allowance_state": "paid",
        "talent_category": "督导",
    }  # fmt: skip
    decided = stored(opened, "talent_rounds", of.id)
    assert (decided["decision"], decided["decided_on"]) == ("示例〔2026〕1号", "2026-03-20")
    History(opened).undo(done.change_id)
    assert titles(opened) == [] and states(selection, of) == ["published"] * 3
    assert stored(opened, "talent_rounds", of.id)["decision"] is None


def test_a_second_decision_leaves_the_rounds_first_one(opened, put_forward):
    selection, of, ids = put_forward(2)
    selection.decide(of, ids[:1], "1号", DECIDED)
    again = selection.round(of.id)
    selection.decide(again, ids[1:], "2号", date(2026, 4, 1))
    assert stored(opened, "talent_rounds", of.id)["decision"] == "1号"
    assert [row["document"] for row in titles(opened)] == ["1号", "2号"]


def test_a_scheme_that_says_nothing_of_term_and_allowance(opened, put_forward, scheme):
    Records(opened, "talent_schemes").save(Draft({"term_years": "", "allowance": ""}, id=scheme))
    selection, of, ids = put_forward(1)
    selection.decide(of, ids, "1号", DECIDED)
    assert (titles(opened)[0]["term_to"], titles(opened)[0]["allowance_state"]) == (None, None)


def test_what_can_not_be_decided(opened, put_forward):
    selection, of, ids = put_forward(2)
    selection.decide(of, ids[:1], "1号", DECIDED)
    for asked, document, code in (([], "2号", "nobody"), (ids, "2号", "granted"), (ids[1:], "  ", "document_missing")):
        with pytest.raises(DomainError) as caught:
            selection.decide(of, asked, document, DECIDED)
        assert caught.value.code == f"selection.{code}"
    with pytest.raises(DomainError):
        selection.move(of, ids, "withdrawn")
    assert len(titles(opened)) == 1


def test_what_is_odd_about_the_second_round(opened, put_forward, save):
    selection, first, ids = put_forward(2)
    selection.decide(first, ids, "1号", DECIDED)
    selection, second, fresh = put_forward(1, published_on="2027-03-10", published_until="2027-03-16")
    other = save("talent_schemes", title="市级人才")
    holder = selection.candidates(first.id)[0].person_id
    save("talents", holder, scheme="市级人才", allowance_state="发放")
    save("talent_candidates", holder, round=second.title, candidate_state="公示", objection="材料不实")
    everybody = [one.id for one in selection.candidates(second.id)]
    selection.move(second, fresh, "published")
    told = {problem.code: problem.values for problem in selection.odd(second, everybody, date(2027, 3, 17))}
    assert other and told == {
        "selection.objection": {"names": "甲（材料不实）"},
        "selection.holds": {"names": "甲"},
        "selection.paid_elsewhere": {"names": "甲（市级人才）"},
    }
    told = {problem.code: problem.values for problem in selection.odd(second, fresh, date(2027, 3, 16))}
    assert told == {"selection.still_published": {"until": "2027-03-16"}}
    assert not [one for one in selection.odd(second, everybody, date(2030, 1, 1)) if one.code == "selection.holds"]


def test_the_cap_counts_those_who_were_granted_before(opened, put_forward):
    selection, of, ids = put_forward(3, published_on="2026-03-10")
    selection.move(of, ids, "published")
    selection.decide(of, ids[:2], "1号", DECIDED)
    told = selection.odd(selection.round(of.id), ids[2:], DECIDED)
    assert [(one.code, one.values, one.severity) for one in told if one.code == "selection.beyond_cap"] == [
        ("selection.beyond_cap", {"total": 3, "cap": 2, "over": 1}, Severity.WARNING)
    ]
    selection.decide(of, ids[2:], "2号", DECIDED)
    assert len(titles(opened)) == 3


def test_nobody_is_put_forward_twice_in_a_round(opened, put_forward):
    selection, of, _ = put_forward(1)
    person = selection.candidates(of.id)[0].person_id
    again = Records(opened, "talent_candidates").save(Draft({"round": of.title}, owner_id=person))
    assert again.id is None and [one.code for one in again.problems] == ["selection.in_round_twice"]


def test_what_is_odd_about_somebody_put_forward(opened, save, scheme, put_forward):
    selection, of, _ = put_forward(0)
    holder, former, fresh = (save("people", name=name) for name in ("甲", "乙", "丙"))
    save("talents", holder, scheme="示例人才", term_from="2020-01-01", term_to="2099-12")
    save("talents", former, scheme="示例人才", term_from="2010-01-01")

    def codes(person, **raw):
        checked = Records(opened, "talent_candidates").check(Draft({"round": of.title, **raw}, owner_id=person))
        return [one.code for one in checked.problems]

    assert codes(holder) == ["selection.holds_already"]
    assert codes(former) == codes(fresh) == []
    assert codes(fresh, candidate_state="授予") == ["selection.granted_by_hand"]
    save("talent_candidates", fresh, round=of.title)
    (candidate,) = selection.candidates(of.id)
    selection.decide(of, [candidate.id], "1号", opened.today())
    again = Records(opened, "talent_candidates").check(Draft({"note": "已领证书"}, id=candidate.id))
    assert again.problems == ()


# titles that are held


def test_terms_that_are_over_are_told_and_set_by_one_change(opened, save, scheme):
    person = save("people", name="甲")
    over = save("talents", person, scheme="示例人才", term_from="2020-01-01")
    runs = save("talents", save("people", name="乙"), scheme="示例人才", term_from="2024-06-01")
    gone = save("talents", save("people", name="丙"), scheme="示例人才", term_to="2020-12", talent_state="退出")
    assert [one.id for one in talents.lapsed(opened, date(2022, 12, 31))] == []
    assert [one.id for one in talents.lapsed(opened, date(2023, 1, 1))] == [over]
    done = talents.expire(opened, date(2023, 1, 1))
    now = stored(opened, "talents", over)
    assert (now["talent_state"], now["state_on"], now["state_reason"]) == ("expired", "2022-12-31", "管理期满")
    assert stored(opened, "talents", runs)["talent_state"] == "managed"
    assert stored(opened, "talents", gone)["talent_state"] == "left"
    assert talents.expire(opened, date(2023, 1, 1)).change_id is None
    History(opened).undo(done.change_id)
    assert stored(opened, "talents", over)["talent_state"] == "managed"


def found_twice_paid(opened):
    return [one for one in Quality(opened).findings() if one.code == "quality.two_allowances"]


def test_two_allowances_are_told_and_kept(opened, save, scheme):
    person = save("people", name="甲")
    save("talent_schemes", title="市级人才")
    save("talents", person, scheme="示例人才", allowance_state="发放")
    assert found_twice_paid(opened) == []
    second = Records(opened, "talents").save(Draft({"scheme": "市级人才", "allowance_state": "发放"}, owner_id=person))
    assert second.id and [one.code for one in second.problems] == ["talent.two_allowances"]
    found = found_twice_paid(opened)
    assert [(one.kind, one.row_id) for one in found] == [("people", person)]
    assert "示例人才" in found[0].message and "市级人才" in found[0].message
    Records(opened, "talents").save(Draft({"allowance_state": "停发"}, id=second.id))
    assert found_twice_paid(opened) == []


def test_a_title_of_a_round_of_another_scheme_is_told(opened, save, put_forward):
    _, of, _ = put_forward(0)
    save("talent_schemes", title="市级人才")
    saved = Records(opened, "talents").save(
        Draft({"scheme": "市级人才", "round": of.title}, owner_id=save("people", name="甲"))
    )
    assert [one.code for one in saved.problems] == ["talent.other_scheme"] and saved.id
