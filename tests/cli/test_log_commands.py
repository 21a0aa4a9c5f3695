"""log, bin, restore-record, restore-field, show --on, check: the past of the register at the command line."""

from datetime import date
from pathlib import Path

import pytest

from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services.register_files import KEY_FILE, RegisterFiles
from tests.cli.conftest import PASSWORD, Command


@pytest.fixture
def person(command: Command) -> str:
    return str(command("new", "people", "name=张三", "phone=19900001234")[1]["id"])


def test_the_log_says_who_did_what_and_goes_out_as_a_workbook(command: Command, person: str, tmp_path: Path):
    command("set", "people", person, "phone=19900005678")
    status, found = command("log", "--limit", "2", "--action", "save")
    assert (status, found["total"]) == (0, 2)
    assert [(row["action"], row["records"]) for row in found["rows"]] == [("修改", "人员 张三"), ("新增", "人员 张三")]
    assert "1990000" not in str(found)
    today = date.today().isoformat()
    assert command("log", "--from", today, "--to", today, "--action", "save")[1]["total"] == 2
    status, written = command("log", "--action", "save", "--out", str(tmp_path / "日志.xlsx"))
    assert (status, written["rows"]) == (0, 2) and (tmp_path / "日志.xlsx").is_file()
    assert command("log", "--action", "export")[1]["total"] == 1


def test_a_whole_log_is_verified_and_a_broken_one_named(
    command: Command, person: str, tmp_path: Path, files: RegisterFiles
):
    assert command("log", "--verify") == (0, {"log": "ok"})
    assert command("check")[1]["log"] == "ok"
    opened = files.open(tmp_path / "册", PASSWORD)
    key = opened.file.key
    opened.close()
    connection = connect(tmp_path / "册" / FILE_NAME, key)
    connection.execute("DROP TRIGGER changes_no_DELETE")
    connection.execute("DELETE FROM changes WHERE action = 'save'")
    connection.close()
    status, found = command("log", "--verify")
    assert status == 1 and found["log"].startswith("日志")
    status, found = command("check")
    assert status == 1 and found["integrity"] == "ok" and found["log"].startswith("日志")
    assert (tmp_path / "册" / KEY_FILE).is_file()


def test_a_record_as_it_was_and_one_field_back(command: Command, person: str):
    command("set", "people", person, "phone=19900005678", "position=社工")
    status, then = command("show", "people", person, "--on", date.today().isoformat())
    assert (status, then["name"], then["phone"]) == (0, "张三", "199****5678")
    status, error = command("show", "people", person, "--on", "2020-01-01")
    assert (status, error["error"]) == (2, "record.not_on")
    line = next(one for one in command("history", "people", person)[1] if one["field"] == "phone")
    status, saved = command("restore-field", "people", person, "phone", "--change", str(line["change"]))
    assert (status, saved["phone"], saved["position"]) == (0, "199****1234", "社工")


def test_a_deleted_record_comes_back_from_the_bin(command: Command, person: str, tmp_path: Path, files: RegisterFiles):
    from socialwork_app.services.records import Records

    opened = files.open(tmp_path / "册", PASSWORD)
    Records(opened, "people").delete([int(person)])
    opened.close()
    status, found = command("bin", "--search", "张")
    assert (status, found["total"]) == (0, 1)
    assert (found["rows"][0]["kind"], found["rows"][0]["id"]) == ("people", int(person))
    assert command("restore-record", "people", person)[1]["restored"] == {"people": 1}
    assert command("show", "people", person)[0] == 0
    status, error = command("restore-record", "people", person)
    assert (status, error["error"]) == (2, "bin.not_there")
