"""Search keys of names."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.pinyin import normalise_query, search_keys


def finds(typed: str, name: str) -> bool:
    query = normalise_query(typed)
    return any(key.startswith(query) for key in search_keys(name))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三丰", "张 三丰 三 丰 zhang zhangsanf sanfeng feng zsf sf f ZSF zhang　san"),
        ("曾小贤", "zeng zengxiao zxx ceng"),
        ("单田", "shantian dant st"),
        ("仇英", "qiuying qy"),
        ("查良", "zha"),
        ("朴志", "piao pz pu"),
        ("解元", "xieyuan jie"),
        ("盖文", "ge gai"),
        ("区天", "outian qu"),
        ("乐天", "yuetian yt le"),
        ("任华", "renhua rh"),
        ("华罗", "hua"),
        ("覃明", "qinm tanm"),
        ("尉迟恭", "yuchigong ycg weichi chigong"),
        ("长孙无", "zhangsun zsw changsun"),
        ("万俟雪", "moqixue mqx"),
        ("澹台明", "tantai ttm"),
        ("单于飞", "chanyu shanyu yufei"),
        ("吕布", "lvbu lubu lyubu lb"),
        ("张绿", "zhanglv zhanglu zhanglyu zl"),
        ("王略", "wanglve wanglue wanglyue"),
        ("女娲", "nv nu nyu"),
        ("张重庆", "zhangchongqing chongqing zcq cq"),
        ("李长春", "lichangchun lcc"),
        ("欧阳重庆", "ouyangchongqing chongqing"),
        ("李茜", "lixi liqian"),
        ("王乐", "wangle wangyue"),
        ("买买提·艾力", "买买提艾力 买买提·艾力 艾力 maimaitiaili mmtal aili"),
        ("Anna Li", "anna annali li ANNA"),
        ("𠮷田", "𠮷田 田 tian t"),
        ("张𠮷", "张𠮷 𠮷 zhang z"),
        ("张𠮷田", "zhang zhangtian zt tian t"),
    ],
)
def test_found_by(name: str, typed: str) -> None:
    missing = [query for query in typed.split(" ") if not finds(query, name)]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("张三", "hang"), ("张三", "李"), ("张重庆", "zhongqing"), ("任华", "yin"), ("张三", "zhsan")],
)
def test_not_found_by(name: str, typed: str) -> None:
    assert not finds(typed, name)


def test_nothing_has_no_keys() -> None:
    assert search_keys("") == ()
    assert search_keys(" · ") == ()


@given(st.text(max_size=12))
def test_every_part_of_a_name_finds_it(name: str) -> None:
    text = normalise_query(name)
    keys = search_keys(name)
    assert len(keys) == len(set(keys))
    assert all(keys)
    for start in range(len(text)):
        assert text[start:] in keys


def test_many_readings_do_not_multiply_without_end() -> None:
    assert len(search_keys("吕" * 12)) < 500


def test_pypinyin_is_loaded_at_the_first_name_only() -> None:
    program = (
        "import sys; from socialwork_app.domain import pinyin; assert 'pypinyin' not in sys.modules;"
        "pinyin.search_keys('张三'); assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
