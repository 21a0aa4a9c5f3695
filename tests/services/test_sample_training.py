"""Invented courses: whoever signed up has the level that is held."""

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services import samples
from socialwork_app.services.levels_held import highest_held
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records


def test_sign_ups_have_level_and_day(opened: OpenRegister):
    samples.fill(opened, 20, subjects=True)
    rows = list(Records(opened, "training_signups").all_rows(EVERYTHING, ("level", "signed_up_on")))
    held = highest_held(opened, {row.owner_id or 0 for row in rows})
    assert held and [row.values["level"] for row in rows] == [held.get(row.owner_id or 0) for row in rows]
    assert all(row.values["signed_up_on"] for row in rows)
