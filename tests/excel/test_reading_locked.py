"""Workbooks with a password, of every kind: it is asked for, and a wrong one is said."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto.format.ooxml as agile
import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.excel import caps, locked_odf
from socialwork_app.excel.reading import read_workbook
from socialwork_app.foundation import apart
from socialwork_app.foundation.errors import DomainError
from tests.excel import locked_ods, old_workbooks
from tests.excel.workbooks import opendocument, xlsx

PASSWORD = "密码2026"
CELLS: old_workbooks.Cells = [["姓名", "学时"], ["张三", 1.5]]
ODS = (
    "<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>学时</text:p>"
    '</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>张三</text:p></table:table-cell>'
    '<table:table-cell office:value="1.5"/></table:table-row>'
)  # fmt: skip


def of_excel_97(_folder: Path) -> bytes:
    return old_workbooks.locked_97(CELLS, PASSWORD)


def of_excel_2002(_folder: Path) -> bytes:
    return old_workbooks.locked_97(CELLS, PASSWORD, crypto_api=True)


def of_excel_2007(folder: Path) -> bytes:
    return old_workbooks.locked_2007(xlsx(folder / "plain", CELLS).read_bytes(), PASSWORD)


def of_excel_2010(folder: Path) -> bytes:
    locked = BytesIO()
    agile.OOXMLFile(BytesIO(xlsx(folder / "plain", CELLS).read_bytes())).encrypt(PASSWORD, locked)
    return locked.getvalue()


def of_libre_office(folder: Path) -> bytes:
    return locked_ods.lock(opendocument(folder / "plain", ODS), PASSWORD).read_bytes()


def of_libre_office_24(folder: Path) -> bytes:
    return locked_ods.lock_whole(opendocument(folder / "plain", ODS), PASSWORD).read_bytes()


def told(path: Path, password: str | None) -> str:
    with pytest.raises(DomainError) as refused:
        read_workbook(path, password)
    return sentence_of(refused.value)


@pytest.mark.parametrize(
    "made", [of_excel_97, of_excel_2002, of_excel_2007, of_excel_2010, of_libre_office, of_libre_office_24]
)
def test_the_password_is_asked_for_and_a_wrong_one_said(tmp_path: Path, made: Callable[[Path], bytes]) -> None:
    path = tmp_path / "名册.xls"
    path.write_bytes(made(tmp_path))
    assert told(path, None) == "该工作簿设有打开密码。请输入密码。"
    assert told(path, "别的") == "工作簿密码不正确。请重新输入。"
    assert read_workbook(path, PASSWORD)[0].rows == [["姓名", "学时"], ["张三", 1.5]]


def test_what_is_unlocked_is_not_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refuse(*_args: object, **_kinds: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(apart, "each", lambda work, *args, control: work(*args, control))
    path = tmp_path / "名册.xls"
    path.write_bytes(of_excel_2002(tmp_path))
    assert read_workbook(path, PASSWORD)[0].rows[1] == ["张三", 1.5]


OTHERWISE = "该文件的加密方式在此无法解开。请用 WPS 或 Excel 打开，去掉密码，另存为 .xlsx 后再试。"


def test_encryption_that_is_not_known_here(tmp_path: Path) -> None:
    blowfish = locked_ods.lock(opendocument(tmp_path / "a.ods", ODS), PASSWORD, algorithm="urn:x:Blowfish CFB")
    untold = tmp_path / "b.ods"
    with ZipFile(untold, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("encrypted-package", b"\1" * 100)
    whole = locked_ods.lock_whole(opendocument(tmp_path / "c.ods", ODS), PASSWORD, algorithm="urn:x:chacha20")
    for path in (blowfish, untold, whole):
        assert told(path, PASSWORD) == OTHERWISE


def test_a_part_that_is_packed_with_a_password(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", CELLS)
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(data)
    assert told(path, PASSWORD) == OTHERWISE


def test_rounds_without_end_are_not_begun(tmp_path: Path) -> None:
    path = locked_ods.lock(opendocument(tmp_path / "a.ods", ODS), PASSWORD, rounds=10**12)
    assert "可能造成危害" in told(path, PASSWORD)


def test_memory_without_end_is_not_taken(tmp_path: Path) -> None:
    path = locked_ods.lock_whole(opendocument(tmp_path / "a.ods", ODS), PASSWORD, memory=2**31 - 1)
    assert "可能造成危害" in told(path, PASSWORD)


@pytest.mark.parametrize("inside", [b"", b"PK", "姓名,学时\n张三,1.5".encode()])
def test_what_is_locked_as_a_whole_has_to_be_an_open_document(tmp_path: Path, inside: bytes) -> None:
    path = locked_ods.lock_whole(opendocument(tmp_path / "a.ods", ODS), PASSWORD, inside=inside)
    assert told(path, PASSWORD).startswith("该文件")


def test_a_package_locked_inside_a_locked_package_is_not_opened(tmp_path: Path) -> None:
    path = locked_ods.lock_whole(opendocument(tmp_path / "a.ods", ODS), PASSWORD)
    assert "已损坏" in told(locked_ods.lock_whole(path, PASSWORD), PASSWORD)


def test_a_locked_package_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "MAX_FILE_BYTES", 2**20)
    path = locked_ods.lock_whole(opendocument(tmp_path / "a.ods", ODS), PASSWORD, inside=bytes(2**21))
    with pytest.raises(DomainError) as refused:
        locked_odf.unlocked_whole(path.read_bytes(), PASSWORD)
    assert refused.value.code == "workbook.too_large"


def test_a_locked_word_document_is_no_workbook(tmp_path: Path) -> None:
    from tests.excel.documents import document

    path = tmp_path / "a.docx"
    path.write_bytes(old_workbooks.locked_2007(document("姓名"), PASSWORD))
    assert told(path, PASSWORD).startswith("该文件不是可以读取的工作簿")
