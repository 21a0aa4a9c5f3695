"""居民身份证号: cleaning, faults, warnings, and what is read from a number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import id_number
from socialwork_app.domain.problems import Severity


def made(first17: str) -> str:
    return first17 + id_number.checksum(first17)


def codes(raw: object) -> list[str]:
    return [problem.code for problem in id_number.check(raw)[1]]


numbers = st.builds(
    lambda born, order: made(f"530122{born:%Y%m%d}{order:03d}"),
    st.dates(date(1930, 1, 1), date(2015, 12, 31)),
    st.integers(1, 999),
)


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "'11010519491231002X",
        "’11010519491231002X",
        "`11010519491231002X",
        "110105\u300019491231\u00a0002X\u200b",
        "11010519491231002X。",
        "11010519491231002X．",
        "11010519491231002X\n",
    ],
)
def test_writings_of_one_number(raw: str) -> None:
    assert id_number.check(raw) == ("11010519491231002X", ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (530122198503179960, "id_number.as_number"),
        (5.30122198503179e17, "id_number.as_number"),
        ("5.30122E+17", "id_number.as_number"),
        ("5.30122198503179E+17", "id_number.as_number"),
        ("530122198503170000", "id_number.as_number"),
        ("530122198503173000", "id_number.as_number"),
        ("530122198503170048", "id_number.checksum"),
        ("1101051949123100", "id_number.length"),
        ("110105194912310021234", "id_number.length"),
        (12345, "id_number.length"),
        ("11010519491231O02X", "id_number.characters"),
        ("张三", "id_number.characters"),
        ("1101051949X231002X", "id_number.characters"),
        (made("99010519491231002"), "id_number.province"),
        (made("53012219850230996"), "id_number.date"),
        (made("53012218500317996"), "id_number.date"),
        (made("53012219851317996"), "id_number.date"),
        ("110105194912310021", "id_number.checksum"),
        ("530122850230996", "id_number.date"),
    ],
)
def test_faults(raw: object, code: str) -> None:
    value, problems = id_number.check(raw)
    assert value is None
    assert [(problem.severity, problem.code) for problem in problems] == [(Severity.ERROR, code)]


def test_old_number_of_15_digits_is_upgraded_with_a_warning() -> None:
    for raw in ("530122850317996", 530122850317996, 530122850317996.0):
        value, problems = id_number.check(raw)
        assert value == made("53012219850317996")
        assert [(problem.severity, problem.code) for problem in problems] == [(Severity.WARNING, "id_number.upgraded")]


@pytest.mark.parametrize(
    ("first17", "expected"),
    [
        ("53011520170317996", []),
        ("53011520160317996", []),
        ("53011520150317996", ["id_number.county"]),
        ("53011519900317996", ["id_number.county"]),
        ("53012220160317996", []),
        ("53012219810317996", []),
        ("53012220200317996", ["id_number.county"]),
        ("53012419810317996", []),
    ],
)
def test_county_and_birth_year_that_disagree_are_only_a_warning(first17: str, expected: list[str]) -> None:
    value, problems = id_number.check(made(first17))
    assert value == made(first17)
    assert [problem.code for problem in problems] == expected


def test_a_valid_number_that_ends_in_three_zeros_is_doubted() -> None:
    body = next(body for day in range(1, 29) if made(body := f"530122198503{day:02d}000"[:15] + "00").endswith("000"))
    assert codes(made(body)) == ["id_number.ends_zero"]


def test_no_message_carries_the_number() -> None:
    for raw in ("110105194912310021", made("53011519900317996"), "1101051949123100"):
        for problem in id_number.check(raw)[1]:
            assert raw not in str(problem.values)


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_refused(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    assert id_number.check(number[:place] + digit + number[place + 1 :])[0] is None


@given(numbers)
def test_the_check_character_makes_the_sum_of_iso_7064_mod_11_2(number: str) -> None:
    values = [10 if character == "X" else int(character) for character in number]
    assert sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


@given(numbers, st.sampled_from("0123456789X"))
def test_any_other_check_character_is_refused(number: str, last: str) -> None:
    assert (id_number.check(number[:17] + last)[0] is not None) == (last == number[17])


@given(numbers)
def test_the_value_of_a_lost_number_is_never_given_back(number: str) -> None:
    assert id_number.check(float(int(number[:17] + "0")))[0] is None
    assert id_number.check(int(number[:15] + "000"))[0] is None


@given(st.dates(date(1930, 1, 1), date(2015, 12, 31)), st.integers(1, 999))
def test_birth_date_and_gender(born: date, order: int) -> None:
    number = made(f"530122{born:%Y%m%d}{order:03d}")
    assert id_number.birth_date(number) == born.isoformat()
    assert id_number.gender(number) == ("男" if order % 2 else "女")


@given(st.text() | st.floats() | st.integers() | st.none() | st.booleans())
def test_anything_is_answered(raw: object) -> None:
    value, problems = id_number.check(raw)
    assert value is not None or problems
