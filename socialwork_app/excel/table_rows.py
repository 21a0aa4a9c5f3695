"""Tells the rows of people from what stands between and below them: totals, notes, signatures, headers again.

A person's row must never be taken for one of those: where it is unclear, a row stays a row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from socialwork_app.excel.cells import Cell, CellError, RawSheet
from socialwork_app.excel.table_header import Header, text_of

_TOTAL = re.compile(r"(?:本页|本表)?(?:合计|小计|总计|共计|总人数)(?:[:：(（].*|\d+人?)?")
_NOTE = re.compile(r"(?:备注|附注|注|说明|填表说明|填报说明|注意事项)\d*[:：]")
_SIGNATURE = re.compile(
    r"(?:(?:单位|部门)?(?:主要|分管)?负责人|(?:分管)?领导|制表|填表|填报|审核|审批|复核|经办|统计|联系|日期|记录|评分|考评|评委|考核组|应到|实到)人?"
    r"(?:员|单位|日期|时间|电话|签字|签名|签章|盖章|[(（][^()（）]*[)）])*[:：]"
)
_FOOTER = re.compile(f"{_TOTAL.pattern}|{_NOTE.pattern}|{_SIGNATURE.pattern}")
_SERIAL = re.compile(r"序号?|№|no\.?", re.IGNORECASE)
_PERSON = re.compile("姓名|身份证|身份号码")
_COUNT = re.compile(r"\d{1,6}人?")
_MOST_PEOPLE = 1_000_000
_LONG_NUMBER = re.compile(r"\d{15}")
"""An ID number; a phone number may stand beside a signature."""
_FEW = 4
"""Cells in a row of notes or signatures at most."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no one's: "title", "repeated_header", "blank" (a serial number alone), "total" or "note"."""

    number: int
    reason: str


class RowJudge:
    """Knows what the header and the lines above it say, and which columns hold names, ID and serial numbers."""

    def __init__(self, sheet: RawSheet, header: Header) -> None:
        self._titles = {_first_text(row) for row in sheet.rows[: header.first]} - {""}
        self._headers = [[_bare(text_of(cell)) for cell in row] for row in sheet.rows[header.first : header.last + 1]]
        self._beginnings = self._titles.union(*self._headers) - {""}
        names = {column: _bare(parts[-1]) for column, parts in header.parts.items()}
        self._serial = {column for column, name in names.items() if _SERIAL.fullmatch(name)}
        self._person = {column for column, name in names.items() if _PERSON.search(name)}

    def reason(self, row: list[Cell]) -> str:
        """Why a row that is not blank is left out; '' for a row of the table."""
        column = 0
        while is_blank(row[column]):
            column += 1
        if column in self._serial and _is_serial(row[column]):
            return "blank" if all_blank(row[column + 1 :]) else ""
        text = _bare(text_of(row[column]))
        if text in self._beginnings or _FOOTER.match(text):
            return self._judged(text, [(place, cell) for place, cell in enumerate(row) if not is_blank(cell)])
        return ""

    def _judged(self, text: str, filled: list[tuple[int, Cell]]) -> str:
        if self._is_header(filled):
            return "repeated_header"
        few = len(filled) <= _FEW
        if few and text in self._titles:
            return "title"
        if _TOTAL.fullmatch(text):
            person = any(column in self._person and not _is_count(cell) for column, cell in filled[1:])
            return "" if person else "total"
        numbered = any(_LONG_NUMBER.search(str(cell)) for _column, cell in filled)
        return "note" if few and not numbered and (_NOTE.match(text) or _SIGNATURE.match(text)) else ""

    def _is_header(self, filled: list[tuple[int, Cell]]) -> bool:
        """Every text stands in that very column of one of the header's rows."""
        return len(filled) > 1 and any(
            all(header[column] and header[column] == _bare(text_of(cell)) for column, cell in filled)
            for header in self._headers
        )


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def all_blank(row: list[Cell]) -> bool:
    return all(map(is_blank, row))


def _first_text(row: Iterable[Cell]) -> str:
    return next((_bare(text_of(cell)) for cell in row if not is_blank(cell)), "")


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_serial(cell: Cell) -> bool:
    return isinstance(cell, int | float | CellError) or text_of(cell).isdecimal()


def _is_count(cell: Cell) -> bool:
    """A sum under the names or numbers: of a person's own number it has not the length."""
    if isinstance(cell, int | float):
        return abs(cell) < _MOST_PEOPLE
    return bool(_COUNT.fullmatch(_bare(text_of(cell))))
