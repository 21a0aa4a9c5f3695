"""The register's key: 32 random bytes that stand in `keys.json` only wrapped, once for every way to open it.

A wrap seals the key with AES-256-GCM under a key that Argon2id derives from an account's password or the recovery code.
Changing a password rewrites one wrap, and the register is not encrypted anew. While another key takes the place of this
one, the wraps of both stand in the file. A sample register has one wrap of the kind "open": its key stands there
readable, and no password is asked for.
"""

import base64
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from socialwork_app.domain.roles import FIRST, OWNER, RECOVERY
from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import EnvironmentRefused, RegisterUnavailable
from socialwork_app.security import passwords, recovery_code

Kind = Literal["password", "recovery", "open"]

FORMAT = 1
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
MOST_WRAPS = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: `memory` in KiB. The caps keep a tampered file from asking for 100 GB."""

    memory: int = 64 * 1024
    iterations: int = 3
    lanes: int = 2

    def __post_init__(self) -> None:
        whole = all(type(number) is int for number in (self.memory, self.iterations, self.lanes))
        if not whole or not (1 <= self.lanes <= 8 and 1 <= self.iterations <= 16):
            raise ValueError("cost")
        if not 8 * self.lanes <= self.memory <= 512 * 1024:
            raise ValueError("cost")


STRONG = Cost()


@dataclass(frozen=True, slots=True)
class Wrap:
    """One way to the key. `name` is the account's; `sealed` the key's ciphertext and tag, in an "open" wrap the key."""

    kind: Kind
    name: str = ""
    salt: bytes = b""
    params: Cost = STRONG
    nonce: bytes = b""
    sealed: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        bare = self.kind == "open"
        lengths = (0, 0, KEY_BYTES) if bare else (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES)
        if self.kind not in get_args(Kind) or (len(self.salt), len(self.nonce), len(self.sealed)) != lengths:
            raise ValueError("wrap")

    @property
    def account(self) -> str:
        return RECOVERY if self.kind == "recovery" else FIRST if self.name in ("", OWNER) else self.name


class Unlocked(NamedTuple):
    """`account`: whose password it was, or RECOVERY. `next_key`: the one that was to take this one's place."""

    key: bytes
    account: str
    next_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of `keys.json`. Immutable: a change gives another one, which has to be written.

    `next`: wraps of the key that is about to take this one's place.
    """

    wraps: tuple[Wrap, ...]
    next: tuple[Wrap, ...] = ()

    @classmethod
    def create(cls, password: str | None, cost: Cost = STRONG, account: str = FIRST) -> tuple["KeyFile", bytes, str]:
        """A new register's key file, its raw key and its recovery code as printed.

        Without a password it is a sample register's: open to everybody, with "" for a recovery code.
        """
        raw_key = secrets.token_bytes(KEY_BYTES)
        if password is None:
            return cls((Wrap("open", sealed=raw_key),)), raw_key, ""
        with_code, code = cls(()).with_new_recovery(raw_key, cost)
        return with_code.with_password(raw_key, password, account, cost), raw_key, code

    @classmethod
    def read(cls, path: Path) -> "KeyFile":
        """Raises RegisterUnavailable("key_file.missing", "key_file.damaged" or "key_file.newer")."""
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise RegisterUnavailable("key_file.missing", path=str(path)) from error
        except OSError as error:
            raise atomic.refusal(error, path) from error
        try:
            return _from_json(data)
        except (ValueError, TypeError, KeyError, RecursionError):
            # no cause: an error about JSON carries the text of the file
            raise RegisterUnavailable("key_file.damaged", path=str(path)) from None

    def write(self, path: Path) -> None:
        atomic.write_bytes(path, _to_json(self))

    @property
    def needs_password(self) -> bool:
        return not any(wrap.kind == "open" for wrap in self.wraps)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Those with a password."""
        return tuple(wrap.account for wrap in self.wraps if wrap.kind == "password")

    def unlock(self, password: str, account: str = "") -> Unlocked:
        """By the password of this account, or of any; RegisterUnavailable("password.wrong").

        A sample register opens with any password.
        """
        bare = next((wrap.sealed for wrap in self.wraps if wrap.kind == "open"), None)
        if bare is not None:
            return Unlocked(bare, FIRST)
        unlocked = self._opened_by("password", passwords.canonical(password), account)
        if unlocked is None:
            raise RegisterUnavailable("password.wrong")
        return unlocked

    def unlock_with_recovery(self, code: str) -> Unlocked:
        """RegisterUnavailable("recovery_code.mistyped" or "recovery_code.wrong")."""
        unlocked = self._opened_by("recovery", recovery_code.canonical(code))
        if unlocked is None:
            raise RegisterUnavailable("recovery_code.wrong")
        return unlocked

    def unlock_with_either(self, secret: str, account: str = "") -> Unlocked:
        """By the password or by the recovery code; RegisterUnavailable("password.wrong")."""
        if recovery_code.is_readable(secret):
            unlocked = self._opened_by("recovery", recovery_code.canonical(secret))
            if unlocked is not None:
                return unlocked
        return self.unlock(secret, account)

    def with_password(self, raw_key: bytes, new_password: str, account: str = FIRST, cost: Cost = STRONG) -> "KeyFile":
        """The account's password replaced or added. An open register no longer is: make a recovery code too."""
        return self._with(_sealed("password", account, passwords.canonical(new_password), raw_key, cost))

    def with_new_recovery(self, raw_key: bytes, cost: Cost = STRONG) -> tuple["KeyFile", str]:
        """The old recovery code opens nothing any more; gives the new one as printed."""
        code = recovery_code.new_code()
        return self._with(_sealed("recovery", "", recovery_code.canonical(code), raw_key, cost)), code

    def without(self, account: str) -> "KeyFile":
        """The account's password opens nothing any more."""
        return KeyFile(tuple(wrap for wrap in self.wraps if wrap.account != account), self.next)

    def _with(self, new: Wrap) -> "KeyFile":
        kept = (wrap for wrap in self.wraps if wrap.kind != "open" and wrap.account != new.account)
        return KeyFile((*kept, new), self.next)

    def _opened_by(self, kind: Kind, secret: str, account: str = "") -> Unlocked | None:
        present, coming = (_first_opened(wraps, kind, secret, account) for wraps in (self.wraps, self.next))
        if present is None:
            return None
        return Unlocked(*present, coming[0] if coming else None)


