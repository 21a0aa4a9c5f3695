"""An .ods with a password, as LibreOffice up to 24.2 and WPS lock it (ODF 1.2, part 3): AES-256 under PBKDF2."""

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Iterator
from hmac import compare_digest
from zipfile import ZipFile

from socialwork_app.excel import caps
from socialwork_app.excel.sheet_xml import XML_ERRORS, local_names, parse, safe_parser
from socialwork_app.foundation.errors import DomainError

MANIFEST = "META-INF/manifest.xml"
_MOST_ROUNDS = 10_000_000
"""LibreOffice writes 100,000."""
_CHECKED_BYTES, _PIECE = 1024, 2**20
_KNOWN = {"algorithm-name": "aes256-cbc", "key-derivation-name": "PBKDF2", "checksum-type": "sha256-1k",
          "start-key-generation-name": "sha256"}  # fmt: skip
"""How the names of what is done here end; anything else can't be unlocked."""


def encryption(archive: ZipFile, part: str) -> dict[str, str]:
    """What the manifest says of a part's encryption; empty where it is not locked."""
    if MANIFEST not in archive.namelist():
        return {}
    found: dict[str, dict[str, str]] = {}
    path = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal path
        own, element = local_names(attributes), name.rpartition(":")[2]
        if element == "file-entry":
            path = own.get("full-path", "")
        elif element in ("encryption-data", "algorithm", "key-derivation", "start-key-generation"):
            own.pop("key-size" if element == "start-key-generation" else "", None)
            found.setdefault(path, {}).update(own)

    parser = safe_parser()
    parser.StartElementHandler = start
    with caps.damaged_if(*XML_ERRORS):
        parse(parser, [archive.read(MANIFEST)])
    if found and part not in found:
        raise DomainError("workbook.locked_otherwise")  # as a whole, which later programs do
    return found.get(part, {})


def unlocked(data: bytes, how: dict[str, str], password: str | None) -> Iterator[bytes]:
    """The part in pieces. Raises DomainError: no password, a wrong one, an encryption that is not known here."""
    if not all(how.get(name, "").lower().endswith(end.lower()) for name, end in _KNOWN.items()):
        raise DomainError("workbook.locked_otherwise")
    if not password:
        raise DomainError("workbook.locked")
    with caps.damaged_if(ValueError, KeyError, OverflowError):
        packed = _decrypted(data, how, password)
        checksum = b64decode(how["checksum"])
    if not compare_digest(hashlib.sha256(packed[:_CHECKED_BYTES]).digest(), checksum):
        raise DomainError("workbook.wrong_password")
    return _inflated(packed)


def _decrypted(data: bytes, how: dict[str, str], password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    rounds, size = int(how["iteration-count"]), int(how.get("key-size", "32"))
    if rounds > _MOST_ROUNDS:
        raise caps.unsafe()
    start = hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, b64decode(how["salt"]), rounds, size)
    cipher = Cipher(algorithms.AES256(key), modes.CBC(b64decode(how["initialisation-vector"]))).decryptor()
    padded = cipher.update(data) + cipher.finalize()
    return padded[: -padded[-1]] if padded else padded


def _inflated(packed: bytes) -> Iterator[bytes]:
    inflate, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    rest = packed
    with caps.damaged_if(zlib.error):
        while rest and not inflate.eof:
            piece = inflate.decompress(rest, _PIECE)
            rest = inflate.unconsumed_tail
            total += len(piece)
            if total > caps.MAX_UNPACKED_BYTES:
                raise caps.too_large()
            yield piece
