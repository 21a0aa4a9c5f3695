"""What falls due around titles: terms that end, terms that are over, publications."""

from datetime import date

import pytest

from socialwork_app.services.records import Draft, Records
from socialwork_app.services.talents_due import talents_due, told

DAY = date(2026, 6, 1)


@pytest.fixture
def title(save):
    save("talent_schemes", title="示例人才")

    def titled(name, **values):
        return save("talents", save("people", name=name), scheme="示例人才", **values)

    return titled


def due(opened, day=DAY):
    return [(one.person, one.due.isoformat(), one.overdue) for one in talents_due(opened, day)]


def test_terms_within_the_settings_days_and_those_that_are_over(opened, title):
    title("甲", term_to="2026-08-30")  # ninety days
    title("乙", term_to="2026-08-31")
    title("丙", term_to="2026-05-31")
    title("丁", term_to="2026-06-01")
    title("戊", term_to="2026-05-31", talent_state="期满")
    title("己", term_to="2026-05-31", talent_state="退出")
    title("庚")
    title("辛", term_to="2026-06")  # its last day at the earliest is the thirtieth
    assert due(opened) == [
        ("丙", "2026-05-31", True), ("丁", "2026-06-01", False), ("辛", "2026-06-30", False), ("甲", "2026-08-30", False),
    ]  # fmt: skip
    assert "还有 90 天" in talents_due(opened, DAY)[-1].message
    assert [line for line in told(opened, DAY) if "1 个称号已经期满" in line and "丙" in line]
    assert [line for line in told(opened, DAY) if "3 个称号快要期满，最早 2026-06-01（丁）" in line]


def test_a_publication_runs_then_waits_for_the_decision(opened, save, title):
    scheme = save("talent_schemes", title="另一人才")
    made = save("talent_rounds", scheme, title="第一届", published_on="2026-05-28", published_until="2026-06-03")
    person = save("people", name="甲")
    candidate = save("talent_candidates", person, round=made, candidate_state="通过评审")
    assert due(opened) == []
    Records(opened, "talent_candidates").save(Draft({"candidate_state": "公示"}, id=candidate))
    assert due(opened) == [("", "2026-06-03", False)]
    assert told(opened, DAY) == ("第一届正在公示，到 2026-06-03。",)
    assert told(opened, date(2026, 6, 4)) == ("第一届的公示期到 2026-06-03，已经届满，请录入表彰决定。",)
    Records(opened, "talent_candidates").save(Draft({"candidate_state": "授予"}, id=candidate))
    assert due(opened) == []
