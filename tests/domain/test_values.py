"""What a cell means for a field, and how a value is shown."""

import csv
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from socialwork_app.domain.code_lists import build
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.problems import Severity
from socialwork_app.domain.sentences import sentence
from socialwork_app.domain.values import NOTHING, Parsed, Parser, split_cell, split_levels
from socialwork_app.foundation.paths import resources

LISTS = {
    path.stem: build(path.stem, csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for path in (resources() / "code_lists").glob("*.csv")
}
PARSER = Parser(LISTS)
FIELDS = {kind: Field(f"a_{kind}", f"某{kind}", kind, sensitive=True, code_list="gender") for kind in Kind}


@dataclass(frozen=True)
class ErrorCell:
    text: str


def parse(kind: Kind, raw: object) -> Parsed:
    return PARSER.parse(FIELDS[kind], raw)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000\u00a0\n"])
def test_blank_is_nothing_and_no_problem(kind: Kind, raw: object) -> None:
    assert parse(kind, raw) == NOTHING


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("raw", [ErrorCell("#N/A"), "#N/A", "#REF!", "#div/0!", "#NAME?"])
def test_an_error_cell_is_an_error(kind: Kind, raw: object) -> None:
    parsed = parse(kind, raw)
    assert parsed.value is None
    assert [(problem.code, problem.field) for problem in parsed.problems] == [("value.error_cell", f"a_{kind}")]


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "  昆明\u3000大学\u00a0", "昆明 大学"),
        (Kind.TEXT, "上\r\n下", "上 下"),
        (Kind.TEXT, "e\u0301", "é"),
        (Kind.TEXT, "#1 楼", "#1 楼"),
        (Kind.TEXT, "a\x00b\u200bc", "abc"),
        (Kind.TEXT, 13.0, "13"),
        (Kind.TEXT, 2.5, "2.5"),
        (Kind.TEXT, 7, "7"),
        (Kind.TEXT, True, "TRUE"),
        (Kind.TEXT, date(2020, 1, 2), "2020-01-02"),
        (Kind.TEXT, datetime(2020, 1, 2), "2020-01-02"),
        (Kind.TEXT, datetime(2020, 1, 2, 8, 30), "2020-01-02 08:30:00"),
        (Kind.LONG_TEXT, " 上 \r\n 下\r", "上\n下"),
        (Kind.NAME, "张　三", "张三"),
        (Kind.IDENTIFIER, " 2019 0603\u30008530 ", "201906038530"),
        (Kind.IDENTIFIER, "'00123", "00123"),
        (Kind.IDENTIFIER, 201906038530000.0, "201906038530000"),
        (Kind.IDENTIFIER, 53.0, "53"),
        (Kind.IDENTIFIER, "201906038530000123", "201906038530000123"),
        (Kind.ID_NUMBER, "11010519491231002x", "11010519491231002X"),
        (Kind.CREDIT_CODE, "91350100m000100y43", "91350100M000100Y43"),
        (Kind.PHONE, 19900001234.0, "19900001234"),
        (Kind.DATE, "1985年3月", "1985-03"),
        (Kind.DATE, datetime(1985, 3, 17), "1985-03-17"),
        (Kind.CODE, " 男 ", "男"),
        (Kind.CODE, 2.0, "女"),
        (Kind.INTEGER, 3, 3),
        (Kind.INTEGER, 3.0, 3),
        (Kind.INTEGER, " ３ ", 3),
        (Kind.INTEGER, "1,200", 1200),
        (Kind.INTEGER, "3.0", 3),
        (Kind.INTEGER, "-4", -4),
        (Kind.YES_NO, "是", 1),
        (Kind.YES_NO, "有", 1),
        (Kind.YES_NO, "n", 0),
        (Kind.YES_NO, True, 1),
        (Kind.YES_NO, False, 0),
        (Kind.YES_NO, 0.0, 0),
        (Kind.REFERENCE, " 某　单位 ", "某 单位"),
    ],
)
def test_clean_values(kind: Kind, raw: object, value: Value) -> None:
    assert parse(kind, raw) == Parsed(value)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "code", "severity"),
    [
        (Kind.IDENTIFIER, 201906038530000000, None, "identifier.as_number", Severity.ERROR),
        (Kind.IDENTIFIER, 2.01906038530000e17, None, "identifier.as_number", Severity.ERROR),
        (Kind.IDENTIFIER, "2.01906E+17", None, "identifier.as_number", Severity.ERROR),
        (
            Kind.IDENTIFIER,
            "201906038530000000",
            "201906038530000000",
            "identifier.ends_zero",
            Severity.WARNING,
        ),
        (Kind.ID_NUMBER, 5.30122e17, None, "id_number.as_number", Severity.ERROR),
        (Kind.CREDIT_CODE, "91350100M000100Y44", None, "credit_code.checksum", Severity.ERROR),
        (Kind.PHONE, "问办公室", "问办公室", "phone.unknown", Severity.WARNING),
        (Kind.DATE, "85.3", "1985-03", "date.two_digit_year", Severity.WARNING),
        (Kind.DATE, "2017-02-30", None, "date.impossible", Severity.ERROR),
        (Kind.CODE, "男生", None, "code.unknown", Severity.ERROR),
        (Kind.INTEGER, "三", None, "integer.unknown", Severity.ERROR),
        (Kind.INTEGER, 3.5, None, "integer.unknown", Severity.ERROR),
        (Kind.INTEGER, True, None, "integer.unknown", Severity.ERROR),
        (Kind.INTEGER, "9" * 30, None, "integer.unknown", Severity.ERROR),
        (Kind.HOURS, 1000000, None, "hours.unknown", Severity.ERROR),
        (Kind.HOURS, 1e20, None, "hours.unknown", Severity.ERROR),
        (Kind.YES_NO, "也许", None, "code.unknown", Severity.ERROR),
    ],
)
def test_problems(kind: Kind, raw: object, value: Value, code: str, severity: Severity) -> None:
    parsed = parse(kind, raw)
    assert parsed.value == value
    assert [(p.field, p.code, p.severity) for p in parsed.problems] == [(f"a_{kind}", code, severity)]
    for problem in parsed.problems:
        assert sentence(problem.code, **problem.values)


