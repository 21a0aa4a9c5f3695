"""The hand-over pack: whole, encrypted, read by other means than the program's, and nothing of it left in plain."""

import os
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import pyzipper

from socialwork_app.domain.roles import Role
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence import log as stored
from socialwork_app.persistence.log import Asked
from socialwork_app.security import locked_zip
from socialwork_app.services import hand_over, hand_over_sheets
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.hand_over import INDEX, HandOver
from socialwork_app.services.opened import OpenRegister
from tests.services.people_workbook import ZHANG as ID

PASSWORD = "Uebergabe-2026 x"
PURPOSE = "岗位移交"
PHONE = "19900001234"
SCAN = b"%PDF-1.4 " + b"scan of somebody " * 50


@pytest.fixture
def filled(opened: OpenRegister, save: Callable[..., int], tmp_path: Path) -> OpenRegister:
    person = save("people", name="张三", id_number=ID, phone=PHONE)
    other = save("people", name="李四")
    save("certificates", person, level="社会工作师", certificate_number="AB15000001", approved_on="2019-06-15")
    save("educations", other, school="示例大学", study_mode="全日制", education="大学本科")
    (tmp_path / "张三身份证.PDF").write_bytes(SCAN)
    Attachments(opened).add("people", person, tmp_path / "张三身份证.PDF")
    (tmp_path / "张三身份证.PDF").unlink()
    return opened


def sheet(pack: dict[str, bytes], name: str, tab: str | None = None) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(pack[name]))
    found = book[tab] if tab else book.active
    return [*found.iter_rows(values_only=True)]


def opened_by_library(file: Path, password: str = PASSWORD) -> dict[str, bytes]:
    with pyzipper.AESZipFile(file) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_stands_in_it_and_the_index_counts_it(filled, tmp_path):
    done = HandOver(filled).pack(tmp_path / "交接包.zip", PASSWORD, PURPOSE)
    pack = opened_by_library(done.file)
    assert len(pack) == done.files
    registers = [one for one in filled.catalogue.registers if not one.hangs_on_any]
    assert {f"登记册/{one.title}.xlsx" for one in registers} <= pack.keys()
    assert {
        "名册/持证社会工作者名册.xlsx",
        "名册/人才台账.xlsx",
        "现行规则.xlsx",
        "待办事项.xlsx",
        "日志.xlsx",
    } <= pack.keys()
    people = sheet(pack, "登记册/人员.xlsx")
    assert people[2][:2] == ("编号", "姓名") and [row[1] for row in people[3:]] == ["张三", "李四"]
    assert ID in people[3] and PHONE in people[3]
    education = sheet(pack, "登记册/学历经历.xlsx")
    assert education[2][:3] == ("编号", "所属编号", "所属") and "李四" in str(education[3][2])
    assert ID in sheet(pack, "名册/持证社会工作者名册.xlsx")[3]
    assert any("首次登记" in str(cell) for row in sheet(pack, "待办事项.xlsx") for cell in row)
    files = sheet(pack, INDEX, "文件")[3:]
    assert {row[0] for row in files} | {INDEX, "附件/000001.pdf"} == pack.keys()
    counted = {row[0]: row[2] for row in files}
    assert counted["登记册/人员.xlsx"] == 2 and counted["登记册/学历经历.xlsx"] == 1
    assert sum(count for name, count in counted.items() if name.startswith("登记册/")) == done.rows
    scan = sheet(pack, INDEX, "附件")[3]
    assert (scan[0], scan[1], scan[2]) == ("附件/000001.pdf", "张三身份证.PDF", "人员") and "张三" in str(scan[4])
    assert pack["附件/000001.pdf"] == SCAN
    about = dict(row[:2] for row in sheet(pack, INDEX, "交接包说明")[3:])
    assert about["用途"] == PURPOSE and "备份文件恢复" in str(about["用法"])


def test_the_names_in_the_zip_name_nobody_and_its_content_is_encrypted(filled, tmp_path):
    done = HandOver(filled).pack(tmp_path / "包.zip", PASSWORD, PURPOSE)
    with zipfile.ZipFile(done.file) as archive:
        assert all(member.flag_bits & 0x1 and member.compress_type == 99 for member in archive.infolist())
        assert not [name for name in archive.namelist() if "张三" in name]
    data = done.file.read_bytes()
    assert not any(word in data for word in (ID.encode(), PHONE.encode(), b"scan of somebody"))
    with pytest.raises(RuntimeError, match="password"):
        opened_by_library(done.file, "falsch")


def test_rules_in_force_only(filled, save, tmp_path):
    save("rules", rule="test.old", title="旧规定", value="1", valid_to="2000-01-01")
    save("rules", rule="test.new", title="新规定", value="2", valid_from="2001-01-01")
    pack = opened_by_library(HandOver(filled).pack(tmp_path / "包.zip", PASSWORD, PURPOSE).file)
    titles = [row[1] for row in sheet(pack, "现行规则.xlsx")]
    assert "新规定" in titles and "旧规定" not in titles
    assert "旧规定" in [row[2] for row in sheet(pack, "登记册/规则.xlsx")]


def test_the_log_is_that_of_the_term(filled, tmp_path):
    whole = opened_by_library(HandOver(filled).pack(tmp_path / "a.zip", PASSWORD, PURPOSE).file)
    none = HandOver(filled).pack(tmp_path / "b.zip", PASSWORD, PURPOSE, since=date(2001, 1, 1), to=date(2001, 12, 31))
    assert len(sheet(whole, "日志.xlsx")) > len(sheet(opened_by_library(none.file), "日志.xlsx"))


