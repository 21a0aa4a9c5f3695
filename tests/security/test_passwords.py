import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.sentences import SENTENCES, sentence_of
from socialwork_app.foundation.errors import DomainError
from socialwork_app.security.passwords import canonical, weakness

NAMES = ("王 明", "wangming", "")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("a", "password.short"),
        ("Ab3$xyz", "password.short"),
        ("Ab3$xyzq", None),
        ("王明的电脑2468", "password.has_name"),
        ("WangMing#7351", "password.has_name"),
        ("ｗａｎｇｍｉｎｇ_7351", "password.has_name"),
        ("88888888", "password.sequence"),
        ("12345678", "password.sequence"),
        ("987654321", "password.sequence"),
        ("1234567890", "password.sequence"),
        ("abcd1234", "password.sequence"),
        ("Qwer1234", "password.sequence"),
        ("poiuytrewq", "password.sequence"),
        ("19730528", "password.one_class"),
        ("530122197305280022", "password.one_class"),
        ("kunyanghu", "password.one_class"),
        ("KUNYANGHU", "password.one_class"),
        ("kunyanghudianchimatou", None),
        ("Kunyanghu", None),
        ("滇池边上有一棵老树", None),
        ("P@ssw0rd", None),
        ("kun yang 7", None),
    ],
)
def test_weakness(password: str, code: str | None):
    assert weakness(password, NAMES) == code
    assert code is None or SENTENCES[code]


def test_a_name_of_one_character_is_no_reason():
    assert weakness("明月几时有把酒问青天", ["明"]) is None


@pytest.mark.parametrize("password", ["", " ", "\u3000", "\t\n"])
def test_an_empty_password_is_an_error(password: str):
    for asked in (canonical, weakness):
        with pytest.raises(DomainError) as caught:
            asked(password)
        assert caught.value.code == "password.empty"
        assert sentence_of(caught.value)


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_password_has_one_form_and_an_answer(password: str):
    assert canonical(canonical(password)) == canonical(password)
    assert weakness(password, [password]) in {*SENTENCES, None}


def test_full_width_and_half_width_are_one_password():
    assert canonical("Ａｂ１２３＃") == canonical("Ab123#")
