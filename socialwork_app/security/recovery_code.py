"""The recovery code: printed once, kept in a drawer, typed years later by somebody else.

27 random symbols of 5 bits (135 bits) and a check symbol, in seven groups of four. The letters I, L, O and U
are not used; where a reader takes 0 for O or 1 for I or L, the code is read as it was meant.
"""

import secrets
import unicodedata

from socialwork_app.foundation.errors import RegisterUnavailable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 27
GROUP = 4

_MEANT = str.maketrans("OIL", "011")


def new_code() -> str:
    """A fresh code as it is printed: ABCD-EFGH-…"""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    whole = symbols + check_symbol(symbols)
    return "-".join(whole[start : start + GROUP] for start in range(0, len(whole), GROUP))


def canonical(typed: str) -> str:
    """The bare symbols of a code typed with any blanks, dashes, case or width.

    Raises RegisterUnavailable("recovery_code.mistyped") when length, symbols or check symbol can't be right.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    symbols = "".join(sign for sign in folded if sign.isalnum()).translate(_MEANT)
    readable = len(symbols) == RANDOM_SYMBOLS + 1 and set(symbols) <= set(ALPHABET)
    if not readable or check_symbol(symbols[:-1]) != symbols[-1]:
        raise RegisterUnavailable("recovery_code.mistyped")
    return symbols


def is_readable(typed: str) -> bool:
    """Whether it is a recovery code of some register, typed without a slip."""
    try:
        canonical(typed)
    except RegisterUnavailable:
        return False
    return True


def check_symbol(symbols: str) -> str:
    """A weighted sum over GF(32): every single wrong symbol and every swap of two symbols changes it."""
    total = 0
    for symbol in symbols:
        total = _doubled(total) ^ ALPHABET.index(symbol)
    return ALPHABET[_doubled(total)]


def _doubled(value: int) -> int:
    """Times the generator of GF(32), whose powers differ for 31 places; the field's polynomial is x⁵+x²+1."""
    shifted = value << 1
    return shifted ^ 0b100101 if shifted & 0b100000 else shifted
