"""Telephone numbers as they stand in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import phones


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("19900001234", "19900001234"),
        (19900001234, "19900001234"),
        (19900001234.0, "19900001234"),
        ("19900001234.", "19900001234"),
        ("+8619900001234", "19900001234"),
        ("+86 199 0000 1234", "19900001234"),
        ("86-19900001234", "19900001234"),
        ("008619900001234", "19900001234"),
        ("199-0000-1234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("'19900001234", "19900001234"),
        ("199\u00a00000\u30001234", "19900001234"),
        ("0871-67890000", "0871-67890000"),
        ("087167890000", "0871-67890000"),
        ("(0871)67890000", "0871-67890000"),
        ("（0871）67890000", "0871-67890000"),
        ("0871－67890000", "0871-67890000"),
        ("0871 67890000", "0871-67890000"),
        ("+86 0871-67890000", "0871-67890000"),
        ("0871-67890000转801", "0871-67890000-801"),
        ("010-65000000", "010-65000000"),
        ("67890000", "67890000"),
        ("400-800-1234", "4008001234"),
        ("19900001234、19900005678", "19900001234、19900005678"),
        ("19900001234/19900005678", "19900001234、19900005678"),
        ("19900001234 19900005678", "19900001234、19900005678"),
        ("19900001234\n0871-67890000", "19900001234、0871-67890000"),
        ("67890000，19900001234", "67890000、19900001234"),
        ("19900001234;19900001234", "19900001234"),
        ("  ", None),
    ],
)
def test_shapes(raw: object, value: str | None) -> None:
    assert phones.parse(raw) == (value, ())


@pytest.mark.parametrize(
    "raw", ["1990000123", "199000012345", "19900001234（办）", "无", "12345", "1990000123419900005678", "00"]
)
def test_what_is_no_number_stays_with_a_warning(raw: str) -> None:
    value, problems = phones.parse(raw)
    assert value == raw.replace("（", "(").replace("）", ")")
    assert [problem.code for problem in problems] == ["phone.unknown"]


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=4, unique=True))
def test_what_is_stored_is_read_back_as_itself(numbers: list[str]) -> None:
    stored = "、".join(numbers)
    assert phones.parse(stored) == (stored, ())


@given(st.text())
def test_reading_twice_changes_nothing(raw: str) -> None:
    value, _ = phones.parse(raw)
    assert value is None or phones.parse(value)[0] == value
