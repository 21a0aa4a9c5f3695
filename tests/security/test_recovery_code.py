from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import RegisterUnavailable
from socialwork_app.security import recovery_code
from socialwork_app.security.recovery_code import ALPHABET, canonical, check_symbol, new_code

symbols = st.text(ALPHABET, min_size=27, max_size=27)
codes = symbols.map(lambda drawn: drawn + check_symbol(drawn))


def refused(typed: str) -> bool:
    try:
        canonical(typed)
    except RegisterUnavailable as error:
        assert error.code == "recovery_code.mistyped"
        assert sentence_of(error)
        return True
    return False


def test_a_new_code_is_seven_groups_of_four_and_never_the_same():
    made = {new_code() for _ in range(50)}
    assert len(made) == 50
    for code in made:
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert canonical(code) == code.replace("-", "")


def test_the_code_holds_at_least_128_bits():
    assert recovery_code.RANDOM_SYMBOLS * (len(ALPHABET).bit_length() - 1) >= 128
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


@given(codes)
def test_blanks_dashes_case_and_width_do_not_matter(code: str):
    grouped = [code[start : start + 4] for start in range(0, 28, 4)]
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (
        code.lower(),
        " ".join(grouped),
        "－".join(grouped),
        "—".join(grouped),
        f" {code}\n",
        full_width,
    ):
        assert canonical(typed) == code


@given(codes)
def test_look_alikes_are_read_as_meant(code: str):
    assert canonical(code.replace("0", "O").replace("1", "l")) == code
    assert canonical(code.replace("0", "o").replace("1", "I")) == code


@given(codes, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_every_single_slip_is_told(code: str, place: int, other: str):
    slipped = code[:place] + other + code[place + 1 :]
    assert refused(slipped) == (slipped != code)


@given(codes)
def test_every_swap_of_two_symbols_is_told(code: str):
    for first, second in combinations(range(28), 2):
        swapped = list(code)
        swapped[first], swapped[second] = code[second], code[first]
        assert refused("".join(swapped)) == (code[first] != code[second])


@pytest.mark.parametrize("typed", ["", "0", "密码", "0" * 27, "0" * 29, "U" * 28, "0" * 27 + "é", "A-B-C"])
def test_what_is_no_code_is_told(typed: str):
    assert refused(typed)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(typed: str):
    refused(typed)
