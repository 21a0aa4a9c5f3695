"""The commands as they are typed, in one process, on real files."""

import json
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.cli.main import run
from socialwork_app.domain.sentences import sentence
from socialwork_app.security import locked_zip
from socialwork_app.services.register_files import RegisterFiles
from tests.services.people_workbook import LI, ZHANG, row, write

Command = Callable[..., tuple[int, Any]]


@pytest.fixture
def roster(tmp_path: Path) -> str:
    return str(write(tmp_path / "名册.xlsx", [
        row(姓名="张三", 身份证号码=ZHANG, 级别="中级", 证书管理号="AB15000001", 批准日期="2019-06-15", 所属街道="昆阳街道"),
        row(姓名="李四", 身份证号码=LI, 级别="初级", 证书管理号="AB15000002", 批准日期="2024-06", 联系方式="19900001235"),
    ]))  # fmt: skip


def test_a_register_is_made_with_its_recovery_code(command: Command, tmp_path: Path):
    status, made = command(
        "init", "--owner", "测试单位", "--recovery-file", str(tmp_path / "新"), register=tmp_path / "新册"
    )
    assert status == 0 and made["recovery_code"] == (tmp_path / "新").read_text(encoding="utf-8").strip()
    assert command("stats", register=tmp_path / "新册")[0] == 0


def test_a_day_at_the_command_line(command: Command, roster: str, tmp_path: Path):
    status, done = command("import", "certificates", roster)
    assert status == 0
    assert (done["batch"], done["read"], done["created"], done["rejected"]) == (3, 2, 2, 0)
    status, found = command("list", "certificates", "--where", "level=中级", "--search", "zs")
    assert (found["total"], found["rows"][0]["level"]) == (1, "social_worker")
    assert found["rows"][0]["id_number"] == f"{ZHANG[:6]}********{ZHANG[-4:]}"
    status, person = command("show", "people", ZHANG)
    assert person["certificates"][0]["certificate_number"] == "AB15000001"
    assert command("set", "people", ZHANG, "position=主任", "education=不知道")[0] == 1
    status, saved = command("set", "people", ZHANG, "position=主任", "phone=19900009999")
    assert (status, saved["position"], saved["phone"]) == (0, "主任", "199****9999")
    status, lines = command("history", "people", ZHANG)
    assert {(line["field"], line["new"]) for line in lines if line["field"]} == {
        ("position", "主任"), ("phone", "199****9999")}  # fmt: skip
    status, figures = command("stats", "--as-of", "2020-01-01")
    assert figures["certified"] == {"total": 1, "assistant": 0, "social_worker": 1, "senior": 0}
    status, due = command("due", "--on", "2025-01-01")
    assert [(one["kind"], one["person"], one["due"]) for one in due if one["person"]] == [
        ("first_registration", "张三", "2020-06-15"), ("first_registration", "李四", "2025-06-30")]  # fmt: skip
    assert command("due", "--on", "9999-12-31")[0] == 0
    status, undone = command("undo", str(done["batch"]))
    assert undone["kept"] == ["人员 张三"]
    assert command("batches")[1][0]["undone"] is True


def test_rosters_are_masked_unless_a_purpose_is_given(command: Command, roster: str, tmp_path: Path):
    from openpyxl import load_workbook

    command("import", "certificates", roster)
    target = tmp_path / "out.xlsx"
    assert command("export", "certified", "--out", str(target), "--as-of", "2025-12-31") == (
        0,
        {"file": str(target), "rows": 2},
    )
    text = "".join(str(cell.value) for line in load_workbook(target).worksheets[0] for cell in line)
    assert ZHANG not in text
    assert "截至日期：2025-12-31" in text
    status, refused = command("export", "certified", "--out", str(target), "--full-numbers")
    assert (status, refused["error"]) == (2, "export.purpose_missing")
    command("export", "certified", "--out", str(target), "--full-numbers", "--purpose", "报市局备案")
    assert ZHANG in "".join(str(cell.value) for line in load_workbook(target).worksheets[0] for cell in line)
    status, done = command("export", "certified", "--out", str(target), "--as-of", "2020-01-01")
    assert done["rows"] == 1


