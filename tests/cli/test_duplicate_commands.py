"""Duplicates at the command line: found, made one, said to be two; ID numbers repaired."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.people_workbook import LI, ZHANG, write

Command = Callable[..., tuple[int, Any]]


@pytest.fixture
def twice(command: Command) -> Command:
    """张三 twice, with two phones."""
    assert command("new", "people", "name=张三", f"id_number={ZHANG}", "phone=19900000001", "employer=甲站")[0] == 0
    assert command("new", "people", "name=张三", "phone=19900000002", "employer=甲站", "school=示例大学",
                   "birth_date=1985-03-17")[0] == 0  # fmt: skip
    return command


def test_a_pair_is_found_looked_at_and_made_one(twice: Command):
    status, found = twice("duplicates")
    assert (status, found["total"]) == (1, 1)
    (pair,) = found["pairs"]
    assert (pair["one"], pair["other"], pair["name"]) == (1, 2, "张三")
    assert pair["reasons"] == "姓名相同，出生日期相同，电话不同，单位相同"
    status, looked = twice("merge", "1", "2", "--dry-run")
    assert (status, looked["undecided"]) == (1, ["phone"]) and "change" not in looked
    assert {one["field"]: one["value"] for one in looked["fields"]}["school"] == "示例大学"
    assert twice("merge", "1", "2")[0] == 2
    assert twice("merge", "1", "2", "--take", "phone=neither")[1]["error"] == "merge.no_choice"
    assert twice("merge", "1", "2", "--take", "name=both")[1]["error"] == "merge.no_choice"
    status, merged = twice("merge", ZHANG, "2", "--take", "phone=drop")
    assert status == 0
    assert twice("show", "people", "1")[1]["phone"] == "199****0002"
    assert twice("duplicates") == (0, {"total": 0, "pairs": []})
    assert "章" not in str(merged) and ZHANG not in str(merged)
    assert twice("undo", str(merged["change"]))[0] == 0
    assert twice("duplicates")[1]["total"] == 1


def test_two_people_are_said_to_be_two(twice: Command):
    status, said = twice("not-same", "1", "2")
    assert (status, said["people"]) == (0, [1, 2])
    assert twice("duplicates")[0] == 0
    assert twice("undo", str(said["change"]))[0] == 0
    assert twice("duplicates")[0] == 1


def test_a_lost_number_comes_back_when_it_is_accepted(command: Command, tmp_path: Path):
    assert command("new", "people", "name=张三", "id_type=其他", f"id_number={ZHANG[:15]}000")[0] == 0
    assert command("new", "people", "name=李四", "id_type=其他", f"id_number={LI[:15]}000")[0] == 0
    listed = str(write(tmp_path / "名册.xlsx", [["张三", ZHANG]], ("姓名", "身份证号")))
    status, found = command("repair-ids", listed)
    assert status == 1 and [one["acceptable"] for one in found] == [True, False]
    assert ZHANG not in str(found)
    assert command("repair-ids", listed, "--accept", "2")[1]["error"] == "repair.not_proposed"
    assert command("repair-ids", listed, "--accept", "1")[0] == 0
    assert command("show", "people", ZHANG)[1]["birth_date"] == "1985-03-17"
    assert [one["name"] for one in command("repair-ids", listed)[1]] == ["李四"]
