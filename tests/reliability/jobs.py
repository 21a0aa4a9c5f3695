"""The long jobs that are broken off, each as: how its folder is prepared, what the child does, what must hold afterwards.

A folder of a round holds `register/`, `files/` and what the job writes. Before its job every child saves records one by
one and says so each time: what was said to be saved has to be there, whatever happens later.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from socialwork_app import bootstrap
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.id_number import checksum
from socialwork_app.domain.merging import Side
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import migrate, seals
from socialwork_app.persistence.database import FILE_NAME
from socialwork_app.security.keys import KeyFile
from socialwork_app.services import rekeying, restoring, samples
from socialwork_app.services.backups import Backups
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.imports import Imports
from socialwork_app.services.merging import Merging
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import KEY_FILE

PASSWORD = "可靠性-试验-1234"
PEOPLE, COMING, PAIRS = 2_000, 1_500, 12
RELEASED = Path(__file__).resolve().parents[1] / "persistence" / "released"
OLD = "0001"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """`prepare` makes the folder that every round copies. `work` is done by the child, `check` by who broke it off.

    `check` is given the folder and whether the job said that it was done; it raises AssertionError.
    """

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, Say], None]
    check: Callable[[Path, bool], None]


def opened(folder: Path) -> OpenRegister:
    return bootstrap.register_files().open(folder / "register", PASSWORD)


def people(register: OpenRegister) -> int:
    return Records(register, "people").count(Filter())


def acknowledge(register: OpenRegister, say: Say, count: int = 3) -> None:
    """Records saved one by one, each said to be saved once it is."""
    for number in range(count):
        done = Records(register, "people").save(Draft({"name": f"已存{'甲乙丙丁戊己庚辛'[number]}"}))
        say(f"saved {done.id}")


def sound(folder: Path, saved: list[int], expected: tuple[int, ...]) -> int:
    """The register opens, is whole, has what was said to be saved, and one of these numbers of people beside; gives it."""
    register = opened(folder)
    try:
        assert Quality(register).integrity() == "ok"
        with register.database.read() as connection:
            assert seals.verify(connection, Control()) == []
        for row_id in saved:
            Records(register, "people").record(row_id)
        count = people(register) - len(saved)
        assert count in expected, (count, expected)
    finally:
        register.close()
    return count


# import and undo


def _base(folder: Path) -> None:
    (folder / "files").mkdir(parents=True)
    register, _ = bootstrap.register_files().create(folder / "register", "示例单位", PASSWORD)
    samples.fill(register, PEOPLE)
    register.close()


def with_workbook(folder: Path) -> None:
    """People older than the oldest of the sample, so that none of them stands."""
    _base(folder)
    with Workbook(folder / "files" / "来人.xlsx") as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, ("姓名", "身份证号", "工作单位", "联系电话"))
        for number in range(COMING):
            born = samples.OLDEST - timedelta(days=number + 1)
            body = f"530122{born:%Y%m%d}997"
            row = ("来人", body + checksum(body), f"示例单位{number % 40}", f"1990000{number:04}")
            sheet.write_row(number + 1, 0, row)


def _imported(register: OpenRegister, folder: Path) -> int:
    imports = Imports(register)
    done = imports.apply(imports.check(imports.read(folder / "files" / "来人.xlsx", "people")))
    assert done.batch is not None and done.created == COMING, done.rejected
    return done.batch


def _import(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    _imported(register, folder)
    say("done")
    register.close()


def _check_import(folder: Path, done: bool) -> None:
    count = sound(folder, _saved(folder), (PEOPLE, PEOPLE + COMING))
    assert not done or count == PEOPLE + COMING


def with_batch(folder: Path) -> None:
    with_workbook(folder)
    register = opened(folder)
    (folder / "files" / "batch").write_text(str(_imported(register, folder)))
    register.close()


def _undo(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    History(register).undo(int((folder / "files" / "batch").read_text()))
    say("done")
    register.close()


def _check_undo(folder: Path, done: bool) -> None:
    count = sound(folder, _saved(folder), (PEOPLE, PEOPLE + COMING))
    assert not done or count == PEOPLE


# upgrade


def _old(folder: Path) -> None:
    shutil.copytree(RELEASED / OLD, folder / "register")


def _upgrade(folder: Path, say: Say) -> None:
    register = opened(folder)
    say("done")
    acknowledge(register, say, 1)
    register.close()


def _check_upgrade(folder: Path, done: bool) -> None:
    del done
    sound(folder, _saved(folder), (12,))


# merge


def _with_twins(folder: Path) -> None:
    """Pairs of records of one person, each with a learning record of its own."""
    _base(folder)
    register = opened(folder)
    pairs = [[_twin(register, number, of) for of in "甲乙"] for number in range(PAIRS)]
    register.close()
    (folder / "files" / "pairs").write_text("\n".join(f"{one} {other}" for one, other in pairs))


def _twin(register: OpenRegister, number: int, of: str) -> int:
    person = Records(register, "people").save(Draft({"name": f"同名{number}", "note": of})).id
    learnt = {"title": f"班{of}", "organiser": "示例单位", "from": "2026-01-05", "to": "2026-01-06", "hours": "8"}
    done = Records(register, "learning").save(Draft(learnt, owner_id=person))
    assert person is not None and done.id is not None, done.problems
    return person


def _merge(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    for line in (folder / "files" / "pairs").read_text().splitlines():
        keep, drop = map(int, line.split())
        Merging(register).merge(keep, drop, {"note": Side.DROP})
        say("merged")
    say("done")
    register.close()


def _check_merge(folder: Path, done: bool) -> None:
    """Every merge whole or not at all, and none lost that was said to be done."""
    merged = (folder / "said").read_text().split().count("merged")
    assert not done or merged == PAIRS
    whole = PEOPLE + 2 * PAIRS
    sound(folder, _saved(folder), (whole - merged, whole - min(merged + 1, PAIRS)))
    register = opened(folder)
    learnt = [row.owner_id for row in Records(register, "learning").all_rows(Filter(), ("title",))]
    register.close()
    assert len(learnt) == 2 * PAIRS, len(learnt)


# another key


def _rekey(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    rekeying.rekey(register, PASSWORD)
    say("done")


def _check_rekey(folder: Path, done: bool) -> None:
    """Of the two keys one opens it, and nothing but the finished file is left after it was opened."""
    sound(folder, _saved(folder), (PEOPLE,))
    assert not (folder / "register" / rekeying.BESIDE).exists()
    keys = KeyFile.read(folder / "register" / KEY_FILE)
    assert not keys.next
    before = KeyFile.read(folder / "files" / KEY_FILE)
    assert not done or keys != before


def _with_keys(folder: Path) -> None:
    _base(folder)
    shutil.copyfile(folder / "register" / KEY_FILE, folder / "files" / KEY_FILE)


# backup, restore, export


def _backup(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    for number in range(2):
        Backups(register).backup(folder / "files" / "备份.zip")
        say(f"backed-up {number}")
    say("done")
    register.close()


def _check_backup(folder: Path, done: bool) -> None:
    saved = _saved(folder)
    sound(folder, saved, (PEOPLE,))
    target = folder / "files" / "备份.zip"
    said = (folder / "said").read_text()
    assert target.exists() or ("backed-up" not in said and not done)
    if target.exists():
        restoring.restore(bootstrap.register_files(), target, folder / "again", PASSWORD)


def _with_backup(folder: Path) -> None:
    _base(folder)
    register = opened(folder)
    Backups(register).backup(folder / "files" / "备份.zip")
    register.close()


def _restore(folder: Path, say: Say) -> None:
    restoring.restore(bootstrap.register_files(), folder / "files" / "备份.zip", folder / "restored", PASSWORD)
    say("done")


def _check_restore(folder: Path, done: bool) -> None:
    sound(folder, [], (PEOPLE,))
    target = folder / "restored"
    stands = (target / FILE_NAME).exists() or (target / KEY_FILE).exists()
    assert stands or not done
    if not stands:
        restoring.restore(bootstrap.register_files(), folder / "files" / "备份.zip", target, PASSWORD)
    register = bootstrap.register_files().open(target, PASSWORD)
    try:
        assert migrate.integrity(register.database.path, register.database.key) == "ok"
        assert people(register) == PEOPLE
    finally:
        register.close()


def _with_roster(folder: Path) -> None:
    _base(folder)
    register = opened(folder)
    Exports(register).export("people", folder / "files" / "名册.xlsx")
    register.close()


def _export(folder: Path, say: Say) -> None:
    register = opened(folder)
    acknowledge(register, say)
    Exports(register).export("people", folder / "files" / "名册.xlsx")
    say("done")
    register.close()


def _check_export(folder: Path, done: bool) -> None:
    saved = _saved(folder)
    sound(folder, saved, (PEOPLE,))
    sheet = CalamineWorkbook.from_path(folder / "files" / "名册.xlsx").get_sheet_by_index(0)
    rows = sum(isinstance(row[0], (int, float)) for row in sheet.to_python())
    assert rows in ((PEOPLE + len(saved),) if done else (PEOPLE, PEOPLE + len(saved))), rows


def _saved(folder: Path) -> list[int]:
    """What the child said that it had saved, by row id."""
    said = (folder / "said").read_text().splitlines()
    return [int(line.split()[1]) for line in said if line.startswith("saved ")]


JOBS = (
    Job("import", with_workbook, _import, _check_import),
    Job("undo", with_batch, _undo, _check_undo),
    Job("upgrade", _old, _upgrade, _check_upgrade),
    Job("merge", _with_twins, _merge, _check_merge),
    Job("rekey", _with_keys, _rekey, _check_rekey),
    Job("backup", _base, _backup, _check_backup),
    Job("restore", _with_backup, _restore, _check_restore),
    Job("export", _with_roster, _export, _check_export),
)
