"""Hours of continuing education of real records: who is short on a day, what counts, and what does not and why."""

from collections.abc import Callable
from datetime import date

import pytest

from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.derived import with_derived
from socialwork_app.services.exports import Exports
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.shortfall import Shortfall

Save = Callable[..., int]
DAY = date(2026, 6, 1)
SINCE, UNTIL = "2023-09-01", "2026-08-31"
"""A registration period that ends 91 days after DAY."""


@pytest.fixture
def holder(save: Save) -> Save:
    """Somebody with a certificate and its registration; gives the person."""

    def made(
        name: str, level: str = "初级", since: str = SINCE, until: str | None = UNTIL, **values: object
    ) -> int:  # fmt: skip
        person = save("people", name=name, **values)
        add_certificate(save, person, level, since, until)
        return person

    return made


def add_certificate(save: Save, person: int, level: str, since: str, until: str | None) -> int:
    certificate = save("certificates", person, level=level, approved_on="2019-06-15")
    save("registrations", certificate, registration_kind="首次登记", registered_on=since, valid_until=until)
    return certificate


@pytest.fixture
def learn(opened: OpenRegister) -> Save:
    def made(person: int, hours: object = 8, to: str = "2024-05-08", **values: object) -> int:
        raw = {"title": "社区工作方法", "hours": hours, "to": to, "proof": "示 1 号"} | values
        done = Records(opened, "learning").save(Draft(raw, owner_id=person))
        assert done.id is not None, done.problems
        return done.id

    return made


def short(opened: OpenRegister, day: date = DAY, within: int | None = None) -> list[tuple[str, float]]:
    return [(one.name, one.total.short) for one in Shortfall(opened).short(day, within)]


def only(opened: OpenRegister, person: int, day: date = DAY) -> PersonHours:
    found = Hours(opened).of(person, day)
    assert len(found) == 1
    return found[0]


def reasons(one: PersonHours) -> dict[int, str]:
    assert one.meter is not None
    return {record.id: reason for record, reason in one.meter.not_counted}


