"""Reads every XML part of an .xlsx before the library does: is it safe, does it fit, which cells are errors.

The library gives '' for an error cell, reserves memory for the whole area at once, and gives each cell its
own copy of a shared text. A look at the bytes settles most sheets in a fifth of the library's own time; only
those that it can't settle (wider than 32 columns, error cells, unusual spelling) are parsed here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipFile, ZipInfo

from socialwork_app.excel import caps
from socialwork_app.excel.sheet_xml import Errors, scan_cells
from socialwork_app.foundation.jobs import Control

_CHUNK_BYTES = 2**20
_SMALLEST_REFERENCE = 20
"""Bytes of a cell that refers to a shared text: <c t="s"><v>0</v>."""

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_UNUSUAL_CELL = re.compile(rb'<c[\s/>](?!r="(?:[A-Z]|A[A-F])(?:\d{1,6}|10[0-4]\d{4})")')
"""A cell that may lie beyond the first 32 columns or the last row, or gives its place in another way."""
_FAR_CELL = re.compile(rb'<c r="[A-Z]{1,2}(?:[2-9]\d{5}|\d{7})')
"""From the 200,000th row on: the rows before make up as many cells, of 32 columns, as count as small."""
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_SHARED_END = re.compile(rb"</(?:\w+:)?si\s*>")
_VALUE = re.compile(rb"v(?:\s[^<>]*)?>(\d+)<")


@dataclass(slots=True)
class Parts:
    """`xml` and `errors` go by the part's name in lower case; `shared` are the bytes of each shared text.

    `far`: the area of a sheet may be large.
    """

    xml: dict[str, ZipInfo] = field(default_factory=dict[str, ZipInfo])
    errors: dict[str, Errors] = field(default_factory=dict[str, Errors])
    shared: list[int] = field(default_factory=list[int])
    far: bool = False


def read_parts(archive: ZipFile, control: Control) -> Parts:
    """Raises DomainError for what is unsafe or too large. A part longer than it claims fails its checksum."""
    found = Parts()
    for part in control.each(archive.infolist(), every=1):
        with archive.open(part) as stream:
            first = stream.read(_CHUNK_BYTES)
            if not _XML.match(first):
                continue
            if root_name(first) == b"sst":
                found.shared += _shared_lengths(part, first + stream.read())
            else:
                usual, far = _looks(_windows(first, stream))
                if not usual:
                    found.errors[part.filename.lower()], far = _scan(archive, part)
                found.far |= far
        found.xml[part.filename.lower()] = part
    _check_texts(archive, found)
    return found


def root_name(head: bytes) -> bytes:
    """The root element's local name. No declaration may stand before it: entities are never resolved."""
    head = _COMMENT.sub(b"", head)
    root = _ROOT.search(head)
    if root is None or b"<!" in head[: root.start()]:
        raise caps.unsafe()
    return root.group(1)


def _windows(first: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end where a tag ends."""
    rest, chunk = b"", first
    while chunk:
        text = rest + chunk
        end = text.rfind(b">") + 1
        if len(text) - end > 4 * _CHUNK_BYTES:
            raise caps.unsafe()
        rest = text[end:]
        yield text[:end]
        chunk = stream.read(_CHUNK_BYTES)


def _looks(windows: Iterator[bytes]) -> tuple[bool, bool]:
    """Whether a glance is enough, and whether a cell stands far down."""
    far = False
    for window in windows:
        if _unusual(window):
            return False, far
        far = far or _FAR_CELL.search(window) is not None
    return True, far


def _unusual(window: bytes) -> bool:
    if b't="e"' in window or (b"'" in window and b"t='e'" in window):
        return True
    return bool(_UNUSUAL_CELL.search(window) or _PREFIXED_CELL.search(window))


def _scan(archive: ZipFile, part: ZipInfo) -> tuple[Errors, bool]:
    with archive.open(part) as stream:
        return scan_cells(iter(lambda: stream.read(_CHUNK_BYTES), b""))


def _shared_lengths(part: ZipInfo, xml: bytes) -> list[int]:
    if part.file_size > caps.MAX_SHARED_BYTES:
        raise caps.too_large()
    return [len(item) for item in _SHARED_END.split(xml)]


def _check_texts(archive: ZipFile, found: Parts) -> None:
    """Each cell gets its own copy of a shared text; counted exactly only where a rough bound is too high."""
    longest = max(found.shared, default=0)
    size = sum(part.file_size for part in found.xml.values())
    if longest * size // _SMALLEST_REFERENCE <= caps.MAX_TEXT_BYTES:
        return
    references = Counter[bytes]()
    for part in found.xml.values():
        with archive.open(part) as stream:
            for window in _windows(stream.read(_CHUNK_BYTES), stream):
                references.update(_VALUE.findall(window))
    if _expanded(references, found.shared) > caps.MAX_TEXT_BYTES:
        raise caps.too_large()


def _expanded(references: Counter[bytes], lengths: list[int]) -> int:
    """A number that is no reference may be counted as one: that costs little and is on the safe side."""
    return sum(
        count * lengths[int(index)]
        for index, count in references.items()
        if len(index) < 9 and int(index) < len(lengths)
    )
