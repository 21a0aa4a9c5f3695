"""Who held which certificate on a day."""

from collections.abc import Mapping
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.people import LEFT_STATES


def held_on(values: Mapping[str, Value], day: date) -> bool:
    """By the approval date, not the day of collection. 2017 counts from 2017-01-01 on; without a date never."""
    approved = values.get("approved_on")
    return bool(approved) and PartialDate.parse(str(approved)).earliest() <= day


def here_on(values: Mapping[str, Value], day: date) -> bool:
    """Whether a person was in the district's register of active people on a day; an undated leaving has happened."""
    if values.get("status") not in LEFT_STATES:
        return True
    left = values.get("status_on")
    return bool(left) and PartialDate.parse(str(left)).earliest() > day
