"""Finds the table on a sheet as offices make it: titles above, headers of one to three rows, totals and signatures below."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from socialwork_app.excel.reading import Cell, RawSheet

HEADER_WITHIN = 50  # rows from the top in which a header is looked for
HEADER_ROWS = 3
FEWEST_KNOWN = 2  # one known word may stand in any title
LONGEST_HEADER = 40
FEW_CELLS = 4  # a signature line fills no more than these

_TOTAL = re.compile(r"(本页|总)?(合|小|总|共)计.{0,6}")
_NOTE = re.compile(r"(备?注|说明|填表说明|填报说明|注意事项)\d*[:：].*", re.DOTALL)
_SIGNATURE = re.compile(r"(制表|审核|复核|填报|填表|负责|经办|联系|单位盖章|主管|签字|盖章|日期|填报日期|制表日期)\S{0,4}[:：].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`header`: the words of all header rows joined by "/"; `parts`: the same one by one, from the top."""

    index: int
    header: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` is the row number that Excel shows; `cells` by column index of the sheet."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row below the header that is no record; `reason`: total, note, repeated_header or title."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    sheet: str
    header_row: int
    columns: tuple[TableColumn, ...]
    rows: list[TableRow]
    left_out: tuple[LeftOut, ...]


def find_table(sheet: RawSheet, known: Callable[[str], bool]) -> Table | None:
    """`known` says whether a header's words are a field's name. None where no row looks like a header."""
    grid = _spread(sheet)
    found = _header(grid, known)
    if found is None:
        return None
    first, last = found
    columns = _columns(grid, first, last, known)
    titles = {_words(row) for row in grid[:first]}
    headers = {_words(grid[row]) for row in range(first, last + 1)}
    rows: list[TableRow] = []
    left_out: list[LeftOut] = []
    for index in range(last + 1, len(grid)):
        cells = grid[index]
        reason = _no_record(cells, columns, titles, headers)
        if reason is None:
            rows.append(TableRow(sheet.first_row + index, cells))
        elif reason != "blank":
            left_out.append(LeftOut(sheet.first_row + index, reason))
    return Table(sheet.name, sheet.first_row + last, columns, rows, tuple(left_out))


def _spread(sheet: RawSheet) -> list[list[Cell]]:
    """The rows with merged cells filled: each cell of a merge says what its first one says."""
    if not sheet.merges:
        return sheet.rows
    grid = [list(row) for row in sheet.rows]
    for top, left, bottom, right in sheet.merges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1]:
            row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
    return grid


def _header(grid: list[list[Cell]], known: Callable[[str], bool]) -> tuple[int, int] | None:
    """First and last header row: the run of one to three rows under which most columns have a known name."""
    memory: dict[str, bool] = {}

    def knows(text: str) -> bool:
        if text not in memory:
            memory[text] = len(text) <= LONGEST_HEADER and known(text)
        return memory[text]

    best, found = FEWEST_KNOWN - 1, None
    for first in range(min(HEADER_WITHIN, len(grid))):
        if sum(knows(text) for text in dict.fromkeys(map(_text, grid[first])) if text) == 0:
            continue
        for last in range(first, min(first + HEADER_ROWS, len(grid))):
            if last > first and not _continues(grid[last - 1], grid[last], knows):
                break
            count = _known_columns(grid, first, last, knows)
            if count > best:
                best, found = count, (first, last)
    return found


def _continues(above: list[Cell], below: list[Cell], knows: Callable[[str], bool]) -> bool:
    """Whether a row is a further header row: short words only, one of them known or standing under the same group."""
    texts = [(_text(a), _text(b)) for a, b in zip(above, below, strict=False) if _text(b)]
    if not texts or any(not isinstance(cell, str) for cell in below if cell not in (None, "")):
        return False
    if any(re.search(r"\d{4}", text) or len(text) > LONGEST_HEADER for _, text in texts):
        return False
    shared = sum(a == b for a, b in texts)  # cells merged down from the row above
    fresh = [b for a, b in texts if a != b]
    return bool(fresh) and (shared > 0 or _grouped(above)) and any(knows(text) for text in fresh)


def _grouped(row: list[Cell]) -> bool:
    """A header over several columns stands in them all, or in the first with blanks behind it."""
    texts = [_text(cell) for cell in row]
    return any(a and (b in ("", a)) for a, b in pairwise(texts))


def _known_columns(grid: list[list[Cell]], first: int, last: int, knows: Callable[[str], bool]) -> int:
    return sum(any(knows(text) for text in ("".join(parts), *parts)) for _, parts in _headers(grid, first, last))


def _headers(grid: list[list[Cell]], first: int, last: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Column index and its words from the top, without repeats."""
    for index in range(max(len(grid[row]) for row in range(first, last + 1))):
        parts = [_text(grid[row][index]) for row in range(first, last + 1) if index < len(grid[row])]
        words = tuple(dict.fromkeys(part for part in parts if part))
        if words:
            yield index, words


def _columns(grid: list[list[Cell]], first: int, last: int, known: Callable[[str], bool]) -> tuple[TableColumn, ...]:
    columns: list[TableColumn] = []
    seen: dict[str, int] = {}
    for index, parts in _headers(grid, first, last):
        header = parts[0] if len(parts) == 1 else "/".join(parts)
        seen[header] = seen.get(header, 0) + 1
        named = header if seen[header] == 1 else f"{header}({seen[header]})"
        joined = ("".join(parts),) if len(parts) > 1 and known("".join(parts)) else ()
        columns.append(TableColumn(index, named, (*parts, *joined)))
    return tuple(columns)


def _no_record(
    cells: list[Cell], columns: tuple[TableColumn, ...], titles: set[str], headers: set[str]
) -> str | None:
    """Why a row is no record, None if it is one. What is unclear stays a record."""
    filled = [text for cell in cells if (text := _text(cell))]
    words = "".join(filled)
    if not words:
        return "blank"
    if words in headers or words in titles:
        return "repeated_header" if words in headers else "title"
    distinct = list(dict.fromkeys(filled))
    if _TOTAL.fullmatch(distinct[0]) and all(_numeric(text) for text in distinct[1:]):
        return "total"
    return "note" if len(columns) > 1 and _is_note(distinct) else None


def _is_note(distinct: list[str]) -> bool:
    if len(distinct) <= FEW_CELLS and any(map(_SIGNATURE.fullmatch, distinct)):
        return True
    return len(distinct) == 1 and bool(_NOTE.fullmatch(distinct[0]))


def _numeric(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%\-+元人名个]+", text)) or bool(_TOTAL.fullmatch(text))


def _words(row: list[Cell]) -> str:
    return "".join(_text(cell) for cell in row)


def _text(cell: Cell) -> str:
    """A cell's words without blanks and line breaks."""
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else str(getattr(cell, "text", cell))
    return "".join(unicodedata.normalize("NFKC", text).split())
