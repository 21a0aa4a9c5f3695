""".ods, read here: the library gives neither merges nor error cells, and repeats what it is told to."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zipfile import ZipFile

from socialwork_app.excel import caps, locked_odf
from socialwork_app.excel.cells import Cell, CellError, RawSheet, clean_text, number
from socialwork_app.excel.grid import Grid
from socialwork_app.excel.sheet_xml import XML_ERRORS, local_names, parse, safe_parser
from socialwork_app.foundation.jobs import Control

_CONTENT = "content.xml"
_CHUNK_BYTES = 2**20
_MOST_BLANKS = 2**24
"""That are told by their number, in all."""
_ASIDE = ("annotation", "shapes", "frame", "custom-shape")
"""Notes and drawings: their paragraphs are not the cell's."""
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|(?:Err|错误):\d+")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_DAY = timedelta(days=1)


def read(data: bytes, password: str | None, control: Control, alone: bool) -> list[RawSheet]:
    """Raises caps.Large for a locked one that is not `alone` in a process."""
    with caps.open_archive(data) as archive:
        how = locked_odf.encryption(archive, _CONTENT)
        if how and not alone:
            raise caps.Large
        reader = _Reader()
        with caps.damaged_if(*XML_ERRORS):
            parse(reader.parser, control.each(_pieces(archive, how, password), every=1))
    return reader.sheets


def _pieces(archive: ZipFile, how: dict[str, str], password: str | None) -> Iterator[bytes]:
    if how:
        yield from locked_odf.unlocked(archive.read(_CONTENT), how, password)
        return
    with archive.open(_CONTENT) as stream:
        yield from iter(partial(stream.read, _CHUNK_BYTES), b"")


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.grid = Grid()
        self.name, self.hidden = "", False
        self.row = self.column = self.aside = 0
        self.row_repeated = 1
        self.told_blanks = 0
        self.cell: dict[str, str] = {}
        self.text: list[str] = []
        self.parser = safe_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element in _ASIDE:
            self.aside += 1
        if self.aside:
            self.parser.CharacterDataHandler = None
        elif handler := _STARTS.get(element):
            handler(self, local_names(attributes))

    def _end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if element in _ASIDE:
            self.aside -= 1
        elif not self.aside and (handler := _ENDS.get(element)):
            handler(self)

    def begin_style(self, own: dict[str, str]) -> None:
        self.style = own.get("name", "")

    def style_of_table(self, own: dict[str, str]) -> None:
        if own.get("display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, own: dict[str, str]) -> None:
        self.grid, self.row = Grid(), 0
        self.name, self.hidden = own.get("name", ""), own.get("style-name") in self.hidden_styles

    def end_table(self) -> None:
        self.sheets.append(self.grid.sheet(self.name, self.hidden))

    def begin_row(self, own: dict[str, str]) -> None:
        self.column, self.row_repeated = 0, int(own.get("number-rows-repeated", "1"))

    def end_row(self) -> None:
        self.grid.repeat(self.row, self.row_repeated)
        self.row += self.row_repeated

    def begin_cell(self, own: dict[str, str]) -> None:
        self.cell, self.text = own, []

    def end_cell(self) -> None:
        repeated = int(self.cell.get("number-columns-repeated", "1"))
        value = _value(self.cell, "".join(self.text).removesuffix("\n"))
        if value is not None:
            self.grid.put(self.row, self.column, value, repeated)
        rows, columns = (self.cell.get(f"number-{what}-spanned", "1") for what in ("rows", "columns"))
        self.grid.merge(self.row, self.column, int(rows), int(columns))
        self.column += repeated

    def begin_paragraph(self, _own: dict[str, str]) -> None:
        self.parser.CharacterDataHandler = self.text.append

    def end_paragraph(self) -> None:
        self.parser.CharacterDataHandler = None
        self.text.append("\n")

    def blanks(self, own: dict[str, str]) -> None:
        self.told_blanks += (count := int(own.get("c", "1")))
        if not 0 <= count <= self.told_blanks <= _MOST_BLANKS:
            raise caps.too_large()
        self.text.append(" " * count)

    def tabulator(self, _own: dict[str, str]) -> None:
        self.text.append("\t")

    def line_break(self, _own: dict[str, str]) -> None:
        self.text.append("\n")


_STARTS = {
    "style": _Reader.begin_style,
    "table-properties": _Reader.style_of_table,
    "table": _Reader.begin_table,
    "table-row": _Reader.begin_row,
    "table-cell": _Reader.begin_cell,
    "covered-table-cell": _Reader.begin_cell,
    "p": _Reader.begin_paragraph,
    "s": _Reader.blanks,
    "tab": _Reader.tabulator,
    "line-break": _Reader.line_break,
}
_ENDS = {
    "table": _Reader.end_table,
    "table-row": _Reader.end_row,
    "table-cell": _Reader.end_cell,
    "covered-table-cell": _Reader.end_cell,
    "p": _Reader.end_paragraph,
}


def _value(cell: dict[str, str], text: str) -> Cell:
    """By what the cell holds. Of the two attributes named value-type the later one tells an error."""
    kind = cell.get("value-type", "")
    if kind == "error" or ("formula" in cell and _ERROR.fullmatch(text)):
        return CellError(text)
    if "date-value" in cell:
        return _moment(cell["date-value"])
    if "time-value" in cell:
        return _time(cell["time-value"])
    if "boolean-value" in cell:
        return cell["boolean-value"] == "true"
    return number(float(cell["value"])) if "value" in cell else clean_text(text)


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _time(text: str) -> Cell:
    """PT08H30M00S as a time of day; a longer duration as days, as Excel counts it."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return clean_text(text)
    hours, minutes, seconds = map(int, found.groups())
    try:
        length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return clean_text(text)
    return (datetime.combine(date.min, time()) + length).time() if length < _DAY else length / _DAY
