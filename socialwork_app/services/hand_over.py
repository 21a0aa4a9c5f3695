"""The hand-over pack: all that a successor has to be able to read, without the program, in one encrypted file.

Nothing of it is ever on a disk unencrypted: workbooks and scans are made in memory, one at a time.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from socialwork_app import __version__
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.letters import KINDS
from socialwork_app.domain.registers.catalogue import ATTACHMENTS
from socialwork_app.domain.roles import Permission
from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.excel import writing
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.security import locked_zip, recovery_code
from socialwork_app.security.locked_zip import LockedZip
from socialwork_app.services.hand_over_sheets import Part, Rows, Term, parts, split
from socialwork_app.services.letter_templates import LetterTemplates
from socialwork_app.services.naming import names
from socialwork_app.services.opened import OpenRegister

INDEX = "目录.xlsx"
SUFFIX = ".zip"
LONGEST_ENDING = 8
NOTE = ATTACHMENTS.field("note").label
ABOUT = (SheetColumn("项目", 16), SheetColumn("内容", 90))
FILES = (SheetColumn("文件", 44), SheetColumn("内容", 30), SheetColumn("行数", 10))
SCANS = (SheetColumn("文件", 20), SheetColumn("原文件名", 32), SheetColumn("登记册", 14), SheetColumn("编号", 8),
         SheetColumn("所属记录", 24), SheetColumn("字节", 12), SheetColumn("加入日期", 11), SheetColumn(NOTE, 20))  # fmt: skip
FOR_READING = (
    "本包供查阅和移交，不用本程序也能读；不能导入程序继续使用。要继续登记，请用“系统”的“备份与恢复”做的备份文件恢复。"
)
HOW = "用 7-Zip、WinRAR 或 WPS 打开，输入交接包密码。包内是完整号码，解压后的文件不再加密，用完请删除。"
NAMELESS = "压缩包的文件名不加密，所以扫描件以编号为名，属于谁见“附件”一表。"


@dataclass(frozen=True, slots=True)
class Packed:
    """`rows` of all registers together; `scans`: how many attachments, `missing`: of how many the content is gone."""

    file: Path
    files: int
    rows: int
    scans: int
    missing: int


@dataclass(slots=True)
class _Contents:
    """What the index tells."""

    files: list[list[Value]] = field(default_factory=list[list[Value]])
    scans: list[list[Value]] = field(default_factory=list[list[Value]])
    rows: int = 0
    missing: int = 0


def new_password() -> str:
    """One that can be printed and typed; nobody else has it."""
    return recovery_code.new_code()


class HandOver:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def pack(
        self, target: Path, password: str, purpose: str, *, since: date | None = None, to: date | None = None,
        control: Control | None = None,
    ) -> Packed:  # fmt: skip
        """Written, opened again, every file read and compared, logged; only then it takes its place."""
        self.opened.require(Permission.ADMINISTER)
        if not purpose.strip():
            raise DomainError("export.purpose_missing")
        locked_zip.require_password(password)
        control, term = control or Control(), Term(self.opened.today(), since, to, purpose.strip())
        disk.require_free(target.parent, self.opened.file.path.stat().st_size)
        with atomic.replacing(target) as temporary:
            with locked_zip.new(temporary, password) as pack:
                contents = self._fill(pack, term, control)
            _verify(temporary, password, pack, control)
            self._log(term, target, contents)
        return Packed(target, len(pack.digests), contents.rows, len(contents.scans), contents.missing)

    def _fill(self, pack: LockedZip, term: Term, control: Control) -> _Contents:
        contents = _Contents()
        for part in parts(self.opened, term, control):
            control.step(len(pack.digests), None, part.sheet.title)
            self._add_part(pack, part, contents, control)
        for name, data in self._templates():
            pack.add(name, data)
            contents.files.append([name, "自备的文书模板", None])
        self._add_scans(pack, contents, control)
        pack.add(INDEX, self._index(term, contents))
        return contents

    def _add_part(self, pack: LockedZip, part: Part, contents: _Contents, control: Control) -> None:
        for number, some in enumerate(split(part.rows), start=1):
            name = f"{part.name}{'' if number == 1 else f'（{number}）'}.xlsx"
            data, count = writing.sheets_in_memory([(part.sheet, control.each(some))])
            pack.add(name, data)
            contents.files.append([name, part.sheet.title, count])
            contents.rows += count if name.startswith("登记册/") else 0

    def _templates(self) -> Iterator[tuple[str, bytes]]:
        templates = LetterTemplates(self.opened)
        for kind in KINDS:
            if templates.own_file(kind):
                yield f"模板/{kind.title}.docx", templates.content(kind)

    def _add_scans(self, pack: LockedZip, contents: _Contents, control: Control) -> None:
        keys = ("record_kind", "record_id", "file_name", "size", "digest", "added_on", "note")
        with self.opened.database.read() as connection:
            found = rows.all_rows(connection, self.opened.schema, ATTACHMENTS.key)
        for number, row in enumerate(control.each(found, len(found), "附件", every=1), start=1):
            kind, record, file_name, size, digest, added_on, note = (row[key] for key in keys)
            with self.opened.database.read() as connection:
                data = rows.content(connection, self.opened.schema, digest)
                owner = names(self.opened, connection, {kind: [record]}).get((kind, record), "")
            name = f"附件/{number:06}{_ending(file_name)}"
            if data is None:
                contents.missing += 1
                name = "内容缺失"
            else:
                pack.add(name, data)
            title = self.opened.catalogue[kind].title
            contents.scans.append([name, file_name, title, record, owner, size, added_on, note])

    def _index(self, term: Term, contents: _Contents) -> bytes:
        made = [
            ("交接包说明", ABOUT, self._about(term, contents)),
            ("文件", FILES, iter(contents.files)),
            ("附件", SCANS, iter(contents.scans)),
        ]
        places = f"登记单位：{self.opened.owner}", f"截至日期：{term.day.isoformat()}"
        data, _ = writing.sheets_in_memory(
            [(Sheet(title, columns, *places, signature=()), lines) for title, columns, lines in made]
        )
        return data

    def _about(self, term: Term, contents: _Contents) -> Rows:
        yield ["登记单位", self.opened.owner]
        yield ["制作时间", self.opened.now().isoformat(" ", "minutes")[:16]]
        yield ["制作人", self.opened.user]
        yield ["用途", term.purpose]
        yield ["日志期间", term.in_words]
        yield ["程序版本", __version__]
        yield ["文件", f"{len(contents.files)} 个，另有附件 {len(contents.scans)} 个（内容缺失 {contents.missing} 个）"]
        yield ["登记册记录", f"{contents.rows} 条"]
        yield ["用法", FOR_READING]
        yield ["打开", HOW]
        yield ["附件", NAMELESS]

    def _log(self, term: Term, target: Path, contents: _Contents) -> None:
        told = f"{target.name}，完整号码，记录 {contents.rows} 条，附件 {len(contents.scans)} 个，用途：{term.purpose}"
        with self.opened.change("hand_over", detail=told) as change:
            change.commit()


def _verify(file: Path, password: str, pack: LockedZip, control: Control) -> None:
    """DomainError("pack.mismatch") naming what does not come out of the file as it went in."""
    with closing(locked_zip.digests(file, password)) as digests:  # or the file stays open where the work is broken off
        found = dict(control.each(digests, len(pack.digests), "核对", every=1))
    wrong = [name for name in pack.digests.keys() | found.keys() if pack.digests.get(name) != found.get(name)]
    if wrong:
        raise DomainError("pack.mismatch", files="、".join(sorted(wrong)[:3]))


def _ending(file_name: str) -> str:
    """Of a name that somebody typed, only what says the kind of file."""
    ending = PurePosixPath(file_name).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= LONGEST_ENDING else ""
