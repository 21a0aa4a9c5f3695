"""Figures and due lists are selected and counted in the file; here a plain loop over all rows says the same."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from socialwork_app.domain import certificates, registrations
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence import standing
from socialwork_app.persistence.listing import Listing
from socialwork_app.services import samples
from socialwork_app.services.due import DueItem, DueList
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.statistics import UNKNOWN_PLACE, Figures, Statistics

KEYS = ("name", "level", "approved_on", "status", "status_on", "township", "registered_on", "valid_until",
        "registration_kind", "registration_number")  # fmt: skip
DAYS = (date(2012, 6, 15), date(2017, 1, 1), date(2020, 2, 29), date(2024, 8, 31), date(2026, 5, 31), date(2030, 1, 1))
PEOPLE = 600


@pytest.fixture
def mixed(opened: OpenRegister, monkeypatch: pytest.MonkeyPatch) -> OpenRegister:
    """Samples, then everything that samples do not have, and parts smaller than the register."""
    monkeypatch.setattr(standing, "PART", 97)
    samples.fill(opened, PEOPLE)
    source = random.Random(4)
    with opened.change("save") as change:
        run = change.connection.exec_driver_sql
        people = list(run("SELECT id FROM people").scalars())
        for person in source.sample(people, 150):
            left = source.choice(("left", "retired", "died", "here"))
            run("UPDATE people SET status = ?, status_on = ? WHERE id = ?", (left, _some_date(source), person))
        run("UPDATE people SET township = NULL WHERE id % 11 = 0")
        for number, person in enumerate(source.sample(people, 300)):
            level = source.choice(("assistant", "social_worker", "senior"))
            run("INSERT INTO certificates (person_id, level, certificate_number, approved_on) VALUES (?, ?, ?, ?)",
                (person, level, f"ZZ{number:08}", _some_date(source)))  # fmt: skip
        owners = list(run("SELECT id FROM certificates").scalars())
        for owner in source.sample(owners, 300):
            kind = source.choice(("first", "renewal", "change", "cancelled", None))
            number = source.choice((None, "", "登0001"))
            run("INSERT INTO registrations (certificate_id, registration_kind, registered_on, valid_until, "
                "registration_number) VALUES (?, ?, ?, ?, ?)",
                (owner, kind, _some_date(source), _some_date(source), number))  # fmt: skip
        change.commit()
    return opened


def _some_date(source: random.Random) -> str | None:
    day = date(2010, 1, 1) + timedelta(days=source.randrange(20 * 365))
    return source.choice((None, "", f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d}"))


@pytest.mark.parametrize("day", DAYS)
def test_figures_are_those_of_a_plain_loop(mixed: OpenRegister, day: date):
    expected, found = plain_figures(mixed, day), Statistics(mixed).as_of(day)
    assert sorted(found.by_township) == sorted(expected.by_township)
    assert [count for _, count in found.by_township] == [count for _, count in expected.by_township]
    assert (found.people, found.certified, found.registration, found.undated) == (
        expected.people, expected.certified, expected.registration, expected.undated)  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_what_is_due_is_that_of_a_plain_loop(mixed: OpenRegister, day: date):
    expected, found = plain_due(mixed, day), DueList(mixed).on(day)
    assert [_told(item) for item in found] == expected
    if day == DAYS[-2]:
        assert {item.kind for item in found} == {"first_registration", "renewal", "lapsed"}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("ahead", "most"), [(90, 20), (-400, 5), (0, 10_000), (1500, 50)])
def test_the_most_urgent_are_the_first_and_the_rest_is_counted(mixed: OpenRegister, day: date, ahead: int, most: int):
    until = day + timedelta(days=ahead)
    expected = [item for item in DueList(mixed).on(day) if item.due <= until]
    found, total = DueList(mixed).most_urgent(day, until, most)
    assert (list(found), total) == (expected[:most], len(expected))


@pytest.mark.parametrize("part", [0, 3])
def test_both_stop_between_two_parts(mixed: OpenRegister, part: int):
    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if done == part:
                raise Cancelled

    for work in (Statistics(mixed).as_of, DueList(mixed).on):
        with pytest.raises(Cancelled):
            work(date(2026, 1, 1), Stop())


def test_nobody_has_nothing_due(opened: OpenRegister):
    figures = Statistics(opened).as_of(date(2026, 1, 1))
    assert (figures.people, figures.certified["total"], figures.by_township) == (0, 0, ())
    assert DueList(opened).on(date(2026, 1, 1)) == ()


def plain_due(opened: OpenRegister, day: date) -> list[tuple[object, ...]]:
    rules = opened.rules()
    listing = Listing(opened.schema, opened.catalogue["certificates"])
    told: list[tuple[object, ...]] = []
    with opened.database.read() as connection:
        for row in listing.rows(connection, Filter(), KEYS):
            found = registrations.due(row.values, day, rules)
            known = not row.values["approved_on"] or certificates.held_on(row.values, day)
            if found is not None and known and row.values["status"] not in LEFT_STATES:
                told.append((found.due, row.owner_id, row.id, found.kind, row.values["name"], row.values["level"],
                             found.overdue(day)))  # fmt: skip
    return sorted(told, key=lambda one: one[:3])  # type: ignore[arg-type, return-value]


def _told(item: DueItem) -> tuple[object, ...]:
    return item.due, item.person_id, item.certificate_id, item.kind, item.person, item.level, item.overdue


def plain_figures(opened: OpenRegister, day: date) -> Figures:
    rank = opened.catalogue.code_lists["level"].rank
    best: dict[int, dict[str, object]] = {}
    undated: set[int] = set()
    with opened.database.read() as connection:
        for row in Listing(opened.schema, opened.catalogue["certificates"]).rows(connection, Filter(), KEYS):
            owner = row.owner_id or 0
            if not certificates.here_on(row.values, day):
                continue
            if not certificates.held_on(row.values, day):
                undated.update({owner} if not row.values["approved_on"] else ())
            elif owner not in best or rank(str(row.values["level"])) > rank(str(best[owner]["level"])):
                best[owner] = dict(row.values)
        people = Listing(opened.schema, opened.catalogue["people"]).rows(connection, Filter(), ("status", "status_on"))
        here = sum(certificates.here_on(row.values, day) for row in people)
    levels = Counter(str(values["level"]) for values in best.values())
    states = Counter(str(registrations.state(values, day, opened.rules())) for values in best.values())  # type: ignore[arg-type]
    towns = Counter(str(values["township"] or UNKNOWN_PLACE) for values in best.values())
    names = [entry.value for entry in opened.catalogue.code_lists["level"].entries]
    certified = {"total": len(best), **{name: levels[name] for name in names}}
    return Figures(day, here, certified, tuple(towns.most_common()), dict(states), len(undated - best.keys()))
