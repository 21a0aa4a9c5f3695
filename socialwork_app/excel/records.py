"""The records that the parts of an .xlsb are made of (MS-XLSB 2.1.4)."""

from collections.abc import Iterator
from struct import unpack_from


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, first byte and end of each record's content; ValueError for one that ends beyond the part."""
    at = 0
    while at < len(part):
        kind, at = _packed(part, at, 2)
        size, at = _packed(part, at, 4)
        if at + size > len(part):
            raise ValueError(size)
        yield kind, at, at + size
        at += size


def _packed(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number in bytes of seven bits, lowest first, and where it ends; a missing byte is an IndexError."""
    value = 0
    for place in range(longest):
        byte = part[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    return value, at + longest


def unsigned(part: bytes, at: int) -> int:
    (value,) = unpack_from("<I", part, at)
    return value


def wide_text(part: bytes, at: int) -> tuple[str, int]:
    """A text after its length in UTF-16 units, and where it ends."""
    end = at + 4 + 2 * unsigned(part, at)
    return part[at + 4 : end].decode("utf-16-le"), end
