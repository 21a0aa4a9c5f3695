"""Something that falls due and is no registration."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Matter:
    """`person` is "" where the matter is nobody's in particular. `record_id`: of the row that it hangs
    on, in the register that its kind is about; 0 where on none."""

    kind: str
    title: str
    person_id: int
    record_id: int
    person: str
    level: str
    due: date
    overdue: bool
    message: str
