"""Years of social work: exact to the day over whole years, and never less for more work."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from socialwork_app.domain.service_years import Length, Spell, counted

DAY = timedelta(days=1)
LAST = date(2025, 12, 31)

days = st.dates(date(2008, 1, 1), date(2027, 12, 31))
texts = st.builds(lambda day, precision: day.isoformat()[:precision], days, st.sampled_from([4, 7, 10]))
leap_days = st.sampled_from([date(2012, 2, 29), date(2016, 2, 29), date(2020, 2, 29)])
spells = st.builds(Spell, texts, st.none() | texts)
exact_spells = st.builds(
    lambda first, length: Spell(first.isoformat(), (first + timedelta(days=length)).isoformat()),
    days,
    st.integers(0, 900),
)


def worked(*several: Spell, away: Sequence[Spell] = (), after: date | None = None, last: date = LAST) -> Length:
    shortest = counted(several, away, after, last, generous=False)
    assert shortest <= counted(several, away, after, last, generous=True)
    return shortest


def years_later(day: date, years: int) -> date:
    """The first day on which so many years are over, said again by other means: the leap day's year ends with February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@pytest.mark.parametrize(
    ("since", "until", "length"),
    [
        ("2022-01-01", "2024-12-31", Length(36, 0)),
        ("2022-01-02", "2024-12-31", Length(35, 29)),
        ("2021-12-31", "2024-12-31", Length(36, 1)),
        ("2022-01-01", "2024-12-30", Length(35, 29)),
        ("2020-02-29", "2024-02-28", Length(48, 0)),
        ("2020-02-29", "2024-02-27", Length(47, 29)),
        ("2020-02-29", "2022-02-28", Length(24, 1)),
        ("2020-02-29", "2022-02-27", Length(23, 29)),
        ("2021-03-01", "2024-02-29", Length(36, 0)),
        ("2021-03-01", "2024-02-28", Length(35, 29)),
        ("2023-02-28", "2024-02-27", Length(12, 0)),
        ("2023-04-01", "2023-04-30", Length(1, 0)),
        ("2023-02-01", "2023-02-28", Length(1, 0)),
        ("2024-02-01", "2024-02-29", Length(1, 0)),
        ("2024-02-01", "2024-02-28", Length(0, 29)),
        ("2023-05-31", "2023-05-31", Length(0, 1)),
        ("2023-06-02", "2023-06-01", Length(0, 0)),
        ("2025-12-31", "2027-01-01", Length(0, 1)),
        ("2026-01-01", "2027-01-01", Length(0, 0)),
    ],
)
def test_one_spell(since: str, until: str, length: Length):
    assert worked(Spell(since, until)) == length


def test_two_spells_a_day_short_each_make_no_whole_years():
    short = Spell("2020-01-01", "2020-12-30"), Spell("2022-01-01", "2022-12-30")
    assert worked(*short) == Length(23, 29)
    assert worked(*short, Spell("2024-05-01", "2024-05-02")).months == 24


@pytest.mark.parametrize(
    ("away", "length"),
    [
        ([], Length(72, 0)),
        ([Spell("2021-01-01", "2022-12-31")], Length(48, 0)),
        ([Spell("2019-01-01", "2020-12-31")], Length(60, 0)),
        ([Spell("2025-01-01")], Length(60, 0)),
        ([Spell("2021-01-01", "2021-12-31"), Spell("2021-07-01", "2022-12-31")], Length(48, 0)),
        ([Spell("2010-01-01", "2030-12-31")], Length(0, 0)),
        ([Spell("2010-01-01", "2012-12-31")], Length(72, 0)),
        ([Spell("2021", "2022")], Length(48, 0)),
    ],
)
def test_full_time_study_is_taken_out(away: list[Spell], length: Length):
    assert worked(Spell("2020-01-01"), away=away) == length


def test_dates_that_are_not_exact_have_a_shortest_and_a_longest_reading():
    spell = Spell("2020-02", "2023")
    assert counted([spell], [], None, LAST, generous=False) == worked(Spell("2020-02-29", "2023-01-01"))
    assert counted([spell], [], None, LAST, generous=True) == worked(Spell("2020-02-01", "2023-12-31"))
    study = Spell("2021-03", "2021-06")
    assert counted([Spell("2020-01-01")], [study], None, LAST, generous=True) == worked(
        Spell("2020-01-01", "2021-03-30"), Spell("2021-06-02")
    )


def test_only_the_time_after_a_day_counts():
    assert worked(Spell("2010-01-01"), after=date(2021, 1, 1)) == Length(60, 0)
    assert worked(Spell("2010-01-01"), after=date(2021, 1, 2)) == Length(59, 29)
    assert worked(Spell("2023-01-01"), after=date(2021, 1, 2)) == Length(36, 0)
    assert worked(Spell("2010-01-01"), after=date(2026, 1, 1)) == Length(0, 0)


