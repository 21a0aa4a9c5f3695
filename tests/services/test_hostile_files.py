"""Whatever file is given to be imported: one sentence, and the register is as it was."""

import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation import apart
from socialwork_app.foundation.errors import CodedError
from socialwork_app.persistence import history
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister
from tests.excel import old_workbooks
from tests.excel.workbooks import HEADERS, ZHANG, opendocument, with_cells, xlsx

CELL = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'


def vanished(path: Path) -> None:
    path.unlink(missing_ok=True)


def a_folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    path.write_bytes(xlsx(path, [HEADERS, ZHANG]).read_bytes()[:-500])


def a_bomb(path: Path) -> None:
    with ZipFile(xlsx(path, [["x"]]), "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(20 * 2**20))


def billions_of_cells(path: Path) -> None:
    opendocument(path, f'<table:table-row table:number-rows-repeated="1048576">{CELL}</table:table-row>')


def a_far_cell(path: Path) -> None:
    with_cells(path, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def without_end(path: Path) -> None:
    path.write_bytes(b"<table><tr><td>" + b"<a b" * 400_000)


def locked(path: Path) -> None:
    path.write_bytes(old_workbooks.locked_97([["姓名"]], "密码"))


def an_archive(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("名册.xlsx", b"x")


def no_table(path: Path) -> None:
    path.write_text("甲,乙\n一,二\n", encoding="gb18030")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (vanished, "找不到文件"),
        (a_folder, ""),
        (empty, "该文件是空的"),
        (cut_off, "该文件已损坏或不完整"),
        (a_bomb, "该文件过大"),
        (billions_of_cells, "工作表的使用范围过大"),
        (a_far_cell, "工作表的使用范围过大"),
        (without_end, "读取该文件所需的内存或时间超出限度"),
        (locked, "该工作簿设有打开密码"),
        (an_archive, "该文件是压缩包"),
        (no_table, "名册.xls 中没有可识别的"),
    ],
)
def test_one_sentence_and_nothing_written(
    opened: OpenRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Path], None], said: str
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 30 if made is locked else 0.2)
    path = tmp_path / "名册.xls"
    made(path)
    before = newest(opened)
    with pytest.raises(CodedError) as refused:
        Imports(opened).read(path, "people")
    assert sentence_of(refused.value).startswith(said)
    assert newest(opened) == before


@pytest.mark.skipif(sys.platform == "win32", reason="there no name is bytes")
def test_a_name_in_another_encoding(opened: OpenRegister, tmp_path: Path) -> None:
    """As an archive made on an old Windows leaves it on Linux."""
    path = tmp_path / "名册.xlsx".encode("gb18030").decode("utf-8", "surrogateescape")
    xlsx(tmp_path / "a.xlsx", [["姓名", "手机号"], ["张三", "19900000001"]]).replace(path)
    imports = Imports(opened)
    result = imports.apply(imports.check(imports.read(path, "people")))
    assert result.created == 1
    with opened.database.read() as connection:
        assert [batch["detail"] for batch in history.batches(connection, opened.schema)] == ["名册.xlsx"]


def newest(opened: OpenRegister) -> int:
    with opened.database.read() as connection:
        return history.newest_change(connection, opened.schema)
