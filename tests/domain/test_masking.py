"""Masks show enough to recognise and no more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import masking
from socialwork_app.domain.fields.field import Kind


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.ID_NUMBER, "530122198503170022", "530122********0022"),
        (Kind.ID_NUMBER, "11010519491231002X", "110105********002X"),
        (Kind.ID_NUMBER, "E12345678", "******678"),
        (Kind.PHONE, "13812345678", "138****5678"),
        (Kind.PHONE, "13812345678、0871-67891234", "138****5678、****-****1234"),
        (Kind.PHONE, "67891234", "****1234"),
        (Kind.PHONE, "0871-67891234-801", "****-*******4-801"),
        (Kind.PHONE, "13812345678(办)", "***"),
        (Kind.PHONE, "微信 zhangsan", "***"),
        (Kind.IDENTIFIER, "201906038530000123", "**************0123"),
        (Kind.IDENTIFIER, "12345", "****5"),
        (Kind.IDENTIFIER, "1", "*"),
        (Kind.NAME, "张三丰", "张**"),
        (Kind.DATE, "1985-03-17", "1985-**-**"),
        (Kind.TEXT, "昆阳街道某路 8 号", "***"),
        (Kind.TEXT, "", ""),
    ],
)
def test_masks(kind: Kind, value: str, shown: str) -> None:
    assert masking.mask(kind, value) == shown


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True), st.integers(6, 13))
def test_the_middle_of_an_id_number_does_not_show(number: str, place: int) -> None:
    other = number[:place] + str(9 - int(number[place])) + number[place + 1 :]
    assert masking.id_number(number) == masking.id_number(other)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(3, 6))
def test_the_middle_of_a_mobile_number_does_not_show(number: str, place: int) -> None:
    other = number[:place] + str(9 - int(number[place])) + number[place + 1 :]
    assert masking.phone(number) == masking.phone(other)


@given(st.sampled_from(list(Kind)), st.text(min_size=1))
def test_never_more_than_ten_digits_show(kind: Kind, value: str) -> None:
    shown = masking.mask(kind, value)
    assert shown
    if kind is not Kind.PHONE:
        assert sum(character.isdigit() for character in shown) <= 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话19900001234转", "电话***转"),
        ("199 0000 1234", "***"),
        ("199、0000、1234", "***"),
        ("１９９００００１２３４", "***"),
        ("证号11010519491231002X。", "证号***。"),
        ("(0871)67890123", "(***"),
        ("号码一九九零零零零一二三四", "号码***"),
        ("2024-2026年，2026-03-10 至 2026.3.16", "2024-2026年，2026-03-10 至 2026.3.16"),
        ("2024—2026", "2024—2026"),
        ("示例〔2026〕123号", "示例〔2026〕123号"),
        ("服务 1200 人次，2019 年起", "服务 1200 人次，2019 年起"),
        ("20260310", "***"),
        ("第三届三百二十一人", "第三届三百二十一人"),
    ],
)
def test_free_text_for_the_public_holds_no_long_number(text, shown):
    assert masking.without_numbers(text) == shown


@given(st.text(alphabet="0123456789 -./、()张〔〕", max_size=40))
def test_what_is_left_has_no_seven_digits_in_a_row(text):
    assert not re.search(r"\d{7}", masking.without_numbers(text))
