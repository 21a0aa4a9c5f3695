"""A scheme with its criteria, and people who hold its title: what the tests of appraisals begin with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.opened import OpenRegister

Save = Callable[..., int]
ITEMS = {"职业道德": 20, "专业能力": 20, "工作实绩": 40, "示范带动": 10, "继续教育": 10}
BANDS = {"优秀": 90, "合格": 75, "基本合格": 60, "不合格": 0}


@dataclass(frozen=True)
class Scheme:
    opened: OpenRegister
    save: Save
    id: int
    criteria: int

    def holder(
        self, name: str, since: str = "2024-06-01", *, person: Mapping[str, object] | None = None, **title: object
    ) -> int:
        """Their row id."""
        row = self.save("people", name=name, **(person or {"employer": f"{name}的单位"}))
        self.save("talents", row, **{"scheme": self.id, "term_from": since, "term_to": "2027-05-31", **title})
        return row

    def graded(self, person: int, year: int, grade: str) -> int:
        return self.save("appraisals", person, scheme=self.id, year=year, grade=grade)

    def of(self, name: str, year: int) -> int:
        """The row id of somebody's appraisal."""
        return next(one.id for one in Appraisals(self.opened).of_year(self.id, year) if one.name == name)


def make_criteria(save: Save, scheme: int | None, title: str = "标准", **values: object) -> int:
    made = save("appraisal_criteria", **{"title": title, "from_year": 2024, "cap_share": 20, **values}, scheme=scheme)
    for rank, (item, maximum) in enumerate(ITEMS.items(), start=1):
        save("appraisal_items", made, title=item, rank=rank, maximum=maximum)
    for grade, minimum in BANDS.items():
        save("grade_bands", made, grade=grade, minimum=minimum)
    return made


def make_scheme(opened: OpenRegister, save: Save, title: str = "优秀人才") -> Scheme:
    scheme = save("talent_schemes", title=title, term_years=3)
    return Scheme(opened, save, scheme, make_criteria(save, scheme, f"{title}标准"))


def names(found: Sequence[object]) -> list[str]:
    return [getattr(one, "name", "") for one in found]