def test_the_short_list_has_the_first_to_end_first(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    later, first, enough = holder("李四", "中级", until="2026-12-31"), holder("张三"), holder("王五")
    learn(later, "16学时")
    learn(first, 3.5)
    learn(enough, 72)
    holder("赵六", since="2019-01-01", until="2021-12-31")
    save("people", name="孙七")
    assert short(opened) == [("张三", 68.5), ("李四", 74)]
    assert short(opened, within=91) == [("张三", 68.5)]
    assert short(opened, within=90) == []
    assert short(opened, date(2021, 6, 1)) == [("赵六", 72)]


def test_how_fast_it_has_to_go_on(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三")
    learn(person, 33)
    one = only(opened, person)
    assert one.pace is not None
    assert one.meter is not None
    assert (one.meter.required, one.meter.earned, one.meter.short) == (72, 33, 39)
    assert (one.pace.months_left, one.pace.per_month, one.pace.expected) == (3, 13, 35.99)


@pytest.mark.parametrize("status", ["已离开", "已退休", "已去世"])
def test_who_has_left_is_not_on_the_list(opened: OpenRegister, holder: Save, status: str):
    holder("张三")
    gone = holder("李四", status=status, status_on="2025-03")
    assert short(opened) == [("张三", 72)] == short(opened, within=100)
    assert {one.name for one in Hours(opened).of_people(DAY)} == {"张三"}
    assert only(opened, gone).short == 72


def test_a_period_whose_end_is_worked_out_is_on_the_list(opened: OpenRegister, holder: Save):
    """Without a stated end it follows from the rules: three years to the day before."""
    holder("张三", until=None)
    assert short(opened, within=91) == [("张三", 72)]


def test_a_period_ends_the_day_before_the_next_registration(opened: OpenRegister, save: Save, holder: Save):
    person = holder("张三", until="2030-08-31")
    certificate = Records(opened, "certificates").first_rows(EVERYTHING, ())[0].id
    save(
        "registrations", certificate, registration_kind="再次登记", registered_on="2026-07-01", valid_until="2029-06-30"
    )
    one = only(opened, person)
    assert one.period is not None
    assert (one.period.since, one.period.until) == (date(2023, 9, 1), date(2026, 6, 30))
    assert short(opened, within=30) == [("张三", 72)]


def test_what_counts_and_what_does_not_and_why(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三")
    counted = learn(person, 24)
    imprecise = learn(person, 6, "2023")
    expected = {
        learn(person, proof=""): "no_proof",
        learn(person, to="2023-08-31"): "outside_period",
        learn(person, counts="否", reason="与工作无关"): "excluded",
        learn(person, None): "no_hours",
        save("learning", person, title="无日期", hours=8, proof="示 2 号"): "no_date",
        learn(person, kind="courses", title="社会工作硕士"): "degree_already_counted",
    }
    degree = learn(person, None, to="2024-07-01", kind="degree", title="社会工作硕士")
    one = only(opened, person)
    assert one.meter is not None
    assert {each.record.id: (each.hours, each.imprecise) for each in one.meter.counted} == {
        counted: (24, False), imprecise: (6, True), degree: (90, False)}  # fmt: skip
    assert reasons(one) == expected
    assert [record.reason for record, reason in one.meter.not_counted if reason == "excluded"] == ["与工作无关"]
    assert (one.meter.earned, one.short) == (120, 0)


def test_a_scan_is_proof_too(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三")
    record = learn(person, 8, proof="")
    assert reasons(only(opened, person)) == {record: "no_proof"}
    with opened.change("create", "attachments") as change:
        change.insert("attachments", {"record_kind": "learning", "record_id": record, "file_name": "证明.pdf"})
        change.commit()
    assert reasons(only(opened, person)) == {}


def test_two_certificates_have_their_own_periods(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    """What was learnt where they overlap counts for both; the higher level is asked for in both."""
    person = holder("张三")
    add_certificate(save, person, "中级", "2025-01-01", "2027-12-31")
    learn(person, 20, "2024-05-08")
    learn(person, 30, "2025-05-08")
    found = Hours(opened).of(person, DAY)
    assert [(one.level, one.period.until, one.meter.earned, one.short) for one in found if one.period and one.meter] == [
        ("social_worker", date(2026, 8, 31), 50, 40), ("social_worker", date(2027, 12, 31), 30, 60)]  # fmt: skip
    assert len({one.certificate_id for one in found}) == 2
    assert short(opened) == [("张三", 40), ("张三", 60)]
    assert short(opened, within=100) == [("张三", 40)]


def test_a_degree_counts_in_its_period_and_never_again(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三", "中级")
    certificate = Records(opened, "certificates").first_rows(EVERYTHING, ())[0].id
    save(
        "registrations", certificate, registration_kind="再次登记", registered_on="2026-09-01", valid_until="2029-08-31"
    )
    learn(person, None, "2024-07-01", kind="degree", title="社会工作硕士")
    second = learn(person, None, "2027-07-01", kind="degree", title="社会学硕士")
    assert only(opened, person).short == 0
    later = only(opened, person, date(2027, 1, 1))
    assert (later.short, reasons(later)[second]) == (90, "degree_already_counted")


def test_the_year_of_those_on_technical_posts(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    technical = save("people", name="李四", technical_post="是")
    learn(technical, 40, "2026-03-01", category="专业科目")
    learn(technical, 20, "2026-03", category="公需科目")
    learn(technical, 50, "2025-12-31")
    year = only(opened, technical).year
    assert year is not None
    assert (year.year, year.required, year.earned, year.short) == (2026, 90, 60, 30)
    assert (year.professional, year.professional_required, year.professional_short) == (40, 60, 20)
    assert only(opened, technical).meter is None
    assert only(opened, holder("张三")).year is None
    assert only(opened, holder("王五", technical_post="是")).year is not None
    assert {one.name for one in Hours(opened).of_people(DAY)} == {"李四", "张三", "王五"}


def test_before_a_year_was_asked_for_there_is_none(opened: OpenRegister, holder: Save):
    """The provisions on technical posts are of 2015; a roster as of an older day must not fail."""
    person = holder("张三", since="2012-01-01", until="2014-12-31", technical_post="是")
    one = only(opened, person, date(2014, 6, 1))
    assert (one.year, one.short) == (None, 72)
    assert short(opened, date(2014, 6, 1)) == [("张三", 72)]


def test_who_has_no_period_on_the_day(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    save("certificates", person, level="中级")
    one = only(opened, person)
    assert (one.level, one.period, one.meter, one.pace, one.short) == ("social_worker", None, None, None, 0)


def test_reading_everybody_can_be_called_off(opened: OpenRegister, holder: Save):
    holder("张三")
    control = Control()
    control.step = lambda *_: (_ for _ in ()).throw(Cancelled())  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        Shortfall(opened).short(DAY, None, control)


def test_what_stands_beside_a_record_of_the_ledger(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person, without = holder("张三"), save("people", name="李四")
    texts = {
        learn(person): f"{SINCE} 至 {UNTIL}",
        learn(person, to="2019-05-08"): sentence("hours.outside_period"),
        learn(person, proof=""): sentence("hours.no_proof"),
        learn(without): sentence("hours.no_period"),
    }
    records = Records(opened, "learning")
    rows = records.first_rows(EVERYTHING, ("title", "counted_in"))
    found = with_derived(opened, records.register, rows, ("title", "counted_in"))
    assert {row.id: row.values["counted_in"] for row in found} == texts


def test_what_stands_beside_a_certificate(opened: OpenRegister, learn: Save, save: Save):
    person = save("people", name="张三")
    day = opened.today()
    add_certificate(save, person, "中级", f"{day.year - 1}-01-01", f"{day.year + 1}-12-31")
    learn(person, "3.5", f"{day.year - 1}-05-08")
    records = Records(opened, "certificates")
    rows = records.first_rows(EVERYTHING, ("level", "period_hours"))
    found = list(with_derived(opened, records.register, rows, ("level", "period_hours")))
    assert [row.values["period_hours"] for row in found] == ["3.5/90"]


def test_hours_are_read_as_offices_write_them(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三")
    for text in ("8", "16学时", "3.5 小时", "24.0"):
        learn(person, text)
    assert only(opened, person).short == 72 - 51.5
    refused = Records(opened, "learning").save(Draft({"title": "讲座", "hours": "三天"}, owner_id=person))
    assert refused.id is None
    assert [problem.code for problem in refused.problems] == ["hours.unknown"]


def test_the_ledger_is_filtered(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三", township="昆阳")
    learn(person, form="网络学习")
    learn(person, form="面授")
    where = Records(opened, "learning").understood([Condition("form", "网络学习")])
    assert Records(opened, "learning").count(Filter(where=tuple(where))) == 1
    assert Records(opened, "learning").count(Filter("zs")) == 2


def test_the_roster_of_those_who_are_short(opened: OpenRegister, learn: Save, save: Save, holder: Save):
    person = holder("张三", employer="示例站", township="昆阳", phone="19900001234")
    learn(person, 33)
    holder("李四", status="已离开", status_on="2025-03")
    [(sheet, rows)] = Exports(opened).sheets("shortfall", as_of=DAY)
    assert sheet.title == "学时不足名单"
    assert [[str(cell) for cell in row[1:]] for row in rows] == [
        ["张三", "示例站", "昆阳街道", "199****1234", "助理社会工作师", SINCE, UNTIL, "72", "33", "39"]]  # fmt: skip