def _first_opened(wraps: Iterable[Wrap], kind: Kind, secret: str, account: str) -> tuple[bytes, str] | None:
    """The key and whose it is."""
    for wrap in wraps:
        fits = wrap.kind == kind and account in ("", wrap.account)
        if fits and (key := _opened(wrap, secret)) is not None:
            return key, wrap.account
    return None


def _sealed(kind: Kind, name: str, secret: str, raw_key: bytes, cost: Cost) -> Wrap:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_derived(secret, salt, cost)).encrypt(nonce, raw_key, _bound(kind, name))
    return Wrap(kind, name, salt, cost, nonce, sealed)


def _opened(wrap: Wrap, secret: str) -> bytes | None:
    """None when the secret is another one; a changed byte of the wrap looks the same."""
    cipher = AESGCM(_derived(secret, wrap.salt, wrap.params))
    try:
        return cipher.decrypt(wrap.nonce, wrap.sealed, _bound(wrap.kind, wrap.name))
    except InvalidTag:
        return None


def _derived(secret: str, salt: bytes, cost: Cost) -> bytes:
    derivation = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        return derivation.derive(secret.encode("utf-8", "surrogatepass"))
    except MemoryError as error:
        raise EnvironmentRefused("memory.full") from error


def _bound(kind: Kind, name: str) -> bytes:
    """Associated data: a wrap moved to another kind, name or format opens nothing."""
    return json.dumps(["socialwork register key", FORMAT, kind, name]).encode()


def _to_json(keys: KeyFile) -> bytes:
    content: dict[str, Any] = {"format": FORMAT, "wraps": [_wrap_to_json(wrap) for wrap in keys.wraps]}
    if keys.next:
        content["next"] = [_wrap_to_json(wrap) for wrap in keys.next]
    return json.dumps(content, indent=2).encode()


def _wrap_to_json(wrap: Wrap) -> dict[str, Any]:
    if wrap.kind == "open":
        return {"kind": "open", "unprotected_key": _to_text(wrap.sealed)}
    cost = wrap.params
    return {
        "kind": wrap.kind,
        "name": wrap.name,
        "params": {
            "kdf": "argon2id",
            "memory": cost.memory,
            "iterations": cost.iterations,
            "lanes": cost.lanes,
        },
        "salt": _to_text(wrap.salt),
        "nonce": _to_text(wrap.nonce),
        "sealed": _to_text(wrap.sealed),
    }


def _from_json(data: bytes) -> KeyFile:
    """Raises ValueError, TypeError, KeyError or RecursionError on anything that `_to_json` does not write."""
    content: dict[str, Any] = json.loads(data)
    if type(content["format"]) is int and content["format"] > FORMAT:
        raise RegisterUnavailable("key_file.newer")
    wraps, coming = (_wraps_from_json(content.get(part, [])) for part in ("wraps", "next"))
    if content["format"] != FORMAT or not wraps:
        raise ValueError("key file")
    return KeyFile(wraps, coming)


def _wraps_from_json(raw: list[dict[str, Any]]) -> tuple[Wrap, ...]:
    wraps = tuple(_wrap_from_json(one) for one in raw[: MOST_WRAPS + 1])
    if len(wraps) > MOST_WRAPS:
        raise ValueError("key file")
    return wraps


def _wrap_from_json(raw: dict[str, Any]) -> Wrap:
    if raw["kind"] == "open":
        return Wrap("open", sealed=_to_bytes(raw["unprotected_key"]))
    params = raw["params"]
    if params["kdf"] != "argon2id" or not isinstance(raw["name"], str):
        raise ValueError("wrap")
    cost = Cost(params["memory"], params["iterations"], params["lanes"])
    salt, nonce, sealed = (_to_bytes(raw[part]) for part in ("salt", "nonce", "sealed"))
    return Wrap(raw["kind"], raw["name"], salt, cost, nonce, sealed)


def _to_text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _to_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
