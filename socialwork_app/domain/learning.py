"""Records of continuing education (社会工作者继续教育办法, 民发〔2009〕123号): what was learnt, when, and with what proof."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.partial_date import PartialDate

TRAINING, DEGREE, COURSES = "training", "degree", "courses"
"""A training; a degree or 学历 obtained; courses passed in a study that gave no degree (未取得学位者的课时)."""
PROFESSIONAL, PUBLIC = "professional", "public"
"""专业科目, 公需科目."""
Span = tuple[date, date]
"""First and last day, both counted."""


@dataclass(frozen=True, slots=True)
class LearningRecord:
    """`hours`: 小时 (60 minutes) as stated on the proof, of no account for a degree. `starts`, `ends`: ISO dates as precise
    as they are known. `proof`: its number or a scan is on record. The officer may leave a record out (`counts`) for a
    stated `reason`. `id` is unique among the records of a person."""

    id: int
    title: str
    kind: str
    hours: float | None
    starts: str | None
    ends: str | None
    category: str | None
    proof: bool
    counts: bool = True
    reason: str = ""

    @property
    def days(self) -> Span | None:
        """The earliest and the latest day that it can belong to: that of its end, else of its start."""
        text = self.ends or self.starts
        return span(text) if text else None

    @property
    def hundredths(self) -> int:
        """Hundredths of a 小时, half of one counted up, so that sums are exact; 0 where no hours are stated."""
        return int(self.hours * 100 + 0.5) if self.hours and self.hours > 0 else 0


@lru_cache(maxsize=16_384)
def span(text: str) -> Span:
    """The earliest and the latest day that an ISO text can mean; read once a text, not once a record."""
    known = PartialDate.parse(text)
    return known.earliest(), known.latest()


@lru_cache(maxsize=8_192)
def study_name(title: str) -> str:
    """What the titles of one study have in common, however they are spaced and whatever width they are written in."""
    return without_blanks(title).casefold()
