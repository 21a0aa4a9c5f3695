"""Invented people for the sample register and for measurements; none of them can be anyone.

Their ID numbers have the order codes 996–999, which are never given to people of their age, and their phones
begin with 1990000.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from socialwork_app.domain import id_number, registrations
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import add_years
from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References
from socialwork_app.services.sample_exams import SampleExams
from socialwork_app.services.sample_talents import SampleTalents
from socialwork_app.services.sample_training import SampleTraining

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余单仇查解吕"
GIVEN = "安宁和平春华秋实云山文清雅欣然思远子涵雨桐嘉怡明哲志远建国秀英丽娟海燕晓东一诺可心若兰"
UNITS = (
    ("示例昆阳社工站", "社工站"), ("示例晋城社工站", "社工站"), ("示例和谐社会工作服务中心", "社会工作服务机构"),
    ("示例夕阳红养老院", "养老机构"), ("示例区民政局", "党政机关"), ("示例区儿童福利院", "事业单位"),
    ("示例月山社区居委会", "社区居民委员会"), ("示例上蒜村委会", "村民委员会"), ("示例青少年服务中心", "社会团体"),
)  # fmt: skip
SCHOOLS = ("示例大学", "示例师范学院", "示例民族大学", "示例开放大学")
MAJORS = ("社会工作", "社会学", "心理学", "行政管理", "汉语言文学", "会计学")
POSTS = ("社工", "主任", "副主任", "督导", "护理主管", "网格员")
COUNTIES = (  # the district's own code of when they were born, then neighbours: each has 56,000 numbers
    "530122", "530102", "530103", "530111", "530112", "530113", "530114", "530124", "530125", "530126",
    "530127", "530128", "530129", "530181", "530302", "530303", "530304", "530402", "530403", "530502",
)  # fmt: skip
KINDS = ("people", "certificates", "registrations", "employment", "exam_entries")
BATCH = 5_000
OLDEST = date(1964, 1, 1)


@dataclass(slots=True)
class _Parts:
    """Lists to draw from, as the register has them."""

    places: list[tuple[int, int]]
    units: list[int]
    fields: list[str]
    rules: RuleTable


def fill(
    opened: OpenRegister, count: int, seed: int = 1, control: Control | None = None, *, subjects: bool = False
) -> None:
    """People, about half of them with a certificate, as one change; `subjects`: and training, titles and contacts for some."""
    source = random.Random(seed)  # noqa: S311 - invented people need no secrecy
    with opened.change("create", "people", "虚构人员") as change:
        parts = _parts(opened, change)
        first = {kind: change.next_id(kind) for kind in KINDS}
        exams = SampleExams(source, opened.catalogue, opened.today(), first)
        people = _people(source, opened.catalogue, parts, count, opened.today())
        batch: list[dict[str, Value]] = []
        for number, person in enumerate((control or Control()).each(people, count, "people")):
            batch.append({"id": first["people"] + number, **person})
            if len(batch) == BATCH or number == count - 1:
                _write(opened, change, source, parts, batch, first, exams)
                batch = []
        if subjects:
            some = range(first["people"], first["people"] + min(count, 20))
            SampleTraining(opened, change, source).fill(some)
            SampleTalents(opened, change, source).fill(some)
        change.commit()


def _parts(opened: OpenRegister, change: Transaction) -> _Parts:
    gazetteer = References(opened).gazetteer
    places = [
        (place.parent, place.id) for place in gazetteer.by_id.values() if place.level == "community" and place.parent
    ]
    units = [change.insert("organisations", {"name": name, "organisation_kind": kind}) for name, kind in UNITS]
    fields = [entry.value for entry in opened.catalogue.code_lists["service_field"].entries]
    return _Parts(places, units, fields, opened.rules())


def _write(
    opened: OpenRegister, change: Transaction, source: random.Random, parts: _Parts,
    batch: list[dict[str, Value]], first: dict[str, int], exams: SampleExams,
) -> None:  # fmt: skip
    change.insert_many("people", batch)
    certificates: list[dict[str, Value]] = []
    spells: list[dict[str, Value]] = []
    entries: list[dict[str, Value]] = []
    registered: list[dict[str, Value]] = []
    for person in batch:
        held: str | None = None
        if source.random() < 0.55:
            certificate = _certificate(source, first["certificates"] + len(certificates), person)
            certificates.append(certificate)
            held = str(certificate["level"])
            if source.random() < 0.7:
                row_id = first["registrations"] + len(registered)
                registered.append(_registration(source, opened, parts, row_id, certificate))
        spells += exams.spells(person)
        entries += exams.entries(person, held)
    change.insert_many("certificates", certificates)
    change.insert_many("registrations", registered)
    change.insert_many("employment", spells)
    change.insert_many("exam_entries", entries)
    first["certificates"] += len(certificates)
    first["registrations"] += len(registered)


def _people(
    source: random.Random, catalogue: Catalogue, parts: _Parts, count: int, today: date
) -> Iterator[dict[str, Value]]:
    defaults = {field.key: field.default for field in catalogue["people"].fields}
    for number in range(count):
        birth = OLDEST + timedelta(days=(number // 4 * 7919) % 14_000)
        order = 996 + number % 4
        prefix = COUNTIES[(number // 56_000) % len(COUNTIES)]
        first17 = f"{prefix}{birth:%Y%m%d}{order}"
        town, village = source.choice(parts.places)
        since = min(add_years(birth, source.randint(22, 30)), today)
        given = source.choice(GIVEN) + (source.choice(GIVEN) if source.random() < 0.8 else "")
        yield {
            **defaults,
            "name": source.choice(SURNAMES) + given, "id_number": first17 + id_number.checksum(first17),
            "gender": "男" if order % 2 else "女", "birth_date": birth.isoformat(),
            "ethnicity": source.choice(("汉族", "汉族", "汉族", "彝族", "回族")),
            "political_status": source.choice(("中共党员", "群众", "共青团员")),
            "education": source.choice(("大学本科", "大学专科", "大学本科", "中等专科", "硕士研究生")),
            "school": source.choice(SCHOOLS), "major": source.choice(MAJORS),
            "employer": source.choice(parts.units), "position": source.choice(POSTS),
            "social_work_since": f"{since:%Y-%m}", "service_field": source.choice(parts.fields),
            "phone": f"1990000{number % 10_000:04d}", "township": town, "community": village,
        }  # fmt: skip


def _certificate(source: random.Random, row_id: int, person: dict[str, Value]) -> dict[str, Value]:
    year = source.randint(2012, 2025)
    level = source.choices(("assistant", "social_worker", "senior"), (60, 37, 3))[0]
    return {
        "id": row_id, "person_id": person["id"], "level": level, "certificate_number": f"{year}0603853{row_id:07d}",
        "approved_on": f"{year}-06-{source.randint(14, 20)}" if source.random() < 0.8 else f"{year}-06",
        "issuer": None, "scope": "national", "file_valid_until": None, "note": None,
    }  # fmt: skip


def _registration(
    source: random.Random, opened: OpenRegister, parts: _Parts, row_id: int, certificate: dict[str, Value]
) -> dict[str, Value]:
    year = int(str(certificate["approved_on"])[:4])
    day = date(year + 1, source.randint(1, 5), source.randint(1, 28))
    recent = date(opened.today().year - source.randint(0, 3), source.randint(1, 10), source.randint(1, 28))
    registered = max(day, recent) if source.random() < 0.7 else day
    kind = "first" if registered == day else "renewal"
    return {
        "id": row_id, "certificate_id": certificate["id"], "registration_kind": kind,
        "registration_number": f"示例登{registered:%Y}{row_id:06d}", "registered_on": registered.isoformat(),
        "valid_until": registrations.expiry(registered.isoformat(), parts.rules),
        "authority": None, "local_number": None, "cancel_reason": None, "note": None,
    }  # fmt: skip
