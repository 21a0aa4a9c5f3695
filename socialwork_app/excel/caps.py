"""How much a workbook may ask for, checked before anything of it is unpacked.

The libraries reserve memory for every cell between A1 and the last one, and the process is aborted where the
system refuses that: a file of 4 KB with a value in XFD1048576 is enough. So the size is known before.
"""

import struct
import zlib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from socialwork_app.foundation.errors import DomainError

MAX_FILE_BYTES = 200 * 2**20
"""Larger than any roster: a million rows of 30 columns come to about 150 MB."""
MAX_UNPACKED_BYTES = 2 * 2**30
"""A million rows of 30 columns are about 1.4 GB of XML."""
MAX_PACKING_RATIO = 200
"""Rosters pack 8 to 25 times, rows of one repeated word up to 40; a packed bomb reaches 1,000."""
RATIO_FREE_BYTES = 16 * 2**20
"""Below this the ratio says nothing and does no harm."""
MAX_PARTS = 10_000
MAX_WHOLE_BYTES = 100 * 2**20
"""Of a document or form, unpacked: five times the most that one may have packed, as pictures don't pack."""
MAX_TAGS = 1_000_000
"""Of a document or form; those of offices have some 10,000. A million take 150 MB as a tree."""
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_CELLS = MAX_ROWS * 32
"""Of the area from A1 to the last cell, over all sheets: a full sheet of 32 columns."""
MAX_TEXT_BYTES = 2**30
"""Of all texts once each cell has its own copy: one long text may be referred to by every cell."""
MAX_SHARED_BYTES = 512 * 2**20
SMALL_BYTES = 96 * 2**20
"""Unpacked, as 130,000 people in a dozen columns are: what is no larger asks for a gigabyte at most, whatever stands in it."""
SMALL_TEXT_BYTES = 8 * 2**20
"""Of a text file: three bytes can be a cell."""
SMALL_CELLS = 200_000 * 32
"""Of the area from A1 to the last cell of a sheet, likewise."""

_ENTRY = b"PK\x01\x02"
"""How each entry of a table of contents begins; the same four bytes hardly ever stand elsewhere."""
_ARCHIVE_ERRORS = (BadZipFile, NotImplementedError, ValueError, OSError, struct.error)
"""What zipfile says of a damaged archive, at opening and later."""


class Large(Exception):  # noqa: N818 - a state of the file; the reader goes on elsewhere
    """It is to be read in a process of its own."""


def too_large() -> DomainError:
    return DomainError("workbook.too_large")


def area_too_large() -> DomainError:
    return DomainError("workbook.area_too_large", cells=MAX_CELLS)


def unsafe() -> DomainError:
    return DomainError("workbook.unsafe")


@contextmanager
def damaged_if(*kinds: type[Exception]) -> Generator[None]:
    """What a library raises on a file that is not what it claims to be, as the one refusal for that."""
    try:
        yield
    except kinds as error:
        raise DomainError("workbook.damaged") from error


def beyond_limits() -> DomainError:
    return DomainError("workbook.beyond_limits")


def check_file_size(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise too_large()


def check_cells(count: int) -> None:
    if count > MAX_CELLS:
        raise area_too_large()


def check_area(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise area_too_large()
    check_cells(rows * columns)


def is_far(rows: int, columns: int) -> bool:
    """Whether an area that may be is large all the same; raises DomainError for one that is too large."""
    check_area(rows, columns)
    return rows * columns > SMALL_CELLS


@contextmanager
def open_archive(data: bytes) -> Generator[ZipFile]:
    """The parts of a packed workbook, whose table of contents promises to fit."""
    archive = opened(data)
    check_archive(archive, len(data))
    with archive, damaged_if(*_ARCHIVE_ERRORS, KeyError, EOFError, zlib.error, LZMAError):
        yield archive


def opened(data: bytes) -> ZipFile:
    """The table of contents alone, if it is not too long by itself."""
    if data.count(_ENTRY) > 2 * MAX_PARTS:
        raise too_large()
    with damaged_if(*_ARCHIVE_ERRORS):
        return ZipFile(BytesIO(data))


def unpacked_size(data: bytes) -> int:
    """Of all parts, as the table of contents says."""
    with opened(data) as archive:
        return sum(part.file_size for part in archive.infolist())


def check_archive(archive: ZipFile, size: int) -> None:
    """The sums of the table of contents; whether it tells the truth shows when a part is read to its end.

    `size`: of the archive. Parts that are packed into more bytes than there are lie over each other.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    bomb = unpacked > RATIO_FREE_BYTES and unpacked > packed * MAX_PACKING_RATIO
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or bomb:
        raise too_large()
    if packed > size:
        raise unsafe()
    if any(_encrypted(part) for part in parts):
        raise DomainError("workbook.locked_otherwise")


def check_whole(archive: ZipFile, xml: Iterable[ZipInfo], most_bytes: int) -> None:
    """Of a document or form, which is in memory whole: how much it is, and that every part is what its checksum says.

    Of a tree what is short takes most room, as it takes the same for every tag.
    """
    parts = list(xml)
    if sum(part.file_size for part in archive.infolist()) > MAX_WHOLE_BYTES:
        raise too_large()
    if archive.testzip():
        raise DomainError("workbook.damaged")
    if sum(part.file_size for part in parts) > most_bytes:
        raise too_large()
    if sum(archive.read(part).count(b"<") for part in parts) > MAX_TAGS:
        raise too_large()


def _encrypted(part: ZipInfo) -> bool:
    return bool(part.flag_bits & 0x1)
