"""Everybody's running periods in one pass are what the rules give person by person, whatever the records."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from socialwork_app.domain.hours import Meter, Total
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.periods import Period
from socialwork_app.domain.plain_hours import PlainHours
from socialwork_app.persistence import learning
from socialwork_app.services.hours import Hours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.shortfall import AT_HAND, Shortfall, plainly

DAY = date(2025, 6, 1)
SINCE, UNTIL = "2024-03-15", "2027-02-27"
Values = dict[str, Any]
Certificate = tuple[str, str | None, Sequence[Values]]
Person = tuple[str | None, Sequence[Certificate], Sequence[Values]]
"""Status; certificates: level, approved_on, registrations; records of learning, with `scanned`."""


def registration(since: str | None, until: str | None, kind: str | None = "first") -> Values:
    return {"registration_kind": kind, "registered_on": since, "valid_until": until}


def record(
    to: str | None = "2025-01-10", hours: float | None = 8, since: str | None = None, **values: object
) -> Values:
    return {"title": "督导", "kind": "training", "from": since, "to": to, "hours": hours, "proof": "示 1 号", **values}


RUNS, OVER = registration(SINCE, UNTIL), registration("2021-03-15", "2024-03-14")


def holder(*records: Values, registered: Sequence[Values] = (RUNS,)) -> Person:
    return None, [("assistant", "2019-06-15", registered)], records


COUNTED = [
    (record(), 8),
    (record(hours=0.125), 0.13),
    (record(hours=8.37), 8.37),
    (record(hours=0), 0),
    (record(hours=-4), 0),
    (record(hours=None), 0),
    (record(SINCE), 8),
    (record(UNTIL), 8),
    (record("2024-03-14"), 0),
    (record("2027-02-28"), 0),
    (record("2024-03"), 8),
    (record("2024-02"), 0),
    (record("2027-01"), 8),
    (record("2027-02"), 0),
    (record("2024-12"), 8),
    (record("2024"), 8),
    (record("2023"), 0),
    (record("2026"), 8),
    (record("2027"), 0),
    (record(None, since=SINCE), 8),
    (record("", since="2025-01"), 8),
    (record(None, since="2023"), 0),
    (record(None), 0),
    (record("", since=""), 0),
    (record(SINCE, since="2024-01-01"), 8),
    (record("2027-03-01", since="2026-12-01"), 0),
    (record(counts=1), 8),
    (record(counts=None), 8),
    (record(counts=0), 0),
    (record(proof=None), 0),
    (record(proof=""), 0),
    (record(proof=None, scanned="learning"), 8),
    (record(proof=None, scanned="people"), 0),
    (record(kind="courses"), 8),
]
"""A record, and what it counts in the period from SINCE to UNTIL."""
ENDS_WITH_MONTH = [("2024-02-29", "2026-02-28", "2026-02"), ("2024-12-31", "2027-12-31", "2027"), ("2023-07-01", "2026-06-30", "2026-06")]  # fmt: skip


def test_what_a_record_counts(opened: OpenRegister):
    people = [holder(one) for one, _ in COUNTED]
    ids = _write(opened, people)
    assert _the_long_way(opened, ids) == set()
    found = {one.person_id: one.total.earned for one in Shortfall(opened).running(DAY, ids=ids)}
    assert [(one, found[row_id]) for (one, _), row_id in zip(COUNTED, ids, strict=True)] == COUNTED
    assert _short_way(opened, ids) == _in_full(opened, ids)


def test_what_a_record_counts_that_is_as_imprecise_as_the_period_ends(opened: OpenRegister):
    people = [holder(record(to), registered=[registration(since, until)])
              for since, until, last in ENDS_WITH_MONTH for to in (last, since[:7], since[:4])]  # fmt: skip
    ids = _write(opened, people)
    assert _the_long_way(opened, ids) == set()
    assert [one.total.earned for one in Shortfall(opened).running(DAY, ids=ids)] == [8] * len(ids)
    assert _short_way(opened, ids) == _in_full(opened, ids)


def test_all_records_of_a_person_are_summed_and_nobody_elses(opened: OpenRegister):
    several = _write(
        opened, [holder(*(one for one, _ in COUNTED)), holder(record(hours=0.1), record(hours=0.2)), holder()]
    )
    found = {one.person_id: one.total.earned for one in Shortfall(opened).running(DAY, ids=several)}
    assert list(found.values()) == [pytest.approx(sum(hours for _, hours in COUNTED), abs=1e-9), 0.3, 0]
    assert _the_long_way(opened, several) == set()


def test_only_what_was_learnt_in_the_running_period_counts_beside_one_that_is_over(opened: OpenRegister):
    ids = _write(
        opened, [holder(record("2023-05-05", 40), record(), registered=rows) for rows in ((OVER, RUNS), (RUNS, OVER))]
    )
    assert [(one.period, one.total.earned) for one in Shortfall(opened).running(DAY, ids=ids)] == [
        (Period(date(2024, 3, 15), date(2027, 2, 27), "assistant"), 8)] * 2  # fmt: skip
    assert _the_long_way(opened, ids) == set()


def test_a_degree_is_left_to_the_rules_in_full(opened: OpenRegister):
    degrees: list[Values] = [{}, {"hours": None}, {"to": "2023-05-05"}, {"counts": 0}, {"to": None, "proof": None}]
    ids = _write(opened, [holder(record(), record(kind="degree", **values)) for values in degrees])
    assert _the_long_way(opened, ids) == set(ids)
    assert _short_way(opened, ids) == _in_full(opened, ids) != []


def test_a_second_certificate_is_left_to_the_rules_in_full_even_without_a_registration(opened: OpenRegister):
    """Its level is the one whose hours are required."""
    first, second = ("assistant", "2019-06-15", [RUNS]), ("senior", "2022-06-15", list[Values]())
    ids = _write(opened, [(None, certificates, [record()]) for certificates in ([first, second], [second, first])])
    assert _the_long_way(opened, ids) == set(ids)
    assert [(one.period.level, one.total.required) for one in Shortfall(opened).running(DAY, ids=ids)] == [
        ("senior", 90)
    ] * 2


def test_those_who_left_and_those_without_certificates_have_none(opened: OpenRegister):
    _, certificates, records = holder(record())
    gone = _write(opened, [(status, certificates, records) for status in LEFT_STATES] + [("here", [], records)])
    here = _write(opened, [(status, certificates, records) for status in ("here", None, "")])
    assert [one.person_id for one in Shortfall(opened).running(DAY)] == here
    assert [one.person_id for one in Shortfall(opened).running(DAY, ids=[*gone, *here])] == here


def test_the_short_way_and_the_rules_in_full_agree(opened: OpenRegister):
    people = [_anybody(Random(number)) for number in range(1_200)]
    ids = _write(opened, people)
    here = {row_id: one for row_id, one in zip(ids, people, strict=True) if one[0] not in LEFT_STATES}
    for rules in ({}, {"proof_needed": "no"}, {"level_change": "held_at_start"}, {"carry_surplus": "yes"}):
        _set(opened, {"proof_needed": "yes", "level_change": "held_at_end", "carry_surplus": "no"} | rules)
        ours, full = _short_way(opened, None), _in_full(opened, list(here))
        assert [(here[one[0]], one, other) for one, other in zip(ours, full, strict=True) if one != other] == []
        short_way = {row_id for row_id, *_ in ours} - _the_long_way(opened, None)
        assert len(short_way) > len(ours) / 2
        assert len(_the_long_way(opened, None)) > AT_HAND
        for within in (0, 30, 200, 900, 10**7):
            everybody = Shortfall(opened).short(DAY)
            ending = [one for one in everybody if (one.period.until - DAY).days <= within]
            assert Shortfall(opened).short(DAY, within) == ending
        assert ending


def _anybody(source: Random) -> Person:
    """Mostly of the plain kind, with records about the edges of the period; now and then anything."""
    since = date(2022, 6, 3) + timedelta(days=source.randrange(1090))
    until = source.choice([since + timedelta(days=1094), date(2025, 12, 31), date(2026, 2, 28)])
    edges = [edge + timedelta(days=more) for edge in (since, until, DAY) for more in (-1, 0, 1)]

    def text(often: Sequence[int] = (10, 10, 7, 4, 0)) -> str | None:
        day = source.choice(edges) if source.random() < 0.4 else since + timedelta(days=source.randrange(-400, 1500))
        return day.isoformat()[: source.choice(often)] or None

    def odd() -> Values:
        return registration(text(), text(), source.choice(["first", "renewal", "change", "cancelled", None]))

    plain = registration(since.isoformat(), until.isoformat(), source.choice(["first", "renewal"]))
    before = registration(
        (since - timedelta(days=1095)).isoformat(), (since - timedelta(days=source.choice([0, 1, 9]))).isoformat()
    )
    some = [[plain]] * 6 + [[before, plain], [plain, before], [plain, odd()], [odd()], []]
    several = 2 if source.random() < 0.1 else 1
    levels = source.sample(["assistant", "social_worker", "senior"], several)
    kinds, proofs = ["training"] * 18 + ["courses"], ["示 1 号", "示 2 号", None]
    records = [
        record(text(), source.choice([None, 0, 4, 8, 33.3, 0.125, 8.375, source.randrange(9000) / 100]), kind=source.choice(kinds),
               proof=source.choice(proofs), counts=source.choice([1, 1, 1, None, 0]), title=source.choice(["社会工作硕士", "督导"]),
               scanned=source.choice(["learning", "people", None, None]), since=text())
        for _ in range(source.randrange(5))
    ]  # fmt: skip
    if source.random() < 0.05:
        records.append(record(text(), None, kind="degree", title="社会工作硕士"))
    status = source.choice([*["here"] * 9, *[None] * 3, *LEFT_STATES])
    return status, [(level, text(), source.choice(some)) for level in levels], records


Found = list[tuple[int, int | None, Period, tuple[float, ...]]]


def _short_way(opened: OpenRegister, ids: list[int] | None) -> Found:
    found = Shortfall(opened).running(DAY, ids=ids)
    return _sorted((one.person_id, one.certificate_id, one.period, one.total) for one in found)


def _in_full(opened: OpenRegister, ids: list[int]) -> Found:
    found = Hours(opened).of_people(DAY, ids)
    return _sorted((one.person_id, one.certificate_id, one.period, one.meter)
                   for one in found if one.period and one.meter)  # fmt: skip


def _sorted(found: Iterable[tuple[int, int | None, Period, Total | Meter]]) -> Found:
    """Periods without the others of the person, which matter to a degree alone."""
    rows = ((person, certificate, Period(period.since, period.until, period.level), _figures(total))
            for person, certificate, period, total in found)  # fmt: skip
    return sorted(rows, key=str)


def _figures(total: Total) -> tuple[float, ...]:
    return total.required, total.earned, total.once, total.carried, total.short, total.surplus


def _the_long_way(opened: OpenRegister, ids: list[int] | None) -> set[int]:
    """Who is sent there."""
    plain, sent = PlainHours(DAY, opened.rules()), set[int]()
    with opened.database.read() as connection:
        found = learning.stated(connection, opened.schema, DAY, ids, needs_proof=plain.needs_proof)
        full = True
        while full:
            others = list[int]()
            for _ in plainly(plain, found, others):
                pass
            sent.update(others)
            full = len(others) == AT_HAND
    return sent


def _set(opened: OpenRegister, rules: dict[str, str]) -> None:
    with opened.change("save", "rules") as change:
        for name, value in rules.items():
            change.connection.exec_driver_sql("UPDATE rules SET value = ? WHERE rule = ?", (value, f"education.{name}"))
        change.commit()


def _write(opened: OpenRegister, people: Sequence[Person]) -> list[int]:
    """As it may stand in the file, whatever a form would say to it."""
    ids: list[int] = []
    with opened.change("create", "people") as change:
        for status, held, learnt in people:
            ids.append(change.insert("people", {"name": "张三", "status": status}))
            for level, approved_on, registered in held:
                certificate = change.insert(
                    "certificates", {"person_id": ids[-1], "level": level, "approved_on": approved_on}
                )
                for row in registered:
                    change.insert("registrations", {"certificate_id": certificate, **row})
            for one in learnt:
                values = {key: value for key, value in one.items() if key != "scanned"}
                row_id = change.insert("learning", {"person_id": ids[-1], **values})
                if one.get("scanned"):
                    change.insert(
                        "attachments", {"record_kind": one["scanned"], "record_id": row_id, "file_name": "证明.pdf"}
                    )
        change.commit()
    return ids
