"""Small damage of every kind to something whole: what comes of it is nearly right, and so gets far into a reader."""

from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

ODD_BYTES = (
    b"\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x80", b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN",
    b"XFD1048576", b"AH1", b"A0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<!DOCTYPE x>", b"<!--", b"]]>", b"<", b">", b'"',
    b"&#0;", b"&#xD800;", b"&lt;", b"&e;", b"=1+1", b"{{", b"}}", b"\r", b"\n\n", b"\t,;", b"../../x", b"\xd0\xcf\x11\xe0",
    "张".encode(), "𠮷".encode(), "｛｛".encode(), "\u202e".encode(), "٣".encode(), "²".encode(), "㊀".encode(), "½".encode(),
    b"null", b"true", b"[[[[[[[[", b"{}", b"1" * 400,
)  # fmt: skip
"""What readers stumble over, put in anywhere."""
MOST_CHANGES = 6


def mutated(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """A packed file is damaged inside of one of its parts three times out of four: outside, its checksums tell."""
    if data.startswith(b"PK") and random.random() < 0.75:
        return _mutated_part(data, others, random)
    return _damaged(data, others, random)


def mutated_text(text: str, others: Sequence[str], random: Random) -> str:
    changed = _damaged(text.encode("utf-8", "surrogatepass"), [other.encode() for other in others], random)
    kept = changed.decode("utf-8", random.choice(("replace", "ignore", "surrogateescape")))
    if random.random() < 0.3:
        at = random.randrange(len(kept) + 1)
        kept = kept[:at] + chr(random.choice((random.randrange(0x250), random.randrange(0x110000)))) + kept[at:]
    return kept


def _damaged(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, MOST_CHANGES)):
        random.choice(_CHANGES)(changed, others, random)
    return bytes(changed)


def _mutated_part(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return _damaged(data, others, random)
    chosen = random.randrange(len(parts))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts):
            archive.writestr(name, _damaged(content, [], random) if number == chosen else content)
    return packed.getvalue()


def _place(data: bytearray, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _flip(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _set(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    at = _place(data, random)
    data[at : at + random.randint(1, 4)] = random.randbytes(random.randint(1, 4))


def _insert(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    at = _place(data, random)
    data[at:at] = random.choice(ODD_BYTES)


def _overwrite(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    at, odd = _place(data, random), random.choice(ODD_BYTES)
    data[at : at + len(odd)] = odd


def _number(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    """Another number in the place of one that stands there."""
    digits = [at for at in range(len(data)) if 0x30 <= data[at] <= 0x39] if len(data) < 20_000 else []
    if digits:
        at = random.choice(digits)
        data[at : at + 1] = str(random.choice((-1, 0, 9, 255, 65536, 2**31, 10**19))).encode()


def _cut_out(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    at = _place(data, random)
    del data[at : at + random.randint(1, max(1, len(data) // 8))]


def _cut_off(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    if random.random() < 0.3:
        del data[_place(data, random) :]


def _repeat(data: bytearray, _others: Sequence[bytes], random: Random) -> None:
    at = _place(data, random)
    piece = bytes(data[at : at + random.randint(1, 200)])
    data[at:at] = piece * random.choice((1, 2, 50))


def _splice(data: bytearray, others: Sequence[bytes], random: Random) -> None:
    if others:
        other = random.choice(others)
        start, at = random.randrange(len(other) + 1), _place(data, random)
        data[at:at] = other[start : start + random.randint(1, 300)]


_Change = Callable[[bytearray, Sequence[bytes], Random], None]
_CHANGES: tuple[_Change, ...] = (_flip, _set, _insert, _overwrite, _number, _cut_out, _cut_off, _repeat, _splice)
