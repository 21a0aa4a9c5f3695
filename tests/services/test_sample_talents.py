"""The invented talents are as the program would have made them."""

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services import samples
from socialwork_app.services.appraisal_facts import KEPT
from socialwork_app.services.appraisals import KIND
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.sample_talents import HOLDERS


def test_their_appraisals_keep_the_facts_of_their_time(opened: OpenRegister):
    samples.fill(opened, 20, subjects=True)
    found = [row.values for row in Records(opened, KIND).all_rows(EVERYTHING, (*KEPT, *KEPT.values()))]
    assert len(found) == HOLDERS
    for values in found:
        kept = {key: values[key] for key in KEPT}
        assert kept == {key: values[of] for key, of in KEPT.items()} and all(kept.values())
