"""Registers and a workbook of invented people. What was made once is kept and taken again."""

import os
import random
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from socialwork_app import bootstrap
from socialwork_app.domain.id_number import checksum
from socialwork_app.services import samples
from socialwork_app.services.opened import OpenRegister
from tests.benchmark.figures import in_child

HEADERS = (
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "学历",
    "工作单位",
    "岗位",
    "联系电话",
    "村(社区)",
    "证书级别",
    "管理号",
    "批准日期",
)
SCORE_HEADERS = (
    "序号",
    "姓名",
    "身份证号",
    "工作单位",
    "联系电话",
    "考试年度",
    "报考级别",
    "报名序号",
    "准考证号",
    "综合能力",
    "法规与政策",
    "实务",
)
SCORED = {"assistant": (61, None, 72), "social_worker": (61, 72, 58), "senior": (None, None, 66)}
ENTRIES = (
    "SELECT people.name, id_number, organisations.name, people.phone, year, level, sign_up_number, '53' || sign_up_number "
    "FROM exam_entries JOIN people ON people.id = person_id LEFT JOIN organisations ON organisations.id = employer "
    "WHERE year = ? ORDER BY exam_entries.id LIMIT ?"
)
LEVELS = ("助理社会工作师", "助理社会工作师", "社会工作师", "高级社会工作师")
MADE = "made"
"""Written beside a register once it is whole; without it a run was broken off."""


def register(folder: Path, people: int) -> Path:
    """A sample register of so many people."""
    made = folder / f"people-{people}"
    if not (made / MADE).exists():
        in_child("make_register", made, people)
    return made


def make(folder: Path, people: int) -> None:
    """Fill a new register, in place of what a run that was broken off may have left."""
    for left in folder.glob("*"):
        left.unlink()
    made, _ = bootstrap.register_files().create(folder, "示例区社会工作部", None)
    try:
        samples.fill(made, people)
    finally:
        made.close()
    (folder / MADE).touch()


def opened(folder: Path) -> OpenRegister:
    return bootstrap.register_files().open(folder)


@contextmanager
def copied(register: Path) -> Generator[OpenRegister, None, None]:
    """A copy, which may be changed: the register stays as it was made, for the next time it is measured."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(register, Path(folder) / "register")
        os.sync()  # or the first commit waits until all of it is on the disk
        held = opened(copy)
        try:
            yield held
        finally:
            held.close()


def workbook(folder: Path, rows: int) -> Path:
    """People with a certificate each, as a bureau's workbook."""
    made = folder / f"certificates-{rows}.xlsx"
    if not made.exists():
        _write(made, rows)
    return made


def scores(folder: Path, register: Path, rows: int) -> Path:
    """Scores for the entries of a register's last exam year, one row a person."""
    made = folder / f"scores-{register.name}-{rows}.xlsx"
    if not made.exists():
        _write_scores(made, register, rows)
    return made


def _write_scores(target: Path, register: Path, rows: int) -> None:
    from xlsxwriter import Workbook

    held = opened(register)
    try:
        with held.database.read() as connection:
            entries = connection.exec_driver_sql(ENTRIES, (held.today().year - 1, rows)).all()
    finally:
        held.close()
    partial = target.with_suffix(".partial")
    with Workbook(str(partial), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("成绩")
        sheet.write_row(0, 0, SCORE_HEADERS)
        for number, entry in enumerate(entries):
            sheet.write_row(number + 1, 0, [number + 1, *entry, *SCORED[entry.level]])
    partial.replace(target)


def _write(target: Path, rows: int) -> None:
    from xlsxwriter import Workbook

    partial = target.with_suffix(".partial")
    with Workbook(str(partial), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("持证人员")
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(_people(rows)):
            for column, value in enumerate(row):
                sheet.write_string(number + 1, column, value)
    partial.replace(target)


def _people(count: int) -> Iterator[tuple[str, ...]]:
    source = random.Random(2)
    communities = [row["name"] for row in bootstrap.seeds().places if row["place_level"] == "community"]
    communities = [name for name in communities if communities.count(name) == 1]
    units = [f"示例社会工作服务站{number}" for number in range(300)]
    for number in range(count):
        birth = samples.OLDEST + timedelta(days=number * 7919 % 14_000)
        order = 996 + number // 14_000 % 4
        first17 = f"{samples.COUNTIES[number // 56_000]}{birth:%Y%m%d}{order}"
        year = source.randint(2012, 2025)
        yield (
            source.choice(samples.SURNAMES) + source.choice(samples.GIVEN) + source.choice(samples.GIVEN),
            "男" if order % 2 else "女", source.choice(("汉族", "彝族", "回族")), first17 + checksum(first17),
            source.choice(("大学本科", "大学专科", "硕士研究生")), source.choice(units), source.choice(samples.POSTS),
            f"1990000{number % 10_000:04d}", source.choice(communities), source.choice(LEVELS),
            f"{year}0603853{number:07d}", date(year, 6, source.randint(14, 20)).isoformat(),
        )  # fmt: skip
