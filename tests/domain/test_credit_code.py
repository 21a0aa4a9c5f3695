"""统一社会信用代码."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def made(first17: str) -> str:
    return first17 + credit_code.checksum(first17)


bodies = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize(
    "raw",
    [
        "91350100M000100Y43",  # the standard's own example
        "91350100m000100y43",
        " 91350100 M000100Y43 ",
        "'91350100M000100Y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100-M000100Y43",
    ],
)
def test_writings_of_one_code(raw: str) -> None:
    assert credit_code.check(raw) == ("91350100M000100Y43", ())


@pytest.mark.parametrize("prefix", ["11", "12", "13", "51", "52", "53", "54", "55", "91", "N1", "N2", "Y1"])
def test_every_kind_of_body_has_codes(prefix: str) -> None:
    code = made(prefix + "530115MJ0000000")
    assert credit_code.check(code) == (code, ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("91350100M000100Y44", "credit_code.checksum"),
        ("91350100M000100Y4", "credit_code.length"),
        ("530115199003179961234", "credit_code.length"),
        ("9135O100M000100Y43", "credit_code.characters"),
        ("无", "credit_code.characters"),
        (125301150000000000, "credit_code.as_number"),
        (1.2530115e17, "credit_code.as_number"),
        ("1.25301E+17", "credit_code.as_number"),
    ],
)
def test_faults(raw: object, code: str) -> None:
    value, problems = credit_code.check(raw)
    assert value is None
    assert [problem.code for problem in problems] == [code]


@given(bodies, st.integers(0, 17), st.integers(1, 30))
def test_any_single_wrong_character_is_refused(body: str, place: int, shift: int) -> None:
    code = made(body)
    wrong = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]
    assert credit_code.check(code)[0] == code
    assert credit_code.check(code[:place] + wrong + code[place + 1 :])[0] is None
