"""The list of a round that everybody may read, and what stands below it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sentences import sentence
from socialwork_app.domain.talents import GRANTED, PUBLISHED
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import Round, Selection

Made = Iterator[Mapping[str, Value]]


def publication(opened: OpenRegister, of: Round, day: date) -> Made:
    """Who is published, or was and has the title by now."""
    for one in Selection(opened).candidates(of.id, day):
        if one.state in (PUBLISHED, GRANTED):
            values = one.values
            unit_and_post = "".join(str(values[key] or "") for key in ("employer", "position")) or None
            yield {"name": one.name, "gender": values["gender"], "unit_and_post": unit_and_post,
                   "talent_category": values["talent_category"]}  # fmt: skip


def note(opened: OpenRegister, of: Round) -> str:
    """How long it is shown, and who hears of objections, as far as either is known."""
    shown = of.publication
    lines = [sentence("selection.shown", first=shown.first, last=shown.last)] if shown.first and shown.last else []
    lines += [sentence("selection.hears", owner=opened.owner)] if opened.owner else []
    return "".join(lines)


OF_ROUND: dict[str, Callable[[OpenRegister, Round, date], Made]] = {"publication": publication}
