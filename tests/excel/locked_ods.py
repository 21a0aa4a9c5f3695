"""An .ods locked with a password as LibreOffice up to 24.2 does (ODF 1.2, part 3)."""

import hashlib
import zlib
from base64 import b64encode
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SALT, VECTOR, ROUNDS = bytes(range(16)), bytes(range(16, 32)), 1000
_SUM, _AES = (
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
)


def lock(path: Path, password: str, algorithm: str = _AES, rounds: int = ROUNDS) -> Path:
    """The same file, its content locked. `algorithm` and `rounds` are what it says of itself."""
    with ZipFile(path) as archive:
        content = archive.read("content.xml")
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = deflate.compress(content) + deflate.flush()
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), SALT, ROUNDS, 32)
    filled = -len(packed) % 16 or 16
    cipher = Cipher(algorithms.AES256(key), modes.CBC(VECTOR)).encryptor()
    sealed = cipher.update(packed + bytes(filled - 1) + bytes([filled]))
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="{len(content)}">'
        f'<manifest:encryption-data manifest:checksum-type="{_SUM}" manifest:checksum="{_text(hashlib.sha256(packed[:1024]).digest())}">'
        f'<manifest:algorithm manifest:algorithm-name="{algorithm}" manifest:initialisation-vector="{_text(VECTOR)}"/>'
        f'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="{rounds}" manifest:salt="{_text(SALT)}"/>'
        '<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>'
        "</manifest:encryption-data></manifest:file-entry></manifest:manifest>"
    )
    with ZipFile(path, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", sealed)
    return path


def _text(data: bytes) -> str:
    return b64encode(data).decode()
