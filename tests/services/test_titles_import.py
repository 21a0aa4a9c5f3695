"""Titles out of the ledgers of the years: who is meant, which title, what follows."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services.history import History
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import ZHANG, write

HEADERS = ("姓名", "身份证号", "工作单位", "人才项目", "获评届次", "授予时间", "授予文号", "管理期起", "管理期止")
KEYS = ("name", "scheme", "round", "granted_on", "document", "term_from", "term_to", "talent_state")
Take = Callable[..., ImportResult]


@pytest.fixture
def take(opened: OpenRegister, save: Callable[..., int], tmp_path: Path) -> Take:
    scheme = save("talent_schemes", title="示例人才", term_years="3")
    save("talent_schemes", title="市级人才")
    for title in ("第一届示例人才", "第二届示例人才"):
        save("talent_rounds", scheme, title=title)
    save("people", name="张三", id_number=ZHANG, employer="甲站")
    save("people", name="李四", employer="甲站")

    def taken(*rows: Sequence[object], headers: Sequence[str] = HEADERS, mode: str = "fill") -> ImportResult:
        imports = Imports(opened)
        reading = imports.read(write(tmp_path / "台账.xlsx", rows, headers), "talents")
        return imports.apply(imports.check(reading, mode), partial=True)

    return taken


def titles(opened: OpenRegister) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in Records(opened, "talents").all_rows(EVERYTHING, KEYS)]


def codes(done: ImportResult) -> list[str]:
    return [problem.code for problem in done.problems]


def test_by_number_and_by_name_with_the_unit_the_term_is_the_schemes(opened: OpenRegister, take: Take):
    done = take(
        ["张 三", ZHANG, "", "示例人才", "第一届示例人才", "2020.6.1", "示例〔2020〕1号", "2020年6月1日", ""],
        ["李四", "", "甲站", "示例人才", "第一届示例人才", "2020-06", "示例〔2020〕1号", "2020-06", ""],
    )
    assert (done.created, done.rejected, codes(done)) == (2, 0, [])
    assert titles(opened) == [
        ("李四", "示例人才", "第一届示例人才", "2020-06", "示例〔2020〕1号", "2020-06", None, "managed"),
        ("张三", "示例人才", "第一届示例人才", "2020-06-01", "示例〔2020〕1号", "2020-06-01", "2023-05-31", "managed"),
    ]
    History(opened).undo(done.batch or 0)
    assert titles(opened) == []


def test_the_same_again_is_unchanged_and_empty_fields_are_filled(opened: OpenRegister, take: Take):
    row = ["张三", ZHANG, "", "示例人才", "第一届示例人才", "2020-06-01", "", "", ""]
    assert take(row).created == 1
    assert take(row).unchanged == 1
    filled = [*row[:6], "示例〔2020〕1号", "2020-06-01", ""]
    assert take(filled).updated == 1
    assert titles(opened)[0][4:7] == ("示例〔2020〕1号", "2020-06-01", "2023-05-31")


def test_another_round_is_another_title_and_one_without_a_round_is_told_apart_by_its_day(
    opened: OpenRegister, take: Take
):
    take(["张三", ZHANG, "", "示例人才", "第一届示例人才", "2020-06-01", "", "", ""])
    assert take(["张三", ZHANG, "", "示例人才", "第二届示例人才", "2023-06-01", "", "", ""]).created == 1
    assert take(["张三", ZHANG, "", "示例人才", "", "2023-06", "", "", ""]).unchanged == 1
    assert take(["张三", ZHANG, "", "示例人才", "", "2026-06-01", "", "", ""]).created == 1
    assert take(["张三", ZHANG, "", "市级人才", "", "2020-06-01", "", "", ""]).created == 1
    doubtful = take(["张三", ZHANG, "", "示例人才", "", "", "", "", ""])
    assert (doubtful.rejected, codes(doubtful)) == (1, ["talent.several_titles"])
    assert len(titles(opened)) == 4


def test_an_unknown_scheme_or_round_has_to_be_added_first(opened: OpenRegister, take: Take):
    done = take(
        ["张三", ZHANG, "", "没有的项目", "", "2020", "", "", ""],
        ["张三", ZHANG, "", "示例人才", "没有的届次", "2020", "", "", ""],
        ["张三", ZHANG, "", "", "第一届示例人才", "2020", "", "", ""],
        ["王五", "", "", "示例人才", "", "2020", "", "", ""],
    )
    assert (done.created, done.rejected) == (0, 4)
    assert codes(done) == ["reference.unknown", "reference.unknown", "field.required", "person.not_found"]
    assert "请先新建" in done.problems[0].message and titles(opened) == []


def test_what_is_odd_is_told_and_what_can_not_be_is_refused(opened: OpenRegister, take: Take):
    done = take(["张三", ZHANG, "", "市级人才", "第一届示例人才", "2020-06-01", "", "", ""])
    assert (done.created, codes(done)) == (1, ["talent.other_scheme"])
    done = take(["李四", "", "甲站", "示例人才", "", "2020-06-01", "", "2020-06-01", "2019-05-31"])
    assert (done.rejected, codes(done)) == (1, ["talent.ends_before"])


def test_its_template_comes_back(opened: OpenRegister, take: Take, tmp_path: Path):
    path = write_template(opened.catalogue, "talents", tmp_path / "模板.xlsx")
    reading = Imports(opened).read(path, "talents")
    matched = [column.field for column in reading.tables[0].columns]
    assert {"name", "id_number", "scheme", "round", "granted_on", "document", "term_from", "term_to"} <= set(matched)
