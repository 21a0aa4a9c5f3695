"""An invented scheme for the sample register: a round, holders, their appraisals, who keeps contact."""

import random
from collections.abc import Mapping, Sequence

from socialwork_app.domain.appraisals import Band, Criteria, Item, Score, grade_by_score, total
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.talents import GRANTED, RECOMMENDED, term_end
from socialwork_app.persistence import rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.appraisal_facts import facts_in
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.sample_training import insert

CRITERIA = Criteria(
    (Item("职业道德", 20), Item("专业能力", 20), Item("工作实绩", 40), Item("示范带动", 10), Item("继续教育", 10)),
    (Band("优秀", 90), Band("合格", 75), Band("基本合格", 60), Band("不合格", 0)),
    cap_share=30,
)
APPRAISERS = ("评委甲", "评委乙", "评委丙")
HOLDERS, CANDIDATES = 6, 4
TERM = 3


class SampleTalents:
    """The rounds are invented, and so is the scheme: no document stands behind them."""

    def __init__(self, opened: OpenRegister, change: Transaction, source: random.Random) -> None:
        self._opened = opened
        self._change = change
        self._source = source
        self._year = opened.today().year

    def fill(self, people: Sequence[int]) -> None:
        scheme = self._insert("talent_schemes", {
            "title": "示例优秀社会工作人才", "title_level": "district", "document": "示例文件", "cycle_years": 2,
            "cap": HOLDERS, "term_years": TERM, "allowance": 300, "publication_days": 5,
        })  # fmt: skip
        criteria = self._criteria(scheme)
        first = self._round(scheme, "第一届示例优秀社会工作人才", self._year - 2)
        coming = self._round(scheme, "第二届示例优秀社会工作人才", self._year)
        facts = facts_in(self._change.connection, self._opened.schema, people[:HOLDERS])
        for person in people[:HOLDERS]:
            self._holder(scheme, first, person)
            self._appraisal(scheme, criteria, person, facts[person])
        for person in people[HOLDERS : HOLDERS + CANDIDATES]:
            self._insert("talent_candidates", {"person_id": person, "round": coming, "candidate_state": RECOMMENDED,
                                               "recommended_on": f"{self._year}-03-10"})  # fmt: skip
        self._contacts(people[:HOLDERS])

    def _criteria(self, scheme: int) -> int:
        criteria = self._insert("appraisal_criteria", {
            "title": "示例考核标准", "scheme": scheme, "from_year": self._year - 2, "cap_share": CRITERIA.cap_share,
        })  # fmt: skip
        for rank, item in enumerate(CRITERIA.items, start=1):
            values = {"appraisal_criterion_id": criteria, "title": item.title, "rank": rank, "maximum": item.maximum}
            self._insert("appraisal_items", values)
        for band in CRITERIA.bands:
            values = {"appraisal_criterion_id": criteria, "grade": band.grade, "minimum": band.minimum}
            self._insert("grade_bands", values)
        return criteria

    def _round(self, scheme: int, title: str, year: int) -> int:
        over = year < self._year
        return self._insert("talent_rounds", {
            "talent_scheme_id": scheme, "title": title, "year": year, "recommend_until": f"{year}-03-31",
            "decision": f"示例〔{year}〕1号" if over else None, "decided_on": f"{year}-06-01" if over else None,
        })  # fmt: skip

    def _holder(self, scheme: int, awarded_in: int, person: int) -> None:
        since = f"{self._year - 2}-06-01"
        self._insert("talent_candidates", {"person_id": person, "round": awarded_in, "candidate_state": GRANTED})
        self._insert("talents", {
            "person_id": person, "scheme": scheme, "round": awarded_in, "granted_on": since, "term_from": since,
            "document": f"示例〔{self._year - 2}〕1号", "term_to": term_end(since, TERM), "allowance_state": "paid",
        })  # fmt: skip

    def _appraisal(self, scheme: int, criteria: int, person: int, facts: Mapping[str, Value]) -> None:
        base = self._source.uniform(0.62, 0.97)
        scores = [Score(who, item.title, round(item.maximum * min(1, base + self._source.uniform(-0.05, 0.05)), 1))
                  for who in APPRAISERS for item in CRITERIA.items]  # fmt: skip
        appraisal = self._insert("appraisals", {
            **facts, "person_id": person, "scheme": scheme, "criteria": criteria, "year": self._year - 1,
            "grade": grade_by_score(CRITERIA, total(CRITERIA, scores)), "appraised_on": f"{self._year - 1}-12-20",
        })  # fmt: skip
        for score in scores:
            values = {"appraiser": score.appraiser, "item": score.item, "score": score.points}
            self._insert("appraisal_scores", {"appraisal_id": appraisal, **values})

    def _contacts(self, people: Sequence[int]) -> None:
        leader = self._insert("leaders", {"name": "示例领导", "post": "示例职务", "from": f"{self._year - 2}-01"})
        for number, person in enumerate(people):
            since = f"{self._year - 2}-07-01"
            self._insert("leader_contacts", {"person_id": person, "leader": leader, "from": since})
            asked = {"request": "希望增加督导培训"} if number % 3 == 0 else {}
            self._insert("contact_log", {
                "person_id": person, "date": f"{self._year}-02-0{number % 9 + 1}", "contact_form": "慰问", "leader": leader,
                "matter": "春节慰问，了解工作情况", **asked,
            })  # fmt: skip

        self._liaisons(people)

    def _liaisons(self, people: Sequence[int]) -> None:
        """An officer for each of their units."""
        units = rows.values_of(self._change.connection, self._opened.schema, "people", "employer", people)
        for number, unit in enumerate(sorted({unit for unit in units.values() if unit})):
            phone = f"1990000{number:04d}"
            self._insert(
                "liaisons", {"organisation_id": unit, "name": "示例联络员", "phone": phone, "from": f"{self._year - 2}"}
            )

    def _insert(self, kind: str, values: Mapping[str, Value]) -> int:
        return insert(self._opened, self._change, kind, values)
