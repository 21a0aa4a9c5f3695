"""The only place that asks the machine what time it is."""

from datetime import date, datetime


def now() -> datetime:
    return datetime.now().astimezone()


def today() -> date:
    return now().date()
