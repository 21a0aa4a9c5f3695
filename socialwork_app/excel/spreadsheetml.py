"""The XML of Excel 2003 that WPS and web systems still write, named .xls."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from socialwork_app.excel.caps import damaged_if
from socialwork_app.excel.cells import Cell, CellError, RawSheet, clean_text, number
from socialwork_app.excel.grid import Grid
from socialwork_app.excel.sheet_xml import XML_ERRORS, local_names, parse, safe_parser
from socialwork_app.foundation.jobs import Control

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
"""Left out: it names the encoding that the file had."""
_PIECE = 2**20
_TIME_ONLY = (date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1))
"""The dates that a time of day alone is written with."""


def read(text: str, control: Control) -> list[RawSheet]:
    """Raises DomainError when the XML is cut off, has a document type, or asks for too many cells."""
    reader = _Reader()
    xml = _DECLARATION.sub("", text, count=1)
    with damaged_if(*XML_ERRORS):
        parse(reader.parser, control.each(_pieces(xml), len(xml) // _PIECE, every=1))
    return reader.sheets


def _pieces(xml: str) -> Iterator[bytes]:
    for start in range(0, len(xml), _PIECE):
        yield xml[start : start + _PIECE].encode()


class _Reader:
    """Follows rows and cells, which may say their number and how many they skip."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.grid = Grid()
        self.name, self.hidden = "", False
        self.row = self.column = self.skipped = 0
        self.kind = ""
        self.text: list[str] = []
        self.in_comment = False
        self.parser = safe_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        own = local_names(attributes)
        match name.rpartition(":")[2]:
            case "Worksheet":
                self.grid, self.row, self.skipped = Grid(), -1, 0
                self.name, self.hidden = own.get("Name", ""), False
            case "Row":
                self.row = _index(own, self.row + self.skipped + 1)
                self.column, self.skipped = -1, int(own.get("Span", "0"))
            case "Cell":
                self._cell(own)
            case "Comment":
                self.in_comment = True
            case "Data" | "Visible":
                self.kind = own.get("Type", "")
                self._listen()
            case _:
                pass

    def _cell(self, own: dict[str, str]) -> None:
        self.column = _index(own, self.column + 1)
        across, down = int(own.get("MergeAcross", "0")), int(own.get("MergeDown", "0"))
        self.grid.merge(self.row, self.column, down + 1, across + 1)
        self.skip_after = across

    def _listen(self) -> None:
        self.text = []
        self.parser.CharacterDataHandler = self.text.append

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "Data" if not self.in_comment:
                self.grid.put(self.row, self.column, _value(self.kind, "".join(self.text)))
            case "Cell":
                self.column += self.skip_after
            case "Comment":
                self.in_comment = False
            case "Visible":
                self.hidden = "".join(self.text) != "SheetVisible"
            case "Worksheet":
                self.sheets.append(self.grid.sheet(self.name, self.hidden))
            case _:
                pass


def _index(own: dict[str, str], otherwise: int) -> int:
    return int(own["Index"]) - 1 if "Index" in own else otherwise


def _value(kind: str, text: str) -> Cell:
    """What can't be read as the kind it claims to be stays the text that it is."""
    try:
        match kind:
            case "Number":
                return number(float(text))
            case "DateTime":
                return _moment(datetime.fromisoformat(text))
            case "Boolean":
                return text.strip() == "1"
            case "Error":
                return CellError(text)
            case _:
                return clean_text(text)
    except ValueError:
        return clean_text(text)


def _moment(moment: datetime) -> date | datetime | time:
    if moment.date() in _TIME_ONLY:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
