"""The program tried on a machine: a register made, people in, a roster out, a hand-over pack, a backup and back, counted
again each time."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from socialwork_app.domain import id_number
from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.excel import writing
from socialwork_app.services import hand_over, restoring
from socialwork_app.services.backups import Backups
from socialwork_app.services.exports import Exports
from socialwork_app.services.hand_over import HandOver
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.register_files import RegisterFiles

KIND, KEYS = "people", ("name", "id_number", "phone")
PEOPLE = 50
OWNER, PASSWORD = "自检（虚构人员）", "自检 4242 只用一次"
REGISTER, RESTORED, BACKUP, PACK = "登记册", "恢复的 登记册", "备份.zip", "交接包.zip"
WORKBOOK, WEB_TABLE, ROSTER = "人员 名单.xlsx", "人员 名单.xls", "人员 名册.xlsx"
FIRST_BIRTH = date(1985, 3, 17)


@dataclass(frozen=True, slots=True)
class Step:
    """How many people there had to be and how many there were; in a hand-over pack, rows of all registers."""

    name: str
    expected: int
    found: int
    seconds: float

    @property
    def passed(self) -> bool:
        return self.expected == self.found


def run(files: RegisterFiles, folder: Path) -> list[Step]:
    """Leaves its files in the folder. Raises what the program would tell its user."""
    opened, code = files.create(folder / REGISTER, OWNER, PASSWORD)
    with closing(opened):
        done = [
            _step("import", lambda: _take_in(opened, folder / WORKBOOK)),
            _step("import_apart", lambda: _read_apart(opened, folder / WEB_TABLE)),
            _step("export", lambda: _hand_out(opened, folder / ROSTER)),
            _step("hand_over", lambda: _pack(opened, folder / PACK), _all_rows(opened)),
            _step("backup", lambda: Backups(opened).backup(folder / BACKUP)[KIND]),
        ]
    restored = folder / RESTORED
    return [
        *done,
        _step("restore", lambda: restoring.restore(files, folder / BACKUP, restored, PASSWORD)[KIND]),
        _step("recovery_code", lambda: _count(files, restored, code)),
    ]


def open_made(files: RegisterFiles, folder: Path) -> OpenRegister:
    """The register that `run` made."""
    return files.open(folder / REGISTER, PASSWORD)


def _step(name: str, work: Callable[[], int], expected: int = PEOPLE) -> Step:
    started = perf_counter()
    found = work()
    return Step(name, expected, found, round(perf_counter() - started, 2))


def _take_in(opened: OpenRegister, workbook: Path) -> int:
    writing.write_roster(_sheet(_fields(opened)), [_person(number) for number in range(PEOPLE)], workbook)
    imports = Imports(opened)
    return imports.apply(imports.check(imports.read(workbook, KIND))).created


def _read_apart(opened: OpenRegister, table: Path) -> int:
    """A web page that is called a workbook is read in a process of its own, which begins otherwise in a packaged program."""
    lines = [[field.label for field in _fields(opened)], *(_person(number) for number in range(PEOPLE))]
    rows = "".join(f"<tr><td>{'</td><td>'.join(line)}</td></tr>" for line in lines)
    table.write_text(f"<html><meta charset='utf-8'><table>{rows}</table></html>", encoding="utf-8")
    return _rows_in(opened, table)


def _rows_in(opened: OpenRegister, workbook: Path) -> int:
    return sum(len(table.rows) for table in Imports(opened).read(workbook, KIND).tables)


def _fields(opened: OpenRegister) -> list[Field]:
    return [opened.catalogue[KIND].field(key) for key in KEYS]


def _sheet(fields: list[Field]) -> Sheet:
    return Sheet(WORKBOOK, tuple(SheetColumn(field.label, field.width) for field in fields), "", "")


def _person(number: int) -> list[str]:
    """Nobody: the order codes from 996 on are given to none of that age."""
    first17 = f"530122{FIRST_BIRTH + timedelta(days=number):%Y%m%d}996"
    return [f"测试{chr(ord('一') + number)}", first17 + id_number.checksum(first17), f"1990000{number:04d}"]


def _hand_out(opened: OpenRegister, roster: Path) -> int:
    """How many rows the written roster has when it is read."""
    Exports(opened).export(KIND, roster)
    return _rows_in(opened, roster)


def _pack(opened: OpenRegister, pack: Path) -> int:
    """Every file in it is opened again and compared while it is made."""
    return HandOver(opened).pack(pack, hand_over.new_password(), OWNER).rows


def _all_rows(opened: OpenRegister) -> int:
    own = (register.key for register in opened.catalogue.registers if not register.hangs_on_any)
    return sum(Records(opened, key).count(EVERYTHING) for key in own)


def _count(files: RegisterFiles, folder: Path, code: str) -> int:
    with closing(files.open(folder, recovery_code=code)) as opened:
        return Records(opened, KIND).count(EVERYTHING)