def test_an_unknown_code_names_the_near_ones() -> None:
    (problem,) = PARSER.parse(Field("level", "证书级别", Kind.CODE, code_list="level"), "中级社工证").problems
    assert problem.values["label"] == "证书级别"
    assert "社会工作师" in problem.values["nearest"].split("、")
    assert len(problem.values["nearest"].split("、")) <= 3


def test_an_unknown_code_does_not_repeat_a_number_that_strayed_into_its_column() -> None:
    (problem,) = parse(Kind.CODE, "19900001234 张").problems
    assert problem.values["text"] == "… 张"


def test_a_cell_full_of_unknown_codes_is_one_problem() -> None:
    parsed = parse(Kind.CODES, "、".join(chr(0x4E00 + number) for number in range(60)))
    assert [problem.code for problem in parsed.problems] == ["code.unknown"]
    assert [problem.code for problem in parse(Kind.CODES, "甲、乙、甲").problems] == ["code.unknown"] * 2


def test_a_name_is_as_long_as_names_are() -> None:
    """Search keeps every end of it: one that fills its cell would make gigabytes."""
    assert parse(Kind.NAME, "买" * 100).value == "买" * 100
    (problem,) = parse(Kind.NAME, "买" * 101).problems
    assert sentence(problem.code, **problem.values) == f"{FIELDS[Kind.NAME].label}超过 100 个字。请核对，只留姓名。"


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.TEXT, Kind.LONG_TEXT, Kind.IDENTIFIER])
def test_half_a_character_is_none(kind: Kind) -> None:
    """A clipboard or a command line can hold one; no file can be written with it."""
    assert parse(kind, "张\ud800三\udfff").value == "张三"