def test_many_rows_go_into_several_files(filled, save, tmp_path, monkeypatch):
    monkeypatch.setattr(hand_over_sheets, "ROWS_A_FILE", 2)
    for number in range(3):
        save("people", name=f"王{number}")
    pack = opened_by_library(HandOver(filled).pack(tmp_path / "包.zip", PASSWORD, PURPOSE).file)
    found = [row[1] for part in ("", "（2）", "（3）") for row in sheet(pack, f"登记册/人员{part}.xlsx")[3:]]
    assert found == ["张三", "李四", "王0", "王1", "王2"]
    assert "登记册/人员（4）.xlsx" not in pack


def test_it_is_logged_with_its_purpose(filled, tmp_path):
    HandOver(filled).pack(tmp_path / "包.zip", PASSWORD, PURPOSE)
    with filled.file.read() as connection:
        newest = stored.page(connection, filled.schema, Asked(), 0, 1)[0]
    assert newest["action"] == "hand_over" and PURPOSE in newest["detail"]


def test_who_may_not_and_what_is_missing(filled, tmp_path):
    service, target = HandOver(filled), tmp_path / "包.zip"
    for password, purpose, code in (
        (PASSWORD, " ", "export.purpose_missing"),
        ("", PURPOSE, "pack.password"),
        ("密码密码", PURPOSE, "pack.password"),
    ):
        with pytest.raises(DomainError) as refused:
            service.pack(target, password, purpose)
        assert refused.value.code == code
    filled.role = Role.EDITOR
    with pytest.raises(DomainError, match=r"role\.refused"):
        service.pack(target, PASSWORD, PURPOSE)
    assert not target.exists()


def test_bytes_that_come_back_otherwise_are_not_adopted(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(locked_zip, "digests", lambda *_words: (one for one in [(INDEX, "0")]))
    target = tmp_path / "包.zip"
    target.write_bytes(b"the one before")
    with pytest.raises(DomainError, match=r"pack\.mismatch"):
        HandOver(filled).pack(target, PASSWORD, PURPOSE)
    assert target.read_bytes() == b"the one before"


class Stopping(Control):
    def __init__(self, steps: int, look: Callable[[], None]) -> None:
        self.steps, self.look = steps, look

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self.look()
        self.steps -= 1
        if self.steps < 0:
            raise Cancelled


def plain_in(*folders: Path) -> list[Path]:
    """Files that hold one of the planted words, also packed in a workbook."""
    words = (ID.encode(), PHONE.encode(), "张三".encode(), b"scan of somebody")
    found = []
    for file in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        data = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                data += b"".join(archive.read(one) for one in archive.infolist() if not one.flag_bits & 0x1)
        found += [file] if any(word in data for word in words) else []
    return found


def test_nothing_is_in_plain_on_a_disk_at_any_step_or_after(filled, tmp_path, monkeypatch):
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "包.zip"
    looked = 0

    def look() -> None:
        nonlocal looked
        looked += 1
        assert plain_in(tmp_path) == []

    for steps in (0, 3, 40, 90):
        with pytest.raises(Cancelled):
            HandOver(filled).pack(target, PASSWORD, PURPOSE, control=Stopping(steps, look))
        assert [*(tmp_path / "out").iterdir()] == [*temporary.iterdir()] == []
    HandOver(filled).pack(target, PASSWORD, PURPOSE, control=Stopping(10_000, look))
    assert looked > 150
    assert [*temporary.iterdir()] == [] and plain_in(tmp_path) == []


def test_a_kill_leaves_nothing_in_plain(filled, tmp_path):
    """In a process of its own that ends without a word in the middle of the scans."""
    folder = filled.folder
    filled.close()
    (tmp_path / "out").mkdir()
    (tmp_path / "temp").mkdir()
    script = f"""
        import os
        from pathlib import Path
        from socialwork_app import bootstrap
        from socialwork_app.foundation.jobs import Control
        from socialwork_app.services.hand_over import HandOver

        class Killed(Control):
            def step(self, done, total=None, what=""):
                if what == "附件":
                    os._exit(9)

        opened = bootstrap.register_files().open(Path({str(folder)!r}))
        HandOver(opened).pack(Path({str(tmp_path / "out" / "p.zip")!r}), {PASSWORD!r}, "x", control=Killed())
    """
    given = {**os.environ, "TMPDIR": str(tmp_path / "temp"), "TEMP": str(tmp_path / "temp"), "PYTHONUTF8": "1"}
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=given, cwd=Path.cwd(), check=False)
    assert ended.returncode == 9
    assert not (tmp_path / "out" / "p.zip").exists()
    assert plain_in(tmp_path) == []


def test_a_made_password_can_be_typed():
    made = hand_over.new_password()
    locked_zip.require_password(made)
    assert len(made) > 30 and made != hand_over.new_password()


@pytest.mark.parametrize(("name", "ending"), [
    ("a.JPG", ".jpg"), ("a", ""), ("a.p/df", ""), ("a.tar.gz", ".gz"), ("a.身份证", ""), ("a.exe ", ""),
    ("a.verylongending", ""),
])  # fmt: skip
def test_of_a_name_that_was_typed_only_the_ending_stays(name: str, ending: str):
    assert hand_over._ending(name) == ending
