"""All that is known of a person's talent, on one page."""

from datetime import date

import pytest

from socialwork_app.domain.id_number import checksum
from socialwork_app.services.person_overview import PersonOverview

DAY = date(2026, 6, 1)
FIRST17 = "53012219900101996"
NUMBER = FIRST17 + checksum(FIRST17)


@pytest.fixture
def person(save):
    return save("people", name="张三", phone="19900001234", id_number=NUMBER)


def sections(opened, person, day=DAY):
    return {one.title: one for one in PersonOverview(opened).of(person, day).sections}


def test_who_has_nothing_has_an_empty_page(opened, person):
    found = PersonOverview(opened).of(person, DAY)
    assert found.sections == () and found.years == ()


def test_a_whole_talent(opened, save, person):
    certificate = save(
        "certificates", person, level="中级", certificate_number="20190603853000001", approved_on="2019-06"
    )
    save(
        "registrations", certificate, registration_kind="首次登记", registered_on="2024-03-01", valid_until="2027-02-28"
    )
    save("learning", person, title="社区工作方法", hours="30", to="2025-05-08", proof="1")
    save("exam_entries", person, year="2024", level="高级", practice="66")
    scheme = save("talent_schemes", title="示例人才", term_years="3")
    save("talents", person, scheme="示例人才", granted_on="2025-06-01", term_from="2025-06-01")
    save("appraisals", person, scheme="示例人才", year="2025", score="91.5", grade="优秀")
    leader = save("leaders", name="示例领导")
    save("leader_contacts", person, leader="示例领导", **{"from": "2025-07-01"})
    save("contact_log", person, date="2026-02-10", contact_form="慰问", matter="春节慰问", request="增加督导")
    assert scheme and leader
    found = sections(opened, person)
    assert list(found) == ["证书与登记", "考试", "继续教育", "人才称号", "联系"]
    assert found["证书与登记"].lines[0].text.startswith("社会工作师　20190603853000001　有效，登记有效期至 2027-02-28")
    assert found["考试"].lines[0].text.startswith("高级社会工作师　合格")
    assert found["继续教育"].lines[0].text == "2024-03-01 至 2027-02-28：已学 30 / 90 小时，还差 60"
    assert found["继续教育"].lines[0].attention
    assert found["人才称号"].lines[0].text == "示例人才　在管期（2025-06-01 至 2028-05-31）"
    contact = found["联系"].lines[0]
    assert contact.text == "联系领导：示例领导。慰问　春节慰问　待办：增加督导" and contact.attention
    (year,) = PersonOverview(opened).of(person, DAY).years
    assert (year.year, year.grade, year.score) == (2025, "优秀", 91.5)


def test_each_meter_has_a_line_that_knows_its_records(opened, save):
    person = save("people", name="李四", technical_post="是")
    save("learning", person, title="社区工作方法", hours="30", to="2026-05-08", proof="1")
    (year,) = sections(opened, person)["继续教育"].lines
    assert year.text == "2026 年度：已学 30 / 90 学时，还差 60" and year.attention
    certificate = save("certificates", person, level="中级", approved_on="2019-06")
    save("registrations", certificate, registered_on="2024-03-01", valid_until="2027-02-28")
    period, year = sections(opened, person)["继续教育"].lines
    assert period.hours and year.hours and period.hours.meter and year.hours.year
    assert (period.hours.meter.earned, year.hours.meter, year.hours.year.earned) == (30, None, 30)


def test_the_newest_stand_first_and_the_rest_are_counted(opened, save, person):
    for year in range(2010, 2020):
        save("exam_entries", person, year=str(year), level="初级", comprehensive="40", practice="40")
    found = sections(opened, person)["考试"]
    assert [line.day for line in found.lines] == ["2019", "2018", "2017", "2016", "2015", "2014"] and found.more == 4


def test_contacts_to_come_are_not_told(opened, save, person):
    save("contact_log", person, date="2026-07-01", contact_form="走访", matter="以后的事")
    assert "联系" not in sections(opened, person)


def test_no_number_of_the_person_is_on_the_page(opened, save, person):
    save("certificates", person, level="初级", approved_on="2024-06-15")
    text = repr(PersonOverview(opened).of(person, DAY))
    assert "19900001234" not in text and NUMBER not in text
