"""Fills a form that is a workbook: the texts of some cells change, and the height of a row that is too low for its text;
everything else of the file stays byte for byte.

A library that reads a workbook and writes it anew loses what it does not know: pictures without another library, shapes,
headers with pictures, print settings. So the parts of the sheets are edited where they stand. What the workbook kept as
the results of formulas is dropped, and it is marked to be worked out anew by the program that opens it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from socialwork_app.excel import caps, compound, document_text, form_room, form_sheet
from socialwork_app.excel.form_sheet import Place, Sheet
from socialwork_app.excel.ooxml_parts import read_parts
from socialwork_app.excel.workbook_parts import sheet_parts
from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

MAX_FILE_BYTES = 20 * 2**20
"""A form with some pictures."""
MAX_XML_BYTES = 16 * 2**20
"""Of all parts but pictures; forms have some 100 KB."""
WORKBOOK, SHARED, STYLES = "xl/workbook.xml", "xl/sharedstrings.xml", "xl/styles.xml"
BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")
Written = str | int | float
"""A text stays a text, whatever it begins with; a number is one that formulas can add."""
Cells = Mapping[tuple[str, str], Written]
"""By sheet, "" for the first one, and cell, as B3."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What a sheet shows: texts by row and column, 0-based; `merges`: top, left, bottom, right. `widths` of columns are in
    characters, `heights` of rows in points."""

    name: str
    texts: Mapping[Place, str]
    merges: tuple[tuple[int, int, int, int], ...]
    formulas: frozenset[Place]
    rows: int
    columns: int
    widths: Mapping[int, float]
    heights: Mapping[int, float]


def sheets(template: bytes) -> tuple[FormSheet, ...]:
    """Raises DomainError for what is no .xlsx that can be used."""
    return tuple(_shown(name, sheet) for name, sheet in _Book(template).sheets.items())


def names(template: bytes) -> tuple[str, ...]:
    """The {{名称}} in its cells, in order; DomainError for braces that enclose no name."""
    texts = (text for sheet in _Book(template).sheets.values() for text in sheet.texts().values())
    return tuple(dict.fromkeys(name for text in texts for name in document_text.names_in(text)))


def fill(template: bytes, cells: Cells, texts: Mapping[str, Written], target: Path) -> None:
    """`texts` know every name of the template. A cell that others are merged with is written at its upper left."""
    book = _Book(template)
    for sheet in book.sheets.values():
        _fill_names(sheet, texts)
    for (name, reference), value in cells.items():
        sheet = book.sheet(name)
        place = sheet.upper_left(form_sheet.place(reference))
        if place in sheet.formulas():
            raise DomainError("form.formula", cell=reference)
        sheet.write(place, value)
    for sheet in book.sheets.values():
        form_room.make_room(sheet, book.looks)
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(book.packed())


class _Book:
    def __init__(self, template: bytes) -> None:
        if len(template) > MAX_FILE_BYTES:
            raise caps.too_large()
        self._template = template
        compound.refuse_locked(template)
        with caps.open_archive(template) as archive, caps.damaged_if(*form_sheet.ERRORS):
            _check(archive)
            self._parts = {name.lower(): name for name in archive.namelist()}
            if WORKBOOK not in self._parts:
                raise DomainError("form.other_kind")
            places = sheet_parts(archive)
            shared = self._read(archive, SHARED) if SHARED in self._parts else None
            self._places = {name: self._parts[part] for name, part in places.items() if "/worksheets/" in part}
            self.sheets = {name: Sheet(archive.read(part), shared) for name, part in self._places.items()}
            self._workbook = self._read(archive, WORKBOOK)
            self.looks = form_room.looks(self._read(archive, STYLES)) if STYLES in self._parts else []
        if not self.sheets:
            raise DomainError("workbook.damaged")

    def _read(self, archive: ZipFile, part: str) -> Any:
        return form_sheet.parse(archive.read(self._parts[part]))

    def sheet(self, name: str) -> Sheet:
        if name not in ("", *self.sheets):
            raise DomainError("form.sheet_missing", sheet=name)
        return self.sheets[name or next(iter(self.sheets))]

    def packed(self) -> bytes:
        """The same parts in the same order, those of changed sheets anew."""
        new = dict(self._changed())
        data = BytesIO()
        with ZipFile(BytesIO(self._template)) as old, ZipFile(data, "w") as packed:
            for part in old.infolist():
                packed.writestr(part, new.get(part.filename) or old.read(part))
        return data.getvalue()

    def _changed(self) -> Iterator[tuple[str, bytes]]:
        reckoned = [name for name, sheet in self.sheets.items() if sheet.drop_results()]
        if reckoned:
            self._ask_to_reckon()
            yield self._parts[WORKBOOK], form_sheet.serialised(self._workbook)
        for name, sheet in self.sheets.items():
            if sheet.changed:
                yield self._places[name], form_sheet.serialised(sheet.root)

    def _ask_to_reckon(self) -> None:
        root = self._workbook
        tag = form_sheet.namer(root)
        settings = root.find(tag("calcPr"))
        if settings is None:
            settings = root.makeelement(tag("calcPr"))
            last = [child for child in root if child.tag in map(tag, BEFORE_CALCULATION)][-1]
            last.addnext(settings)
        settings.set("fullCalcOnLoad", "1")


def _check(archive: ZipFile) -> None:
    """Before anything is parsed: how much there is of it, and that no part declares entities."""
    parts = read_parts(archive, Control())
    caps.check_whole(archive, parts.xml.values(), MAX_XML_BYTES)


def _fill_names(sheet: Sheet, texts: Mapping[str, Written]) -> None:
    words = {name: form_sheet.worded(value) for name, value in texts.items()}
    for place, text in sheet.texts().items():
        found = document_text.names_in(text)
        if not found or place in sheet.formulas():
            continue
        alone = texts[found[0]] if document_text.sole_name(text) else ""
        if isinstance(alone, str):
            sheet.fill(place, words)
        else:
            sheet.write(place, alone)


def _shown(name: str, sheet: Sheet) -> FormSheet:
    texts, merges = sheet.texts(), tuple(sheet.merges)
    corners: Sequence[Place] = [*sheet.places(), *((bottom, right) for _, _, bottom, right in merges)]
    rows = max((row for row, _ in corners), default=0) + 1
    columns = max((column for _, column in corners), default=0) + 1
    return FormSheet(name, texts, merges, sheet.formulas(), rows, columns, sheet.widths(), sheet.heights())