def test_a_year_that_is_over_is_told_as_of_its_last_day(command: Command, tmp_path: Path):
    from openpyxl import load_workbook

    today = date.today()
    days = {today.year - 1: f"{today.year - 1}-12-31", today.year: f"{today}"}
    for roster, year in product(("certified", "appraisals", "leader-contacts"), days):
        target = tmp_path / "out.xlsx"
        assert command("export", roster, "--year", str(year), "--out", str(target))[0] == 0
        text = "".join(str(cell.value) for line in load_workbook(target).worksheets[0] for cell in line)
        assert f"截至日期：{days[year]}" in text


def test_exit_statuses(command: Command, roster: str, tmp_path: Path):
    (tmp_path / "wrong").write_text("别的", encoding="utf-8")
    assert command("stats", password=tmp_path / "wrong")[0] == 3
    assert command("stats", register=tmp_path / "nothing")[0] == 3
    assert command("import", "certificates", str(tmp_path / "没有.xlsx"))[0] == 4
    assert command("list", "unknown")[0] == 2
    assert command("show", "people", "110105194912310021")[0] == 2
    assert command("list", "people", "--where", "nonsense=1")[0] == 2
    (tmp_path / "text.xlsx").write_text("这不是工作簿", encoding="utf-8")
    status, refused = command("import", "people", str(tmp_path / "text.xlsx"))
    assert status == 2
    assert refused["message"]


@pytest.mark.parametrize(("words", "code", "named"), [
    (("fly",), "words.unreadable", "fly"), (("due", "--on", "昨天"), "words.unreadable", "昨天"),
    (("due", "--on", "it's"), "words.unreadable", "it's"), (("due", "--nonsense", "多余"), "words.unreadable", "--nonsense 多余"),
    (("course", "班", "jump"), "words.unreadable", "jump"), (("undo", "第三"), "words.unreadable", "第三"),
    ((), "words.missing", "COMMAND"), (("list",), "words.missing", "KIND"), (("due", "--on"), "words.missing", "--on"),
    (("backup",), "words.missing", "--out --auto"),
])  # fmt: skip
def test_words_that_make_no_command(
    files: RegisterFiles, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str, named: str
):
    said = sentence(code, word=named)
    assert run([*words, "--json"], files) == 2
    told = capsys.readouterr()
    assert json.loads(told.out) == {"error": code, "message": said}
    assert run(words, files) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("usage: socialwork ") and told.err.endswith(f"{said}\n")


def test_a_register_that_is_only_named_is_opened_in_the_window(files: RegisterFiles, tmp_path: Path):
    assert run(["--register", str(tmp_path)], files) == tmp_path


