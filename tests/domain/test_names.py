"""Names as the register writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import names


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("张三", "张三"),
        ("张　三", "张三"),
        ("  张 三\u00a0", "张三"),
        ("张\n三", "张三"),
        ("张\u200b三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提･艾力", "买买提·艾力"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("Anna  Li", "Anna Li"),
        ("Ａｎｎａ　Ｌｉ", "Anna Li"),
        ("J. Müller Ångström", "J. Müller Ångström"),
        ("张三 Anna", "张三Anna"),
        ("𠮷 田", "𠮷田"),
        ("", ""),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert names.clean(raw) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert names.clean(names.clean(raw)) == names.clean(raw)


def test_without_blanks() -> None:
    assert names.without_blanks("５３ 01\u300022\u00a0\ufeff\r\n") == "530122"
