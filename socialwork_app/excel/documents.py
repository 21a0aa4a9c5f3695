"""Fills Word documents: {{名称}} anywhere in the text, and table rows that stand for a list.

A template holds names and nothing else, no conditions and no code, so that there is nothing in it to run and an officer can
write it in Word or WPS. A table row that names something of a list comes once for each of its items. The library is
imported on first use, as it takes time.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipInfo

from socialwork_app.excel import caps, compound, document_text
from socialwork_app.excel.document_text import PARAGRAPH, ROW, paragraphs, word
from socialwork_app.excel.ooxml_parts import root_name
from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

MAX_FILE_BYTES = 20 * 2**20
"""A form with some pictures."""
MAX_XML_BYTES = 16 * 2**20
"""Of all parts but pictures; forms have some 100 KB."""
_HEAD_BYTES = 2**16
_SECTION, _SECTION_TYPE, _PARAGRAPH_ID = word("w:sectPr"), word("w:type"), word("w14:paraId")
_PICTURE = word("wp:docPr")
_VALUE = word("w:val")
_SAME_PAGE = ("continuous", "nextColumn")
_EDGES = ("/header", "/footer")
"""How the relationships of headers and footers end."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says: texts by name, and those of each item of its list; of several lists, one after the other."""

    texts: Mapping[str, str]
    items: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a template, in order; `outside`: those that stand elsewhere than in a table row of the text itself."""

    all: tuple[str, ...]
    outside: frozenset[str]


def names(template: bytes) -> Names:
    """Raises DomainError for what is no document that can be used, or has braces that enclose no name."""
    document = _open(template)
    found: dict[str, None] = {}
    outside: set[str] = set()
    body = document.element.body
    for root in (body, *_edges(document)):
        for paragraph in paragraphs(root):
            here = document_text.names(paragraph)
            found.update(dict.fromkeys(here))
            if root is not body or document_text.row_of(paragraph) is None:
                outside.update(here)
    return Names(tuple(found), frozenset(outside))


def fill(
    template: bytes, letters: Sequence[Letter], listed: frozenset[str], target: Path, control: Control | None = None
) -> None:
    """One document with all letters, one at least, each on a page of its own; headers and footers are the same on all.

    `letters` know every name of the template. `listed`: the names that belong to a list, none of which stands `outside`.
    A row comes once for each item that has one of its names.
    """
    document = _open(template)
    for edge in _edges(document):
        _fill_paragraphs(list(paragraphs(edge)), _common(letters, edge))
    _write_pages(document.element.body, letters, listed, control or Control())
    with atomic.replacing(target) as temporary:
        document.save(str(temporary))


# reading


def _open(template: bytes) -> Any:
    with _told_as_document():
        if len(template) > MAX_FILE_BYTES:
            raise caps.too_large()
        compound.refuse_locked(template)
        _check_parts(template)
        from docx import Document
        from docx.opc.exceptions import OpcError

        with caps.damaged_if(OpcError, ValueError, TypeError, LookupError, AttributeError, SyntaxError):
            document: Any = Document(BytesIO(template))
            _edges(document)
            if document.element.body is None:
                raise ValueError
            return document


@contextmanager
def _told_as_document() -> Generator[None]:
    """What is wrong with a packed file, in the words for documents."""
    try:
        yield
    except DomainError as error:
        raise DomainError(error.code.replace("workbook.", "document."), **error.values) from error


def _check_parts(template: bytes) -> None:
    """Before anything is parsed: how much there is of it, and that no part declares entities."""
    with caps.open_archive(template) as archive:
        xml: list[ZipInfo] = []
        for part in archive.infolist():
            with archive.open(part) as stream:
                head = stream.read(_HEAD_BYTES)
            if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                root_name(head)
                xml.append(part)
        caps.check_whole(archive, xml, MAX_XML_BYTES)


def _edges(document: Any) -> list[Any]:
    """The roots of headers and footers."""
    related = document.part.rels.values()
    return [one.target_part.element for one in related if not one.is_external and one.reltype.endswith(_EDGES)]


# filling


def _common(letters: Sequence[Letter], edge: Any) -> Mapping[str, str]:
    """What headers and footers can say: they are the same on the pages of all letters."""
    for paragraph in paragraphs(edge):
        for name in document_text.names(paragraph):
            if len({letter.texts.get(name) for letter in letters}) > 1:
                raise DomainError("document.differs", name=name)
    return letters[0].texts


def _write_pages(body: Any, letters: Sequence[Letter], listed: frozenset[str], control: Control) -> None:
    closing = _closing_section(body)
    blocks = [block for block in body if block is not closing]
    for block in blocks:
        body.remove(block)
    for number, letter in enumerate(control.each(letters, len(letters), every=1), start=1):
        page = [deepcopy(block) for block in blocks]
        for block in page:
            closing.addprevious(block)
            _fill_block(block, letter, listed)
        if number < len(letters):
            _end_page(page, closing)
    _number_anew(body)


def _closing_section(body: Any) -> Any:
    """The properties of the last section, which stand at the end. The first section has to begin on a new page."""
    if not len(body) or body[-1].tag != _SECTION:
        body.append(body.makeelement(_SECTION))
    for kind in next(body.iter(_SECTION)).findall(_SECTION_TYPE):
        if kind.get(_VALUE) in _SAME_PAGE:
            kind.getparent().remove(kind)
    for element in body.iter(PARAGRAPH, ROW):
        element.attrib.pop(_PARAGRAPH_ID, None)  # has to be unique, and nobody needs it
    return body[-1]


def _end_page(page: Sequence[Any], closing: Any) -> None:
    """A section of its own keeps a page as it was laid out, whatever its neighbours need."""
    last = page[-1] if page else None
    if last is None or last.tag != PARAGRAPH or next(last.iter(_SECTION), None) is not None:
        last = closing.makeelement(PARAGRAPH)
        closing.addprevious(last)
    last.get_or_add_pPr().append(deepcopy(closing))


def _fill_block(block: Any, letter: Letter, listed: frozenset[str]) -> None:
    rows: dict[Any, set[str]] = {}
    plain: list[Any] = []
    for paragraph in paragraphs(block):
        named = listed.intersection(document_text.names(paragraph))
        if named:
            rows.setdefault(document_text.row_of(paragraph), set()).update(named)
        else:
            plain.append(paragraph)
    _fill_paragraphs([one for one in plain if document_text.row_of(one) not in rows], letter.texts)
    blank = dict.fromkeys(listed, "")
    for row, named in rows.items():
        for item in [one for one in letter.items if named & one.keys()] or (blank,):
            copy = deepcopy(row)
            row.addprevious(copy)
            _fill_paragraphs(list(paragraphs(copy)), {**letter.texts, **blank, **item})
        row.getparent().remove(row)


def _fill_paragraphs(found: Sequence[Any], texts: Mapping[str, str]) -> None:
    for paragraph in found:
        document_text.fill(paragraph, texts)


def _number_anew(body: Any) -> None:
    for number, picture in enumerate(body.iter(_PICTURE), start=1):
        picture.set("id", str(number))
