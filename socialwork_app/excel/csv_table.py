"""CSV and its like with tabs or semicolons; each value stays the text that it is."""

import csv
import re
from io import StringIO

from socialwork_app.excel import caps
from socialwork_app.excel.cells import Cell, RawSheet, clean_text
from socialwork_app.excel.grid import Grid
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

_DELIMITERS = "\t,;"
_LOOKED_AT = 50
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which Excel is told the delimiter; it counts as no row."""
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
"""The way in which exports keep Excel from taking a number for one."""


def read(text: str, control: Control) -> list[RawSheet]:
    """Raises DomainError for a text that no delimiter parts into columns."""
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    delimiter = declared.group(1) if declared else _delimiter(body)
    caps.check_cells(body.count(delimiter) + body.count("\n"))
    grid = Grid()
    with caps.damaged_if(csv.Error):
        lines = csv.reader(StringIO(body, newline=""), delimiter=delimiter)
        for row, values in enumerate(control.each(lines, every=5000)):
            for column, value in enumerate(values):
                grid.put(row, column, _cell(value))
    return [grid.sheet("Sheet1")]


def _delimiter(text: str) -> str:
    """The one that stands in most of the first lines, and in at least half of them."""
    lines = [line for line in text[: 2**16].splitlines()[:_LOOKED_AT] if line.strip()]
    best = max(_DELIMITERS, key=lambda delimiter: sum(delimiter in line for line in lines))
    if not lines or 2 * sum(best in line for line in lines) < len(lines):
        raise DomainError("workbook.unknown")
    return best


def _cell(value: str) -> Cell:
    wrapped = _FORMULA_TEXT.fullmatch(value)
    return clean_text(wrapped.group(1) if wrapped else value)
