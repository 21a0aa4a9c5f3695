"""What a field can be chosen from."""

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.foundation import clock
from socialwork_app.services.references import Choice

TOWNSHIP = "township"


def code_entries(catalogue: Catalogue, field: Field) -> list[tuple[Value, str]]:
    """Stored value and label of each entry of the field's code list; yes and no are stored as numbers. A number that a
    list is filtered by is an exam year: the newest first, up to the one that people sign up for next."""
    if field.kind is Kind.INTEGER:
        return [(year, str(year)) for year in range(clock.today().year + 1, FIRST_YEAR - 1, -1)]
    if field.kind is Kind.YES_NO:
        return [(int(entry.value), entry.label) for entry in catalogue.code_lists["yes_no"].entries]
    return [(entry.value, entry.label) for entry in catalogue.code_lists[field.code_list].entries]


def filter_entries(field: Field, choices: tuple[Choice, ...]) -> list[tuple[Value, str]]:
    """What a list is filtered by: of places the townships only, else a combo would hold every village."""
    townships = field.target == "places" and field.key != "community"
    return [(choice.id, choice.label) for choice in choices if not townships or choice.level == TOWNSHIP]
