"""An .ods locked with a password as LibreOffice does: part by part (ODF 1.2, part 3), and since 24.8 as a whole."""

import hashlib
import zlib
from base64 import b64encode
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT, VECTOR, ROUNDS, KIB = bytes(range(16)), bytes(range(16, 32)), 1000, 1024
_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
_SUM, _AES = (
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
)


def lock(path: Path, password: str, algorithm: str = _AES, rounds: int = ROUNDS) -> Path:
    """The same file, its content locked. `algorithm` and `rounds` are what it says of itself."""
    with ZipFile(path) as archive:
        content = archive.read("content.xml")
    packed = _deflated(content)
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


def lock_whole(
    path: Path, password: str, memory: int = KIB, inside: bytes | None = None, algorithm: str = _GCM
) -> Path:
    """The same file as the one part of another. `memory` and `algorithm` are what it says of itself; `inside`: instead of
    the file."""
    plain = path.read_bytes() if inside is None else inside
    costs = {"iterations": 1, "lanes": 2, "memory_cost": KIB}
    key = Argon2id(salt=SALT, length=32, **costs).derive(hashlib.sha256(password.encode()).digest())
    nonce = VECTOR[:12]
    sealed = nonce + AESGCM(key).encrypt(nonce, _deflated(plain), None)
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.4"'
        ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
        '<manifest:file-entry manifest:full-path="encrypted-package" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"'
        f' manifest:size="{len(plain)}"><manifest:encryption-data>'
        f'<manifest:algorithm manifest:algorithm-name="{algorithm}" manifest:initialisation-vector="{_text(nonce)}"/>'
        '<manifest:key-derivation manifest:key-derivation-name="urn:org:documentfoundation:names:experimental:office:manifest:argon2id"'
        f' manifest:key-size="32" loext:argon2-iterations="1" loext:argon2-memory="{memory}" loext:argon2-lanes="2" manifest:salt="{_text(SALT)}"/>'
        '<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2001/04/xmlenc#sha256" manifest:key-size="32"/>'
        "</manifest:encryption-data></manifest:file-entry></manifest:manifest>"
    )
    with ZipFile(path, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("encrypted-package", sealed)
    return path


def _deflated(data: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush()


def _text(data: bytes) -> str:
    return b64encode(data).decode()
