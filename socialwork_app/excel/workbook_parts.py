"""Which part of an .xlsx or .xlsb holds which sheet."""

import posixpath
from collections.abc import Callable
from zipfile import ZipFile

from socialwork_app.excel.caps import damaged_if
from socialwork_app.excel.records import records, wide_text
from socialwork_app.excel.sheet_xml import XML_ERRORS, safe_parser
from socialwork_app.foundation.errors import DomainError

_BUNDLE_SHEET = 156


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name; part names in lower case."""
    names = {name.lower(): name for name in archive.namelist()}
    binary = "xl/workbook.xml" not in names
    main = "xl/workbook.bin" if binary else "xl/workbook.xml"
    with damaged_if(*XML_ERRORS):
        targets = _targets(archive.read(names[f"xl/_rels/{posixpath.basename(main)}.rels"]))
        read = _binary_sheets if binary else _xml_sheets
        named = [(name, targets[reference]) for name, reference in read(archive.read(names[main]))]
    if not len(named) == len(dict(named)) == len({place for _, place in named}):
        raise DomainError("workbook.damaged")  # a sheet that stands twice could stand there a million times
    return dict(named)


def _targets(rels: bytes) -> dict[str, str]:
    found: dict[str, str] = {}

    def relationship(attributes: dict[str, str]) -> None:
        path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        found[attributes["Id"]] = path.lstrip("/").lower()

    _each(rels, "Relationship", relationship)
    return found


def _xml_sheets(workbook: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def sheet(attributes: dict[str, str]) -> None:
        references = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
        found.append((attributes["name"], references[0]))

    _each(workbook, "sheet", sheet)
    return found


def _each(xml: bytes, wanted: str, handle: Callable[[dict[str, str]], None]) -> None:
    parser = safe_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            handle(attributes)

    parser.StartElementHandler = start
    parser.Parse(xml, True)


def _binary_sheets(workbook: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for kind, start, _end in records(workbook):
        if kind == _BUNDLE_SHEET:
            reference, after = wide_text(workbook, start + 8)
            name, _after = wide_text(workbook, after)
            found.append((name, reference))
    return found
