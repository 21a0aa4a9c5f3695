"""A register in which everybody has a registration period that runs, and three records of learning on average."""

import random
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from socialwork_app.domain import registrations
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.rules import RuleTable
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.opened import OpenRegister
from tests.benchmark import material
from tests.benchmark.figures import in_child

YEARS = 6
"""Of learning; each year half of the people learn something, and a list of them is entered."""
BATCH = 5_000
HELD = """
    SELECT people.id, certificates.id, max(registered_on), max(valid_until) FROM people
    LEFT JOIN certificates ON person_id = people.id LEFT JOIN registrations ON certificate_id = certificates.id
    GROUP BY people.id
"""
TITLES = ("社区工作方法", "小组工作实务", "个案管理", "社会工作督导", "儿童福利政策", "老年社会工作", "社会救助实务")
ODDITIES = (
    ({}, 883),
    ({"proof": None}, 30),
    ({"to": None}, 20),
    ({"kind": "courses", "title": "社会工作硕士"}, 10),
    ({"kind": "degree", "title": "社会工作硕士", "hours": None}, 2),
    ({"counts": 0, "reason": "与工作无关"}, 10),
    ({"hours": None}, 5),
    ({"from": None, "to": "month"}, 35),
    ({"from": None, "to": "year"}, 5),
)  # fmt: skip
"""What a record departs in from the plain one, and in how many of a thousand."""
Row = dict[str, Value]


def register(folder: Path, people: int) -> Path:
    made = folder / f"learners-{people}"
    if not (made / material.MADE).exists():
        in_child("make_learners", made, material.register(folder, people))
    return made


def make(folder: Path, people: Path) -> None:
    """A copy of a register of people, with more in it."""
    shutil.copytree(people, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(material.MADE, "*.before-*"))
    opened = material.opened(folder)
    try:
        with opened.change("create", "learning", "虚构的学习") as change:
            _fill(opened, change, random.Random(3))
            change.commit()
    finally:
        opened.close()
    (folder / material.MADE).touch()


def _fill(opened: OpenRegister, change: Transaction, source: random.Random) -> None:
    today, rules = opened.today(), opened.rules()
    held = change.connection.exec_driver_sql(HELD).all()
    without = [person for person, certificate, *_ in held if certificate is None]
    certified = {person: certificate for person, certificate, *_ in held if certificate is not None}
    made = list(_numbered(change, "certificates", (_certificate(person) for person in without)))
    certified |= {row["person_id"]: row["id"] for row in made}
    _insert(change, "certificates", made)
    running = {person for person, _, since, until in held if since and until and since <= str(today) <= until}
    late = [(certified[person], since) for person, _, since, _ in held if person not in running]
    rows = (_registration(rules, source, certificate, since, today) for certificate, since in late)
    _insert(change, "registrations", _numbered(change, "registrations", rows))
    people = [person for person, *_ in held]
    records = (
        _record(source, person, today.year - YEARS + 1 + number)
        for number in range(YEARS) for person in people[number % 2 :: 2]
    )  # fmt: skip
    with change.indexes_aside("learning"):
        _insert(change, "learning", _numbered(change, "learning", records))


def _numbered(change: Transaction, kind: str, rows: Iterable[Row]) -> Iterator[Row]:
    return ({"id": number, **row} for number, row in enumerate(rows, change.next_id(kind)))


def _insert(change: Transaction, kind: str, rows: Iterable[Row]) -> None:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        change.insert_many(kind, batch)


def _certificate(person: int) -> Row:
    return {"person_id": person, "level": "assistant", "certificate_number": f"20190603854{person:07d}",
            "approved_on": "2019-06-15", "scope": "national"}  # fmt: skip


def _registration(rules: RuleTable, source: random.Random, certificate: int, before: str | None, today: date) -> Row:
    """Of the last two years and a half, so that it runs for another half year whenever the register is used."""
    day = (today - timedelta(days=source.randint(1, 900))).isoformat()
    return {"certificate_id": certificate, "registration_kind": "renewal" if before else "first", "registered_on": day,
            "valid_until": registrations.expiry(day, rules)}  # fmt: skip


def _record(source: random.Random, person: int, year: int) -> Row:
    day = date(year, source.randint(1, 10), source.randint(1, 27))
    plain: Row = {
        "person_id": person, "title": source.choice(TITLES), "organiser": "示例社会工作协会",
        "from": day.isoformat(), "to": (day + timedelta(days=1)).isoformat(), "hours": source.choice((4, 8, 16, 24, 3.5)),
        "form": "短期培训", "category": source.choice(("professional", "public")), "kind": "training",
        "proof": f"示例证{year}{source.randint(1, 999):03d}", "counts": 1, "reason": None,
    }  # fmt: skip
    (odd,) = source.choices([odd for odd, _ in ODDITIES], [share for _, share in ODDITIES])
    imprecise = {"month": f"{day:%Y-%m}", "year": str(year)}
    return plain | {key: imprecise.get(str(value), value) for key, value in odd.items()}
