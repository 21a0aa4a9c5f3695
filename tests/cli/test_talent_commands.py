"""Titles and rounds at the command line: a ledger in, a list for the public out, what falls due."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.services.people_workbook import LI, ZHANG, write

Command = Callable[..., tuple[int, Any]]
LEDGER = ("姓名", "身份证号", "人才项目", "获评届次", "授予时间", "授予文号", "管理期起")
PEOPLE = ("姓名", "身份证号", "工作单位", "岗位", "联系电话")


@pytest.fixture
def schemed(command: Command, tmp_path: Path) -> Command:
    people = write(tmp_path / "人员.xlsx", [["张三", ZHANG, "甲站", "督导", "19900000001"],
                                          ["李四", LI, "乙站19900000002", "社工", ""]], PEOPLE)  # fmt: skip
    assert command("import", "people", str(people))[0] == 0
    assert command("new", "talent-schemes", "title=示例人才", "term_years=3", "publication_days=5")[0] == 0
    scheme = command("list", "talent-schemes", "--where", "title=示例人才")[1]["rows"][0]["id"]
    for title in ("第一届示例人才", "第二届示例人才"):
        words = ("new", "talent-rounds", f"title={title}", "--of", str(scheme))
        assert command(*words)[0] == 0
    return command


def cells(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def terms(command: Command) -> list[tuple[str, str, bool]]:
    due = command("due", "--on", "2026-05-01")[1]
    return [(one["person"], one["due"], one["overdue"]) for one in due if one["kind"] == "talent_term"]


def test_a_ledger_comes_in_and_goes_out(schemed: Command, tmp_path: Path):
    rows = [["张三", ZHANG, "示例人才", "第一届示例人才", "2023-06-01", "示例〔2023〕1号", "2023-06-01"],
            ["李四", LI, "没有的人才", "", "2023-06-01", "", ""]]  # fmt: skip
    ledger = write(tmp_path / "台账.xlsx", rows, LEDGER)
    status, done = schemed("import", "talents", str(ledger), "--partial")
    assert (status, done["created"], done["rejected"]) == (1, 1, 1)
    found = schemed("list", "talents", "--where", "scheme=示例人才")[1]
    assert [(row["name"], row["term_to"], row["talent_state"]) for row in found["rows"]] == [
        ("张三", "2026-05-31", "managed")
    ]
    assert terms(schemed) == [("张三", "2026-05-31", False)]
    title = str(found["rows"][0]["id"])
    changed = schemed("set", "talents", title, "talent_state=退出", "state_reason=调离本区")[1]
    assert (changed["saved"], changed["talent_state"]) == (True, "left")
    assert schemed("show", "talents", title)[1]["state_reason"] == "调离本区"
    assert terms(schemed) == []
    assert schemed("export", "talents", "--out", str(tmp_path / "出.xlsx"))[1]["rows"] == 1
    out = cells(tmp_path / "出.xlsx")
    assert out[0] == "人才台账" and "第一届示例人才" in out and "199****0001" in out


def test_the_list_for_the_public(schemed: Command, tmp_path: Path):
    for person, state in ((ZHANG, "公示"), (LI, "公示")):
        words = ("new", "talent-candidates", "round=第二届示例人才", f"candidate_state={state}", "--of", person)
        assert schemed(*words)[0] == 0
    target = tmp_path / "公示.xlsx"
    words = ("export", "publication", "--where", "round=第二届示例人才", "--out", str(target))
    assert schemed(*words)[1]["rows"] == 2
    assert {"张三", "李四", "甲站督导", "乙站***社工"} <= set(cells(target))
    assert not [text for text in cells(target) if "19900000" in text or "530122" in text]
    target.unlink()
    assert schemed(*words, "--full-numbers", "--purpose", "公示")[0] == 2
    assert not target.exists()
    assert schemed("export", "publication", "--out", str(target))[0] == 2


def test_a_round_goes_its_way_and_wrong_words_are_refused(schemed: Command):
    def went(*words: str) -> tuple[int, Any]:
        return schemed("round", "第一届示例人才", *words)

    assert went("publish")[0] == 2
    for person in (ZHANG, LI):
        assert schemed("new", "talent-candidates", "round=第一届示例人才", "--of", person)[0] == 0
    assert went("review")[0] == 2
    assert went("review", "--person", ZHANG)[1]["people"] == 1
    assert went("publish", "--on", "2026-03-10", "--until", "2026-03-09")[0] == 2
    assert went("publish", "--on", "2026-03-10")[1]["until"] == "2026-03-16"
    assert went("decide", "--on", "2026-03-20")[0] == 2
    status, decided = went("decide", "--on", "2026-03-16", "--document", "示例〔2026〕1号")
    assert (status, decided["people"]) == (0, 1)
    assert decided["warnings"] == ["公示期到 2026-03-16，决定日期时还没有届满。"]
    assert went("reject", "--person", ZHANG)[0] == 2
    assert schemed("round", "第二届示例人才", "review", "--person", LI)[0] == 2
    assert schemed("expire", "--on", "2029-03-15")[1]["titles"] == 0
    assert schemed("expire", "--on", "2029-03-16")[1]["titles"] == 1
    assert schemed("undo", str(decided["change"]))[0] == 0


def test_leaders_change_at_the_command_line(schemed: Command):
    for name in ("甲领导", "乙领导"):
        schemed("new", "leaders", f"name={name}")
    assert schemed("leader", "甲领导")[0] == 2
    assert schemed("leader", "甲领导", "--person", ZHANG, "--of", "乙领导")[0] == 2
    assert schemed("leader", "丙领导", "--person", ZHANG)[0] == 2
    words = ("leader", "甲领导", "--person", ZHANG, "--person", LI, "--on", "2026-01-01")
    assert schemed(*words)[1]["people"] == 2
    again = schemed(*words)[1]
    assert (again["people"], again["change"]) == (0, None)
    assert schemed("leader", "乙领导", "--of", "甲领导", "--on", "2026-02-01")[1]["people"] == 2
    assert schemed("leader", "乙领导", "--of", "乙领导")[0] == 2
    listed = schemed("list", "leader-contacts", "--where", "to=2026-01-31")[1]["rows"]
    assert len(listed) == 2
