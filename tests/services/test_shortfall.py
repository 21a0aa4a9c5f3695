"""Everybody's running periods in one pass are what the rules give person by person, whatever the records."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_app.domain.hours import Period, Total
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.services.hours import Hours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.shortfall import Shortfall

DAY = date(2025, 6, 1)
SINCE, UNTIL = date(2024, 3, 15), date(2027, 3, 14)
EDGES = [edge + timedelta(days=more) for edge in (SINCE, UNTIL, DAY) for more in (-1, 0, 1)]
numbers = count(1)

days = st.sampled_from(EDGES) | st.dates(date(2020, 1, 1), date(2028, 12, 31))
texts = st.builds(lambda day, size: day.isoformat()[:size], days, st.sampled_from([10, 10, 10, 7, 4]))
plain = st.just({"registration_kind": "first", "registered_on": SINCE.isoformat(), "valid_until": UNTIL.isoformat()})
earlier = st.just({"registration_kind": "first", "registered_on": "2021-03-15", "valid_until": "2024-03-14"})
any_registration = st.fixed_dictionaries({
    "registration_kind": st.sampled_from(["first", "renewal", "change", "cancelled", None]),
    "registered_on": st.none() | texts, "valid_until": st.none() | texts})  # fmt: skip
registrations = st.tuples(plain) | st.tuples(earlier, plain) | st.lists(plain | earlier | any_registration, max_size=3)
certificates = st.lists(
    st.tuples(st.sampled_from(["assistant", "social_worker", "senior"]), st.none() | texts, registrations),
    min_size=1, max_size=2,
)  # fmt: skip
records = st.lists(
    st.fixed_dictionaries({
        "title": st.sampled_from(["社会工作硕士", "督导"]), "from": st.none() | texts, "to": st.none() | texts | texts,
        "kind": st.sampled_from(["training"] * 9 + ["courses", "degree"]),
        "hours": st.none() | st.integers(0, 9000).map(lambda hundredths: hundredths / 100) | st.sampled_from([0.125, 8.375]),
        "proof": st.sampled_from(["示 1 号", "示 2 号", None]), "counts": st.sampled_from([1, 1, None, 0]),
        "scanned": st.booleans(),
    }), min_size=1, max_size=5,
)  # fmt: skip
people = st.lists(
    st.tuples(st.sampled_from(["here", "here", "here", None, *LEFT_STATES]), certificates, records),
    min_size=3,
    max_size=9,
)


@pytest.mark.parametrize(
    "rules", [{}, {"carry_surplus": "yes"}, {"proof_needed": "no"}, {"level_change": "held_at_start"}], ids=str
)
def test_the_short_way_and_the_rules_in_full_agree(opened: OpenRegister, rules: dict[str, str]):
    with opened.change("save", "rules") as change:
        for name, value in rules.items():
            change.connection.exec_driver_sql("UPDATE rules SET value = ? WHERE rule = ?", (value, f"education.{name}"))
        change.commit()
    everybody: dict[int, str | None] = {}

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(people)
    def agree(made: list[tuple[Any, ...]]) -> None:
        ids = _write(opened, made)
        everybody.update(zip(ids, (status for status, *_ in made), strict=True))
        here = [row_id for row_id in ids if everybody[row_id] not in LEFT_STATES]
        assert _short_way(opened, ids) == _in_full(opened, here)

    agree()
    here = [row_id for row_id, status in everybody.items() if status not in LEFT_STATES]
    assert _short_way(opened, None) == _in_full(opened, here)


Found = list[tuple[int, int | None, Period, tuple[float, ...]]]


def _short_way(opened: OpenRegister, ids: list[int] | None) -> Found:
    found = Shortfall(opened).running(DAY, ids=ids)
    return sorted(
        ((one.person_id, one.certificate_id, _alone(one.period), _figures(one.total)) for one in found), key=str
    )


def _in_full(opened: OpenRegister, ids: list[int]) -> Found:
    found = Hours(opened).of_people(DAY, ids)
    return sorted(((one.person_id, one.certificate_id, _alone(one.period), _figures(one.meter))
                   for one in found if one.period and one.meter), key=str)  # fmt: skip


def _alone(period: Period) -> Period:
    """Without the other periods of the person, which matter to a degree alone."""
    return Period(period.since, period.until, period.level)


def _figures(total: Total) -> tuple[float, ...]:
    return total.required, total.earned, total.once, total.carried, total.short, total.surplus


def _write(opened: OpenRegister, made: Iterable[tuple[Any, ...]]) -> list[int]:
    ids: list[int] = []
    with opened.change("create", "people") as change:
        for status, held, learnt in made:
            person = change.insert("people", {"name": "张三", "status": status})
            ids.append(person)
            for level, approved_on, registered in held:
                values = {"person_id": person, "level": level, "approved_on": approved_on,
                          "certificate_number": f"示例{next(numbers)}"}  # fmt: skip
                certificate = change.insert("certificates", values)
                for row in registered:
                    change.insert("registrations", {"certificate_id": certificate, **row})
            for record in learnt:
                values = {key: value for key, value in record.items() if key != "scanned"}
                row_id = change.insert("learning", {"person_id": person, **values})
                if record["scanned"]:
                    scan = {"record_kind": "learning", "record_id": row_id, "file_name": "证明.pdf"}
                    change.insert("attachments", scan)
        change.commit()
    return ids
