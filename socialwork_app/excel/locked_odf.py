"""An .ods with a password. Its parts one by one, as LibreOffice before 24.8 and WPS lock it (ODF 1.2, part 3): AES-256-CBC
under PBKDF2. Or all of it as one part, as LibreOffice does since: AES-256-GCM under Argon2id."""

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Iterator
from hmac import compare_digest
from io import BytesIO
from zipfile import ZipFile

from socialwork_app.excel import caps
from socialwork_app.excel.sheet_xml import XML_ERRORS, local_names, parse, safe_parser
from socialwork_app.foundation.errors import DomainError

MANIFEST = "META-INF/manifest.xml"
WHOLE = "encrypted-package"
"""The part that a package locked as a whole is in."""
_MOST_ROUNDS = 10_000_000
"""LibreOffice writes 100,000."""
_MOST_PASSES, _MOST_KIB, _MOST_LANES = 20, 512 * 2**10, 16
"""LibreOffice writes 3 passes over 64 MiB in 4 lanes."""
_CHECKED_BYTES, _PIECE, _NONCE_BYTES = 1024, 2**20, 12
_OF_PARTS = {"algorithm-name": "aes256-cbc", "key-derivation-name": "PBKDF2", "checksum-type": "sha256-1k",
             "start-key-generation-name": "sha256"}  # fmt: skip
_OF_WHOLE = {"algorithm-name": "aes256-gcm", "key-derivation-name": "argon2id", "start-key-generation-name": "sha256"}
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
        raise DomainError("workbook.locked_otherwise")
    return found.get(part, {})


def unlocked_whole(data: bytes, password: str | None) -> bytes:
    """The package inside. Raises DomainError like `unlocked`."""
    with caps.open_archive(data) as archive:
        how, sealed = encryption(archive, WHOLE), archive.read(WHOLE)
    word = _asked(password, how, _OF_WHOLE)
    with caps.damaged_if(ValueError, KeyError, OverflowError):
        packed = _opened(sealed, how, word)
    plain = BytesIO()
    for piece in _inflated(packed):
        caps.check_file_size(plain.tell() + len(piece))
        plain.write(piece)
    return plain.getvalue()


def unlocked(data: bytes, how: dict[str, str], password: str | None) -> Iterator[bytes]:
    """The part in pieces. Raises DomainError: no password, a wrong one, an encryption that is not known here."""
    word = _asked(password, how, _OF_PARTS)
    with caps.damaged_if(ValueError, KeyError, OverflowError):
        packed = _decrypted(data, how, word)
        checksum = b64decode(how["checksum"])
    if not compare_digest(hashlib.sha256(packed[:_CHECKED_BYTES]).digest(), checksum):
        raise DomainError("workbook.wrong_password")
    return _inflated(packed)


def _asked(password: str | None, how: dict[str, str], known: dict[str, str]) -> bytes:
    """What the key is derived from."""
    if not all(how.get(name, "").lower().endswith(end.lower()) for name, end in known.items()):
        raise DomainError("workbook.locked_otherwise")
    if not password:
        raise DomainError("workbook.locked")
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()


def _decrypted(data: bytes, how: dict[str, str], word: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    rounds, size = int(how["iteration-count"]), int(how.get("key-size", "32"))
    if rounds > _MOST_ROUNDS:
        raise caps.unsafe()
    key = hashlib.pbkdf2_hmac("sha1", word, b64decode(how["salt"]), rounds, size)
    cipher = Cipher(algorithms.AES256(key), modes.CBC(b64decode(how["initialisation-vector"]))).decryptor()
    padded = cipher.update(data) + cipher.finalize()
    return padded[: -padded[-1]] if padded else padded


def _opened(sealed: bytes, how: dict[str, str], word: bytes) -> bytes:
    """The nonce stands in the manifest and once more before what is sealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    passes, memory, lanes = (int(how[f"argon2-{name}"]) for name in ("iterations", "memory", "lanes"))
    if passes > _MOST_PASSES or memory > _MOST_KIB or lanes > _MOST_LANES:
        raise caps.unsafe()
    salt, size, nonce = b64decode(how["salt"]), int(how.get("key-size", "32")), b64decode(how["initialisation-vector"])
    if sealed[:_NONCE_BYTES] != nonce:
        raise ValueError("nonce")
    key = Argon2id(salt=salt, length=size, iterations=passes, lanes=lanes, memory_cost=memory).derive(word)
    try:
        return AESGCM(key).decrypt(nonce, sealed[_NONCE_BYTES:], None)
    except InvalidTag as error:
        raise DomainError("workbook.wrong_password") from error


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
