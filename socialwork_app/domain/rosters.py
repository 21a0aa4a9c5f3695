"""The rosters that the register hands out, each described once; column headings come from the fields."""

from dataclasses import dataclass, replace

from socialwork_app.domain.registers.register import Catalogue


@dataclass(frozen=True, slots=True)
class RosterDeclaration:
    """`register`: whose rows; `keys`: listed field keys in order; `once_a_person`: highest level only, as of the day."""

    key: str
    title: str
    register: str
    keys: tuple[str, ...]
    once_a_person: bool = False
    public: bool = False  # handed to the public: never with numbers


CERTIFIED = RosterDeclaration(
    "certified", "持证社会工作者名册", "certificates",
    ("name", "gender", "ethnicity", "birth_date", "id_number", "political_status", "education", "degree",
     "school_and_major", "employer", "organisation_kind", "position", "years_of_social_work", "level", "certificate_number",
     "approved_on", "registration_number", "registered_on", "valid_until", "service_field", "township", "community", "phone",
     "note"),
    once_a_person=True,
)  # fmt: skip


def rosters(catalogue: Catalogue) -> tuple[RosterDeclaration, ...]:
    """The sealed rosters, and one of each register as its list shows it."""
    lists = tuple(
        RosterDeclaration(register.key, f"{register.title}名册", register.key, register.columns)
        for register in catalogue.registers
        if not register.hangs_on_any and register.key != "rules"
    )
    return (CERTIFIED, *lists)


def with_keys(roster: RosterDeclaration, keys: tuple[str, ...]) -> RosterDeclaration:
    """The same roster with the columns that a screen shows."""
    return replace(roster, keys=keys) if keys else roster
