"""How many hold a title on a day, by field and township; grades by year. 人数 and 人次 are not mixed."""

from datetime import date

import pytest

from socialwork_app.services.talent_figures import UNKNOWN, figures

DAY = date(2026, 6, 1)


@pytest.fixture
def talents(save):
    """张三 has two titles; 李四's term is over; 王五's title was taken away in May."""
    schemes = [save("talent_schemes", title=title) for title in ("示例甲", "示例乙")]

    def title(person, scheme, since="2025-01-01", until="2027-12-31", **more):
        save("talents", person, scheme=scheme, term_from=since, term_to=until, **more)

    zhang = save("people", name="张三", township="昆阳", service_field="社会福利")
    li, wang, zhao = (save("people", name=name, township="晋城") for name in ("李四", "王五", "赵六"))
    title(zhang, "示例甲"), title(zhang, "示例乙"), title(zhao, "示例甲")
    title(li, "示例甲", "2020-01-01", "2022-12-31")
    title(wang, "示例甲", talent_state="取消", state_on="2026-05-01", state_reason="示例")
    for person, year, grade in (
        (zhang, 2024, "合格"),
        (zhao, 2024, "优秀"),
        (zhang, 2025, "优秀"),
        (li, 2025, "不定等次"),
    ):
        save("appraisals", person, scheme="示例甲", year=str(year), grade=grade)
    save("appraisals", zhang, scheme="示例乙", year="2025")
    return schemes


def test_people_and_titles(opened, talents):
    found = figures(opened, DAY)
    assert (found.people, found.titles) == (2, 3)
    assert found.by_scheme == (("示例甲", 2), ("示例乙", 1))
    assert sum(count for _, count in found.by_field) == sum(count for _, count in found.by_township) == 2
    assert found.by_township == (("昆阳街道", 1), ("晋城街道", 1))
    assert found.by_field == (("社会福利", 1), (UNKNOWN, 1))


def test_another_day_another_count(opened, talents):
    assert figures(opened, date(2026, 4, 1)).people == 3
    assert figures(opened, date(2021, 4, 1)).people == 1
    assert figures(opened, date(2019, 4, 1)).titles == 0


def test_of_one_scheme(opened, talents):
    found = figures(opened, DAY, talents[1])
    assert (found.people, found.titles, found.by_scheme) == (1, 1, (("示例乙", 1),))
    assert [(one.year, one.grades) for one in found.years] == [(2025, ((UNKNOWN, 1),))]


def test_grades_of_the_years_the_best_first(opened, talents):
    years = figures(opened, DAY).years
    assert [(one.year, one.grades) for one in years] == [
        (2024, (("优秀", 1), ("合格", 1))),
        (2025, (("优秀", 1), ("不定等次", 1), (UNKNOWN, 1))),
    ]


def test_an_empty_register(opened):
    found = figures(opened, DAY)
    assert (found.people, found.titles, found.years) == (0, 0, ())
