"""What a password has to be (something) and what it should be: a weak one is warned about, never refused."""

import unicodedata
from collections.abc import Collection
from itertools import pairwise

from socialwork_app.foundation.errors import DomainError

SHORTEST = 8
PASSPHRASE = 16
"""Letters of one case are enough from this length on."""

_KEYBOARD_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def canonical(password: str) -> str:
    """One form for what looks the same, so that a full-width input method opens what a half-width one locked.

    Raises DomainError("password.empty") when there is nothing but blanks.
    """
    folded = unicodedata.normalize("NFKC", password)
    if not folded.strip():
        raise DomainError("password.empty")
    return folded


def weakness(password: str, names: Collection[str] = ()) -> str | None:
    """The code of the warning that a password deserves, None when it deserves none.

    `names` are the spellings of the owner's name: characters, pinyin, account.
    """
    folded = canonical(password)
    if len(folded) < SHORTEST:
        return "password.short"
    if _holds_a_name(folded, names):
        return "password.has_name"
    if _runs_on(folded):
        return "password.sequence"
    if _one_class(folded):
        return "password.one_class"
    return None


def _holds_a_name(password: str, names: Collection[str]) -> bool:
    whole = password.casefold()
    spellings = ("".join(canonical(name).casefold().split()) for name in names if name.strip())
    return any(len(spelling) > 1 and spelling in whole for spelling in spellings)


def _runs_on(password: str) -> bool:
    """True where most signs follow from the one before: 11111111, abcd4321, Qwer1234."""
    folded = password.casefold()
    steps = sum(_neighbours(a, b) for a, b in pairwise(folded))
    return steps * 2 > len(folded) - 1


def _neighbours(a: str, b: str) -> bool:
    return abs(ord(a) - ord(b)) <= 1 or any(a + b in row or b + a in row for row in _KEYBOARD_ROWS)


def _one_class(password: str) -> bool:
    if password.isdecimal():
        return True
    one_case = password.isascii() and password.isalpha() and (password.islower() or password.isupper())
    return one_case and len(password) < PASSPHRASE
