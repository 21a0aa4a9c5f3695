"""hours: how far the hours of continuing education have got."""

import argparse
from collections.abc import Iterable
from typing import Any

from socialwork_app.cli.context import DONE, Bar, Context, day, hidden
from socialwork_app.domain.hours import Counted, NotCounted, YearMeter
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

NAME, HELP = "hours", "继续教育小时：登记有效期和年度"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", nargs="?", metavar="PERSON", help="身份证号或编号")
    parser.add_argument("--all", action="store_true", help="全部在册的持证人员和专业技术岗位人员")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="按哪一天算")


def run(context: Context, arguments: argparse.Namespace) -> int:
    if bool(arguments.person) == arguments.all:
        raise DomainError("words.person_or_all")
    with context.opened() as opened:
        ids = None if arguments.all else [Records(opened, "people").find(arguments.person)]
        found = list(Hours(opened).of_people(arguments.on or opened.today(), ids, Bar()))
        document = [_document(opened, one) for one in found]
        label = opened.catalogue.code_lists["level"].label
    lines = [f"{one.name}\t{label(one.level)}\t{_told(one)}" for one in found]
    context.answer(document, "\n".join(lines) or "没有需要计继续教育的人员。")
    return DONE


def _told(one: PersonHours) -> str:
    if not one.meter or not one.period:
        return sentence("hours.no_period")
    return f"{one.period.since} 至 {one.period.until}\t已学 {one.meter.earned:g}，应学 {one.meter.required}，差 {one.meter.short:g}"


def _document(opened: OpenRegister, one: PersonHours) -> dict[str, Any]:
    period, meter = one.period, one.meter
    shown = meter or one.year
    return {
        "person": one.name, "person_id": one.person_id, "id_number": hidden(opened, "id_number", one.id_number),
        "level": one.level or None,
        "period": {"from": period.since.isoformat(), "to": period.until.isoformat(), "required": meter.required,
                   "earned": meter.earned, "carried": meter.carried, "short": meter.short} if period and meter else None,
        "year": _year(one.year) if one.year else None,
        "counted": _counted(shown.counted) if shown else [], "not_counted": _not_counted(shown.not_counted) if shown else [],
    }  # fmt: skip


def _year(year: YearMeter) -> dict[str, Any]:
    return {"year": year.year, "required": year.required, "earned": year.earned, "short": year.short,
            "professional": year.professional, "professional_required": year.professional_required,
            "counted": _counted(year.counted), "not_counted": _not_counted(year.not_counted)}  # fmt: skip


def _counted(found: Iterable[Counted]) -> list[dict[str, Any]]:
    return [{"id": one.record.id, "title": one.record.title, "to": one.record.ends or one.record.starts, "hours": one.hours,
             "imprecise": one.imprecise} for one in found]  # fmt: skip


def _not_counted(found: Iterable[NotCounted]) -> list[dict[str, Any]]:
    return [{"id": record.id, "title": record.title, "to": record.ends or record.starts, "hours": record.hours,
             "code": reason, "reason": record.reason or sentence(f"hours.{reason}")} for record, reason in found]  # fmt: skip
