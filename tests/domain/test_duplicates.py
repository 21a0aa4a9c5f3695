"""When two records are suggested as one person, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import id_number
from socialwork_app.domain.duplicates import KEYS, THRESHOLD, Evidence, likeness
from socialwork_app.domain.fields.field import Value

Values = dict[str, Value]
BODY = "53011519900101996"
NUMBER = BODY + id_number.checksum(BODY)


def numbered(body: str) -> str:
    return body + id_number.checksum(body)


def person(**values: Value) -> Values:
    return {**dict.fromkeys(KEYS), "name": "张小红", **values}


def evidence(one: Values, other: Values) -> tuple[Evidence, ...]:
    return likeness(one, other).evidence


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (NUMBER[:6] + NUMBER[8:17], Evidence.NUMBER_SAME),
        (numbered("53011519900111996"), Evidence.NUMBER_DIGIT),
        (numbered("53012519900101996"), Evidence.NUMBER_DIGIT),
        (numbered("53011519900101969"), Evidence.NUMBER_SWAPPED),
        (numbered("53011159900101996"), Evidence.NUMBER_SWAPPED),
        (NUMBER[:15] + "000", Evidence.NUMBER_LOST),
        (numbered("53011519900202996"), Evidence.NUMBER_OTHER),
        (numbered("53012619900102997"), Evidence.NUMBER_OTHER),
        ("E996000001", Evidence.NUMBER_OTHER),
    ],
)
def test_numbers_are_compared_digit_by_digit(other: str, found: Evidence):
    assert evidence(person(id_number=NUMBER), person(id_number=other)) == (found, Evidence.NAME_SAME)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("张三", "章三", Evidence.NAME_SOUND),
        ("单小红", "山小红", Evidence.NAME_SOUND),
        ("曾乐", "曾月", Evidence.NAME_SOUND),
        ("李小红", "李晓虹", Evidence.NAME_SOUND),
        ("李小红", "李小江", Evidence.NAME_CHARACTER),
        ("李红", "李江", Evidence.NAME_OTHER),
        ("欧阳红", "欧阳小红", Evidence.NAME_OTHER),
        ("张 三", "张三", Evidence.NAME_SAME),
        ("Anna Li", "Ana Li", Evidence.NAME_OTHER),
    ],
)
def test_names_are_compared_by_sound_and_by_character(one: str, other: str, found: Evidence):
    assert evidence(person(name=one), person(name=other)) == (found,)


@pytest.mark.parametrize(
    ("one", "other", "suggested"),
    [
        ({"birth_date": "1990-01-01"}, {"birth_date": "1990-01-01"}, True),
        ({"birth_date": "1990-01-01", "name": "章小红"}, {"birth_date": "1990-01-01"}, True),
        ({"birth_date": "1990-01"}, {"birth_date": "1990-01-01"}, False),
        ({"birth_date": "1990-01", "employer": 1}, {"birth_date": "1990-01-01", "employer": 1}, True),
        ({"phone": "19900000001"}, {"phone": "19900000002、19900000001"}, True),
        ({"employer": 1}, {"employer": 1}, True),
        ({"employer": 1, "phone": "19900000001"}, {"employer": 1, "phone": "19900000002"}, False),
        ({}, {}, False),
        ({"phone": "19900000001", "name": "李四"}, {"phone": "19900000001"}, False),
        ({"id_number": NUMBER, "name": "李四"}, {"id_number": NUMBER[:6] + NUMBER[8:17]}, True),
        ({"birth_date": "1990-01-01", "gender": "男"}, {"birth_date": "1990-01-01", "gender": "女"}, False),
        ({"id_number": NUMBER}, {"id_number": numbered("53011519900111996")}, True),
    ],
)
def test_one_thing_more_than_the_name_is_needed(one: Values, other: Values, suggested: bool):
    assert likeness(person(**one), person(**other)).suggested is suggested


texts = {
    "name": st.sampled_from(["张小红", "章晓虹", "张小江", "李四", "欧阳红", ""]),
    "id_number": st.sampled_from([NUMBER, NUMBER[:15] + "000", numbered("53011519900101969"), "530115900101996", "E9"]),
    "birth_date": st.sampled_from(["1990", "1990-01", "1990-01-01", "1991-01-01"]),
    "gender": st.sampled_from(["男", "女"]),
    "phone": st.sampled_from(["19900000001", "19900000001、19900000002", "19900000002"]),
    "employer": st.sampled_from([1, 2]),
}
anybody = st.fixed_dictionaries({key: st.none() | values for key, values in texts.items()})


@given(anybody, anybody)
def test_it_does_not_matter_who_comes_first(one: Values, other: Values):
    assert likeness(one, other) == likeness(other, one)


@given(anybody)
def test_nobody_contradicts_himself(one: Values):
    assert all(found.weight > 0 for found in likeness(one, one).evidence)


def test_all_else_cannot_outweigh_two_numbers_that_have_nothing_to_do_with_each_other():
    """The search leaves out such pairs where they only share a unit."""
    same = {"birth_date": "1990-01-01", "phone": "19900000001", "employer": 1, "gender": "男"}
    found = likeness(person(id_number=NUMBER, **same), person(id_number=numbered("53010219900101998"), **same))
    assert Evidence.NUMBER_OTHER in found.evidence and found.score < THRESHOLD