def test_help_is_no_error(files: RegisterFiles, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        run(["due", "--help"], files)
    assert caught.value.code == 0 and "按哪一天算" in capsys.readouterr().out


def test_dry_run_and_map(command: Command, tmp_path: Path):
    path = str(write(tmp_path / "a.xlsx", [("张三", ZHANG, "示例大学")], ("姓名", "身份证号", "怪列名")))
    status, done = command("import", "people", path, "--dry-run", "--map", "怪列名=school")
    assert (done["batch"], done["created"], done["problems"]) == (None, 1, [])
    assert command("list", "people")[1]["total"] == 0
    assert command("import", "people", path, "--map", "怪列名=nonsense")[0] == 2
    assert command("import", "people", path, "--map", "没有=school")[0] == 2


def test_backup_restore_check(command: Command, roster: str, tmp_path: Path):
    command("import", "certificates", roster)
    status, kept = command("backup", "--out", str(tmp_path / "a.swbak"))
    assert (status, kept["counts"]["people"]) == (0, 2)
    status, back = command("restore", str(tmp_path / "a.swbak"), register=tmp_path / "新册")
    assert (status, back["counts"]) == (0, kept["counts"])
    backup = str(tmp_path / "a.swbak")
    status, back = command("restore", backup, register=tmp_path / "忘记密码", password=tmp_path / "code")
    assert (status, back["counts"]) == (0, kept["counts"])
    status, found = command("check", register=tmp_path / "新册")
    assert (status, found["integrity"]) == (1, "ok")
    assert {one["code"] for one in found["findings"]} == {"quality.place_missing"}


def test_a_scheduled_backup_rotates_reaches_the_second_disk_and_is_compared(command: Command, roster: str, tmp_path: Path):
    stick = tmp_path / "优盘"
    status, made = command("backup", "--auto", "--second", str(stick))
    assert (status, made["second"]) == (0, None) and str(stick) in made["second_problem"]
    assert Path(made["file"]).parent == tmp_path / "册备份"
    stick.mkdir()
    status, again = command("backup", "--auto")
    assert (status, again["second"], again["second_problem"]) == (0, str(stick / Path(again["file"]).name), "")
    command("import", "certificates", roster)
    status, found = command("restore", again["file"], "--compare")
    people = next(one for one in found["differences"] if one["kind"] == "people")
    assert (status, people["there"], people["here"], people["only_here"]) == (0, 0, 2, 2)
    assert found["newest_here"]["action"] == "import"


def test_rosters_rules_and_templates(command: Command, tmp_path: Path):
    assert "certified" in {one["roster"] for one in command("rosters")[1]}
    status, rules = command("rules", "show", "registration.valid_years")
    assert (rules[0]["value"], rules[0]["valid_from"]) == ("3", "2009-04-08")
    assert command("rules", "show", "nonsense")[0] == 2
    assert command("template", "certificates", "--out", str(tmp_path / "t.xlsx"))[0] == 0
    assert (tmp_path / "t.xlsx").is_file()


def test_a_rule_that_is_changed_is_followed(command: Command, roster: str):
    command("import", "certificates", roster)
    status, _ = command("set", "rules", "1", "value=24")
    assert status == 0
    due = command("due", "--on", "2025-01-01")[1]
    assert [one["due"] for one in due if one["person"] == "李四"] == ["2026-06-30"]


def test_a_rule_is_asked_for_by_its_name(command: Command):
    assert command("set", "rules", "due.warn_days", "value=60")[0] == 0
    assert command("rules", "show", "due.warn_days")[1][0]["value"] == "60"
    lines = command("history", "rules", "due.warn_days")[1]
    assert ("value", "90", "60") in {(line["field"], line["old"], line["new"]) for line in lines}
    again = ("rule=due.warn_days", "title=到期提醒提前天数", "value=30", "valid_from=2027-01-01")
    assert command("new", "rules", *again)[0] == 0
    status, refused = command("set", "rules", "due.warn_days", "value=45")
    assert (status, refused["error"]) == (2, "reference.several")
    assert command("set", "rules", "5", "value=45")[0] == 0


def test_the_sample_register_needs_no_password(
    files: RegisterFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "示例"
    assert run(["demo", "--folder", str(folder), "--people", "30", "--no-window", "--json"], files) == 0
    capsys.readouterr()
    assert run(["--register", str(folder), "list", "people", "--json", "--limit", "5"], files) == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["total"], len(listed["rows"])) == (30, 5)
    assert run(["demo", "--folder", str(folder)], files) == folder


def test_a_hand_over_pack_is_made_with_a_password_of_its_own(command: Command, roster: str, tmp_path: Path):
    command("import", "certificates", roster)
    status, made = command("hand-over", "--out", str(tmp_path / "包.zip"), "--purpose", "移交", "--from", "2020-01-01")
    assert status == 0 and made["rows"] > 2 and made["scans"] == made["missing"] == 0
    assert dict(locked_zip.digests(tmp_path / "包.zip", made["password"]))["登记册/人员.xlsx"]
    (tmp_path / "own").write_text("Own-password-1\n", encoding="utf-8")
    words = ("hand-over", "--out", str(tmp_path / "二.zip"), "--purpose", "移交")
    status, made = command(*words, "--pack-password-file", str(tmp_path / "own"))
    assert status == 0 and "password" not in made
    assert len(dict(locked_zip.digests(tmp_path / "二.zip", "Own-password-1"))) == made["files"]
