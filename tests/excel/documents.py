"""Word documents for the tests: as the programs write them, and as nobody should."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as Doc


def packed(document: Doc) -> bytes:
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def document(*paragraphs: str | Sequence[str], table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """A paragraph given as several texts has one run for each; the table follows the paragraphs."""
    made = Document()
    for runs in paragraphs:
        added = made.add_paragraph()
        for run in [runs] if isinstance(runs, str) else runs:
            added.add_run(run)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    return packed(made)


def with_parts(template: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The same with these parts in the place of its own; None leaves one out."""
    data = BytesIO()
    with ZipFile(BytesIO(template)) as old, ZipFile(data, "w", ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist()} | dict(parts)
        for name, content in kept.items():
            if content is not None:
                new.writestr(name, content)
    return data.getvalue()


def part(template: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(template)) as archive:
        return archive.read(name)