@pytest.mark.parametrize(
    ("length", "years"),
    [(Length(36, 0), 3.0), (Length(35, 29), 2.99), (Length(0, 1), 0.0), (Length(0, 4), 0.01), (Length(18, 0), 1.5)],
)
def test_years_are_cut_off_and_not_rounded(length: Length, years: float):
    assert length.years == years


@given(days | leap_days, st.integers(1, 9))
def test_a_year_is_over_on_its_last_day_and_not_before(first: date, years: int):
    over = years_later(first, years)
    far = date(2050, 12, 31)
    assert worked(Spell(first.isoformat(), (over - DAY).isoformat()), last=far).months == 12 * years
    assert worked(Spell(first.isoformat(), (over - 2 * DAY).isoformat()), last=far).months == 12 * years - 1
    assert worked(Spell(first.isoformat()), last=over - DAY).months == 12 * years
    assert worked(Spell(first.isoformat()), last=over - 2 * DAY).months == 12 * years - 1


@given(st.integers(2008, 2024), st.integers(1, 12), st.integers(0, 30))
def test_whole_calendar_months_are_whole_months(year: int, month: int, more: int):
    after = (year * 12 + month - 1) + more + 1
    end = date(after // 12, after % 12 + 1, 1) - DAY
    assert worked(Spell(date(year, month, 1).isoformat(), end.isoformat()), last=date(2050, 1, 1)) == Length(
        more + 1, 0
    )


@given(st.lists(exact_spells, max_size=3), st.lists(exact_spells, max_size=2), st.none() | days)
def test_it_is_the_days_that_count_each_once(work: list[Spell], away: list[Spell], after: date | None):
    def of(several: list[Spell]) -> set[date]:
        found: set[date] = set()
        for spell in several:
            day = date.fromisoformat(spell.since)
            while day <= min(date.fromisoformat(spell.until or ""), LAST):
                found.add(day)
                day += DAY
        return found

    left = sorted(day for day in of(work) - of(away) if after is None or day >= after)
    runs: list[Spell] = []
    for day in left:
        if runs and runs[-1].until == (day - DAY).isoformat():
            runs[-1] = Spell(runs[-1].since, day.isoformat())
        else:
            runs.append(Spell(day.isoformat(), day.isoformat()))
    assert worked(*work, away=away, after=after) == worked(*runs)
    assert worked(*work, away=away, after=after) == worked(*(Spell(day.isoformat(), day.isoformat()) for day in left))


@given(st.lists(spells, max_size=4), st.lists(spells, max_size=2), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(work: list[Spell], away: list[Spell], random: Random):
    mixed = [*work, *work]
    random.shuffle(mixed)
    for generous in (False, True):
        assert counted(mixed, away[::-1], None, LAST, generous=generous) == counted(
            work, away, None, LAST, generous=generous
        )


@given(st.lists(spells, max_size=3), st.lists(spells, max_size=2), exact_spells, st.integers(0, 400), st.booleans())
def test_more_work_is_never_less(work: list[Spell], away: list[Spell], spell: Spell, more: int, generous: bool):
    def of(*last: Spell, out: list[Spell] = away, after: date | None = None) -> Length:
        return counted([*work, *last], out, after, LAST, generous=generous)

    earlier = (date.fromisoformat(spell.since) - timedelta(days=more)).isoformat()
    later = (date.fromisoformat(spell.until or "") + timedelta(days=more)).isoformat()
    assert of() <= of(spell) <= of(Spell(earlier, spell.until)) <= of(Spell(earlier, later)) <= of(Spell(earlier))
    assert of(spell, out=[*away, Spell(earlier, later)]) <= of(spell)
    assert of(spell, after=date(2020, 1, 1)) <= of(spell, after=date(2019, 12, 31)) <= of(spell)


@given(st.lists(spells, min_size=1, max_size=3), st.lists(spells, max_size=2), st.data())
def test_knowing_a_date_better_only_narrows(work: list[Spell], away: list[Spell], data: st.DataObject):
    known = [*work, *away]
    place = data.draw(st.integers(0, len(known) - 1))
    part = data.draw(st.sampled_from(["since", "until"]))
    text = str(getattr(known[place], part) or "")
    assume(0 < len(text) < 10)
    finer = f"{text}-{data.draw(st.integers(1, 12 if len(text) == 4 else 28)):02d}"
    changed = Spell(finer, known[place].until) if part == "since" else Spell(known[place].since, finer)
    refined = [*known[:place], changed, *known[place + 1 :]]

    def both(several: list[Spell]) -> list[Length]:
        return [
            counted(several[: len(work)], several[len(work) :], None, LAST, generous=generous)
            for generous in (False, True)
        ]

    (low, high), (least, most) = both(refined), both(known)
    assert least <= low <= high <= most
