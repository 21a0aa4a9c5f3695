"""Names of backup files, and which of them stay."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SUFFIX = ".zip"
_WRITTEN = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of how many days, weeks and months the newest backup stays."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def prefix(register: str) -> str:
    """What the names of a register's backups begin with: another register's may lie in the same folder."""
    return f"登记册备份-{register}-"


def file_name(register: str, at: datetime) -> str:
    return f"{prefix(register)}{at.strftime(_WRITTEN)}{SUFFIX}"


def made_at(register: str, name: str) -> datetime | None:
    """When a file of this name was made; None for every name that is not one of ours."""
    found = re.fullmatch(re.escape(prefix(register)) + r"([0-9]{8}-[0-9]{6})" + re.escape(SUFFIX), name)
    try:
        return datetime.strptime(found[1], _WRITTEN) if found else None  # noqa: DTZ007 - as the clock on the wall
    except ValueError:
        return None


def kept(made: Iterable[datetime], keeping: Keeping) -> frozenset[datetime]:
    """The newest of all, and the newest of each of the latest days, weeks and months that have any."""
    newest_first = sorted(made, reverse=True)
    found = set(newest_first[:1])
    spans: tuple[tuple[int, Callable[[datetime], Any]], ...] = (
        (keeping.daily, lambda at: at.date()),
        (keeping.weekly, lambda at: at.isocalendar()[:2]),
        (keeping.monthly, lambda at: (at.year, at.month)),
    )
    for count, span in spans:
        newest_of: dict[Any, datetime] = {}
        for at in newest_first:
            newest_of.setdefault(span(at), at)
        found.update([*newest_of.values()][:count])
    return frozenset(found)
