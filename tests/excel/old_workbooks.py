"""Workbooks of Excel 5 to 2003 and locked ones, made byte by byte: what others write, nobody here has to bring along."""

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NONE = 0xFFFFFFFF
Record = tuple[int, bytes]
Cells = Sequence[Sequence[str | float | None]]


# the container


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Streams of 4096 bytes and more need no second allocation table: shorter ones are filled up."""
    contents = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors, fat, starts = [b"", b""], [FAT, END], dict[str, int]()
    for name, data in contents.items():
        starts[name] = len(fat)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        fat += [len(fat) + number for number in range(1, len(pieces))] + [END]
        sectors += pieces
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(contents.items(), 1):
        following = number + 1 if number < len(contents) else NONE
        entries.append(_entry(name, 2, starts[name], len(data), right=following))
    tables = -(-len(fat) // 126)
    assert tables == 1 and len(entries) <= 4, "one table, one sector of names"
    sectors[0] = struct.pack(f"<{SECTOR // 4}I", *fat, *[FREE] * (SECTOR // 4 - len(fat)))
    sectors[1] = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return head + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, child: int = NONE, right: int = NONE) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return (wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, NONE, right, child) + bytes(36)
            + struct.pack("<IQ", start, size))  # fmt: skip


# records


def stream(records: Iterable[Record]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def excel_97(cells: Cells, *, password: Record | None = None) -> bytes:
    """The stream of a workbook with one sheet; `password`: the record that says how it is locked."""
    return _book(0x0600, cells, lambda text: b"\x01" + text.encode("utf-16-le"), password)


def excel_5(cells: Cells) -> bytes:
    return _book(0x0500, cells, lambda text: text.encode("gb18030"), None)


def _book(version: int, cells: Cells, coded: Callable[[str], bytes], password: Record | None) -> bytes:
    def beginning(kind: int) -> Record:
        return 0x0809, struct.pack("<HHHH", version, kind, 0x0DBB, 0x07CC) + (bytes(8) if version == 0x0600 else b"")

    def text(value: str, length: str) -> bytes:
        units = len(value) if version == 0x0600 else len(coded(value))
        return struct.pack(length, units) + coded(value)

    page = struct.pack("<H", 1200 if version == 0x0600 else 936)
    looks = [(0x0031, struct.pack("<HHHHHBBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0, 1) + (b"\0A" if version == 0x0600 else b"A"))] * 5  # fmt: skip
    looks += [(0x00E0, bytes(20 if version == 0x0600 else 16))]
    head = [beginning(5), *([password] if password else []), (0x0042, page), *looks]
    sheet = (0x0085, struct.pack("<IBB", 0, 0, 0) + text("名册", "<B"))
    start = len(stream([*head, sheet, (0x000A, b"")]))
    named = (0x0085, struct.pack("<I", start) + sheet[1][4:])
    body = [beginning(0x10)]
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                body.append((0x0204, at + text(value, "<H")))
            elif value is not None:
                body.append((0x0203, at + struct.pack("<d", value)))
    whole = stream([*head, named, (0x000A, b""), *body, (0x000A, b"")])
    return whole + stream([(0, bytes(-len(whole) % 4))])  # what fills up a stream then reads as empty records


def excel_3_or_4(version: int, cells: Sequence[Sequence[str]]) -> bytes:
    """Records without a container; texts in Latin letters."""
    bof = {3: 0x0209, 4: 0x0409}[version]
    look = (0x0243, bytes(12)) if version == 3 else (0x0443, bytes(12))
    body = [
        (0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text.encode())
        for row, values in enumerate(cells)
        for column, text in enumerate(values)
    ]
    return stream([(bof, struct.pack("<HHH", version << 8, 0x10, 0)), look, *body, (0x000A, b"")])


# locked


def rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked_97(cells: Cells, password: str, *, crypto_api: bool = False) -> bytes:
    """An .xls as Excel 97 locks it, or as Excel 2002 does with the system's cryptography ([MS-XLS] 2.2.10)."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    key = _crypto_api_key(password, salt) if crypto_api else _standard_key(password, salt)
    hashed = hashlib.sha1(verifier).digest() if crypto_api else hashlib.md5(verifier).digest()
    sealed = rc4(key(0), verifier + hashed)
    if crypto_api:
        name = "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
        header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + name
        body = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
        body += struct.pack("<I", 16) + salt + sealed[:16] + struct.pack("<I", 20) + sealed[16:]
    else:
        body = struct.pack("<HHH", 1, 1, 1) + salt + sealed
    return compound({"Workbook": _sealed(excel_97(cells, password=(0x002F, body)), key)})


def _standard_key(password: str, salt: bytes) -> Callable[[int], bytes]:
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    second = hashlib.md5((first + salt) * 16).digest()[:5]
    return lambda block: hashlib.md5(second + struct.pack("<I", block)).digest()


def _crypto_api_key(password: str, salt: bytes) -> Callable[[int], bytes]:
    first = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    return lambda block: hashlib.sha1(first + struct.pack("<I", block)).digest()[:16]


def _sealed(plain: bytes, key: Callable[[int], bytes]) -> bytes:
    """The records' contents, but not where the reader has to find its way."""
    pads = b"".join(rc4(key(block), bytes(1024)) for block in range(-(-len(plain) // 1024)))
    locked, at = bytearray(plain), 0
    while at + 4 <= len(plain):
        kind, size = struct.unpack_from("<HH", plain, at)
        skipped = size if kind in (0x0809, 0x002F) else 4 if kind == 0x0085 else 0
        for place in range(at + 4 + skipped, at + 4 + size):
            locked[place] ^= pads[place]
        at += 4 + size
    return bytes(locked)


def locked_2007(package: bytes, password: str) -> bytes:
    """An .xlsx as Excel 2007 locks it ([MS-OFFCRYPTO] 2.3.4.5, standard encryption with AES-128)."""
    salt, verifier = bytes(range(16)), os.urandom(16)
    digest = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for number in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", number) + digest).digest()
    digest = hashlib.sha1(digest + bytes(4)).digest()
    key = hashlib.sha1(bytes(0x36 ^ (digest[i] if i < 20 else 0) for i in range(64))).digest()[:16]

    def sealed(data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES128(key), modes.ECB()).encryptor()
        return cipher.update(data.ljust(-(-len(data) // 16) * 16, b"\0"))

    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + name
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + salt + sealed(verifier) + struct.pack("<I", 20)
    info += sealed(hashlib.sha1(verifier).digest())
    return compound({"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(package)) + sealed(package)})