def test_signs_that_steer_are_left_out() -> None:
    assert parse(Kind.TEXT, "甲\x1b[31m\x9b2J乙\u202e321\u2066").value == "甲[31m2J乙321"
    assert parse(Kind.NAME, "张\u202e三").value == "张三"


def test_equal_numbers_of_other_types_are_not_mixed_up() -> None:
    field = Field("remark", "备注", Kind.TEXT)
    assert [PARSER.parse(field, raw).value for raw in ("1", 1, 1.0, True, "1.0")] == [
        "1",
        "1",
        "1",
        "TRUE",
        "1.0",
    ]


def test_a_field_has_one_parser_and_it_forgets_when_full() -> None:
    field = Field("school", "毕业院校")
    parser = Parser(LISTS)
    read = parser.parser_for(field)
    assert parser.parser_for(field) is read
    assert [read(f"第{number}中学").value for number in range(10_000)] == [f"第{n}中学" for n in range(10_000)]
    assert read("第1中学") is read("第1中学")


@pytest.mark.parametrize("name", sorted(LISTS))
def test_what_is_shown_is_read_back_as_itself(name: str) -> None:
    field = Field("x", "某项", Kind.CODE, code_list=name)
    for entry in LISTS[name].entries:
        assert PARSER.parse(field, PARSER.display(field, entry.value)) == Parsed(entry.value)


@pytest.mark.parametrize(
    ("kind", "value", "shown", "masked"),
    [
        (Kind.TEXT, None, "", ""),
        (Kind.YES_NO, 1, "是", "***"),
        (Kind.YES_NO, 0, "否", "***"),
        (Kind.INTEGER, 0, "0", "***"),
        (Kind.HOURS, 12345.25, "12345.25", "***"),
        (Kind.ID_NUMBER, "530122198503170022", "530122198503170022", "530122********0022"),
        (Kind.PHONE, "13812345678", "13812345678", "138****5678"),
        (Kind.REFERENCE, "某单位", "某单位", "***"),
    ],
)
def test_display(kind: Kind, value: Value, shown: str, masked: str) -> None:
    assert PARSER.display(FIELDS[kind], value) == shown
    assert PARSER.display(FIELDS[kind], value, masked=True) == masked


def test_only_what_is_declared_sensitive_is_masked() -> None:
    assert (
        PARSER.display(Field("level", "级别", Kind.CODE, code_list="level"), "senior", masked=True) == "高级社会工作师"
    )
    assert PARSER.display(Field("level", "级别", Kind.CODE, code_list="level"), "gone") == "gone"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲", ["甲"]),
        ("甲、乙，丙,丁；戊;己／庚/辛\n壬\r\n癸", list("甲乙丙丁戊己庚辛壬癸")),
        (" 甲 、、 乙 ", ["甲", "乙"]),
        ("、", []),
    ],
)
def test_split_cell(text: str, parts: list[str]) -> None:
    assert split_cell(text) == parts


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("助理社会工作师、社会工作师", ("assistant", "social_worker")),
        ("初级/中级", ("assistant", "social_worker")),
        ("社工师\n高级社会工作师", ("social_worker", "senior")),
        ("社会工作者（初级、中级）", ("assistant", "social_worker")),
        ("中级", ("social_worker",)),
        ("中级；心理咨询师", ("social_worker", "心理咨询师")),
    ],
)
def test_split_levels(text: str, levels: tuple[str, ...]) -> None:
    assert split_levels(text, LISTS["level"]) == levels


@example(Kind.SCORE, 10**15)
@given(st.sampled_from(list(Kind)), st.text() | st.floats() | st.integers() | st.booleans() | st.datetimes())
def test_any_cell_is_answered_and_every_problem_has_a_sentence(kind: Kind, raw: object) -> None:
    parsed = parse(kind, raw)
    for problem in parsed.problems:
        assert problem.field == f"a_{kind}"
        assert sentence(problem.code, **problem.values)
    if parsed.value is not None and kind not in (Kind.ID_NUMBER, Kind.DATE):
        assert parse(kind, PARSER.display(FIELDS[kind], parsed.value)).value == parsed.value
