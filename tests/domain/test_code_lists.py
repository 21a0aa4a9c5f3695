"""Code lists: the mechanism, and the lists that are shipped."""

import csv

import pytest

from socialwork_app.domain.code_lists import CodeList, build
from socialwork_app.domain.registers.catalogue import REGISTERS
from socialwork_app.foundation.paths import resources

FOLDER = resources() / "code_lists"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LISTS = {name: build(name, rows(name)) for name in NAMES}


def row(value: str, label: str, **more: str) -> dict[str, str]:
    return {"value": value, "label": label, "code": "", "rank": "", "synonyms": "", **more}


@pytest.fixture
def levels() -> CodeList:
    low = row("low", "低级", code="01", rank="1", synonyms="初等|社工(初级)")
    return build("levels", [low, row("high", "高级", rank="3")])


@pytest.mark.parametrize(
    "text",
    [
        "low",
        "LOW",
        "低级",
        "低 级",
        "低\u3000级\n",
        "01",
        "1",
        "初等",
        "社工（初级）",
        "社工【初级】",
        "社工初级",
    ],
)
def test_matches_however_written(levels: CodeList, text: str) -> None:
    assert levels.match(text) == "low"


@pytest.mark.parametrize("text", ["", "()", "中级", "0"])
def test_matches_nothing_else(levels: CodeList, text: str) -> None:
    assert levels.match(text) is None


def test_label_and_rank_of_what_the_list_no_longer_has(levels: CodeList) -> None:
    assert (levels.label("low"), levels.rank("low")) == ("低级", 1)
    assert (levels.label("gone"), levels.rank("gone")) == ("gone", 0)


def test_nearest_are_labels_and_never_none(levels: CodeList) -> None:
    assert levels.nearest("高极") == ("高级",)
    assert levels.nearest("☂") == ("低级", "高级")


def test_a_spelling_that_means_two_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="高级"):
        build("levels", [row("a", "高级"), row("b", "特级", synonyms="高 级")])


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_list_is_well_formed(name: str) -> None:
    assert not (FOLDER / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(rows(name)[0]) == ["value", "label", "code", "rank", "synonyms", "note"]
    entries = LISTS[name].entries
    assert len({entry.value for entry in entries}) == len(entries) == len({entry.label for entry in entries})
    for entry in entries:
        for spelling in filter(None, entry.spellings()):
            assert LISTS[name].match(spelling) == entry.value


def test_every_list_that_a_field_names_is_shipped() -> None:
    fields = [field for register in REGISTERS for field in register.fields]
    assert {field.code_list for field in fields if field.code_list} <= set(NAMES)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("gender", "男", "男"),
        ("gender", "2", "女"),
        ("ethnicity", "汉", "汉族"),
        ("ethnicity", "彝族", "彝族"),
        ("ethnicity", "56", "基诺族"),
        ("political_status", "党员", "中共党员"),
        ("political_status", "无党派人士", "无党派民主人士"),
        ("education", "本科", "大学本科"),
        ("education", "研究生", "研究生"),
        ("education", "大专", "大学专科"),
        ("education", "中专", "中等专科"),
        ("education", "高中", "普通高中"),
        ("education", "大专以下", "大专以下"),
        ("degree", "学士学位", "学士"),
        ("person_status", "退休", "retired"),
        ("study_mode", "函授", "part_time"),
        ("level", "初级", "assistant"),
        ("level", "助理社工师", "assistant"),
        ("level", "社工师", "social_worker"),
        ("level", "社会工作者（中级）", "social_worker"),
        ("level", "全国高级社会工作师", "senior"),
        ("scope", "全国有效", "national"),
        ("registration_kind", "续期", "renewal"),
        ("organisation_kind", "村委会", "村民委员会"),
        ("service_field", "人口计生", "家庭发展"),
        ("place_level", "街道", "township"),
        ("place_kind", "居委会", "居民委员会"),
        ("yes_no", "√", "1"),
        ("yes_no", "×", "0"),
        ("yes_no", "FALSE", "0"),
        ("id_type", "回乡证", "港澳居民来往内地通行证"),
    ],
)
def test_shipped_words(name: str, text: str, value: str) -> None:
    assert LISTS[name].match(text) == value


def test_56_peoples_with_and_without_their_last_character() -> None:
    peoples = [entry for entry in LISTS["ethnicity"].entries if entry.value.endswith("族")]
    assert len(peoples) == 56
    assert sorted(int(entry.code) for entry in peoples) == list(range(1, 57))
    for entry in peoples:
        assert LISTS["ethnicity"].match(entry.value.removesuffix("族")) == entry.value


def test_levels_and_education_are_in_order() -> None:
    assert [LISTS["level"].rank(value) for value in ("assistant", "social_worker", "senior")] == [1, 2, 3]
    order = ["小学", "初中", "普通高中", "大学专科", "大学本科", "研究生", "硕士研究生", "博士研究生"]
    ranks = [LISTS["education"].rank(value) for value in order]
    assert ranks == sorted(set(ranks))
