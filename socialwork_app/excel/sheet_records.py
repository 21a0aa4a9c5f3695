"""The same look through an .xlsb as through an .xlsx: error cells, area, size of the shared texts."""

from collections.abc import Iterable
from struct import error as StructError  # noqa: N812 - the module names its error in lower case
from zipfile import ZipFile

from socialwork_app.excel import caps
from socialwork_app.excel.biff_errors import error_text
from socialwork_app.excel.records import records, unsigned
from socialwork_app.excel.sheet_xml import Errors

_ROW = 0
_VALUE_CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))
"""All cells but the blank one (1)."""
_ERROR_CELLS = (3, 11)
_SHARED_TEXT_CELL = 7
_SHARED_TEXT = 19
_SHARED_TEXTS = "xl/sharedstrings.bin"


def read_records(archive: ZipFile, sheets: Iterable[str]) -> tuple[dict[str, Errors], bool]:
    """The error cells by part name, and whether one stands far away. Raises DomainError for what is damaged or too large."""
    names = {name.lower(): name for name in archive.namelist()}
    with caps.damaged_if(KeyError, IndexError, ValueError, StructError):
        shared = _shared_sizes(archive.read(names[_SHARED_TEXTS])) if _SHARED_TEXTS in names else []
        scanner = _Scanner(shared)
        return {sheet: scanner.scan(archive.read(names[sheet])) for sheet in sheets}, scanner.far


def _shared_sizes(part: bytes) -> list[int]:
    return [end - at for kind, at, end in records(part) if kind == _SHARED_TEXT]


class _Scanner:
    def __init__(self, shared: list[int]) -> None:
        self.shared = shared
        self.text_bytes = 0
        self.far = False

    def scan(self, part: bytes) -> Errors:
        row = last_row = last_column = -1
        errors: Errors = {}
        for kind, at, _end in records(part):
            if kind == _ROW:
                row = unsigned(part, at)
            elif kind in _VALUE_CELLS:
                column = unsigned(part, at)
                last_row, last_column = max(last_row, row), max(last_column, column)
                self._count(kind, part, at)
                if kind in _ERROR_CELLS:
                    errors[row, column] = error_text(part[at + 8])
        self.far |= caps.is_far(last_row + 1, last_column + 1)
        return errors

    def _count(self, kind: int, part: bytes, at: int) -> None:
        if kind != _SHARED_TEXT_CELL:
            return
        self.text_bytes += self.shared[unsigned(part, at + 8)]
        if self.text_bytes > caps.MAX_TEXT_BYTES:
            raise caps.too_large()
