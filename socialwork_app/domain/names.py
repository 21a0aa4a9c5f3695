"""Spelling of names and other short texts: blanks, widths, the dot between the parts of a name."""

import re
from unicodedata import normalize

_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]+")
"""And what has no width, or is half a character: a clipboard or command line may hold such, no file can."""
_DOTS = re.compile(r"\s*[\u00b7\u2022\u2027\u2219\u22c5\u30fb]\s*")
_STOP_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LOOSE_BLANK = re.compile(r"(?<=[^\x00-\u024f]) | (?=[^A-Za-z\u00c0-\u024f])")


def clean(raw: str) -> str:
    """A name as the register writes it: 张　三 → 张三, 买买提•艾力 → 买买提·艾力, Anna  Li → Anna Li."""
    if is_han(raw):
        return raw
    text = _BLANKS.sub(" ", normalize("NFKC", raw)).strip()
    text = _STOP_BETWEEN_HAN.sub("·", _DOTS.sub("·", text))
    return normalize("NFC", _LOOSE_BLANK.sub("", text))


def is_han(text: str) -> bool:
    """Nothing but common Chinese characters, which have no other form: most names, so nothing needs tidying."""
    return _HAN.fullmatch(text) is not None


def without_blanks(text: str) -> str:
    """Half-width (NFKC) and without blanks, line breaks and characters that have no width."""
    return normalize("NFC", _BLANKS.sub("", normalize("NFKC", text)))


def without_dots(text: str) -> str:
    return _DOTS.sub("", text)
