"""Telephone numbers: mobile 13800138000, landline 0871-67891234; several in one cell are parted by 、."""

import re

from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.problems import Problem, warning

SEPARATOR = "、"
MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = r"(?:(?:\+|00)?86[\- ]?)?"
_NUMBER = re.compile(
    rf"(?<![0-9])(?:{_COUNTRY}(?P<mobile>1[3-9][0-9][\- ]?[0-9]{{4}}[\- ]?[0-9]{{4}})"
    rf"|{_COUNTRY}\(?(?P<area>010|02[0-9]|0[3-9][0-9]{{2}})\)?[\- ]*(?P<line>[2-9][0-9]{{6,7}})"
    r"(?:(?:转|-|#)(?P<extension>[0-9]{1,6}))?"
    r"|(?P<service>[48]00[\- ]?[0-9]{3}[\- ]?[0-9]{4})"
    r"|(?P<local>[2-9][0-9]{6,7}))"
)
_DASHES = str.maketrans("‐‑‒–—―－", "-------")
_BETWEEN = re.compile(r"[\s、,;/|.。]*")
_OUTER_QUOTES = "'\u2018\u2019`"


def parse(raw: object) -> tuple[str | None, tuple[Problem, ...]]:
    """Canonical numbers joined by 、; what is no telephone number stays as it was typed, with a warning."""
    text = f"{raw:.0f}" if isinstance(raw, float) else str(raw)
    if MOBILE.fullmatch(text):
        return text, ()
    text = _tidy(text)
    if not without_blanks(text):
        return None, ()
    found = list(_NUMBER.finditer(text))
    if not found or not _BETWEEN.fullmatch(_NUMBER.sub("", text)):
        return text, (warning("phone.unknown"),)
    return SEPARATOR.join(dict.fromkeys(map(_canonical, found))), ()


def _tidy(text: str) -> str:
    """Half-width with single blanks, which may part two numbers or the groups of one."""
    return " ".join(filter(None, map(without_blanks, text.split()))).translate(_DASHES).strip(f"{_OUTER_QUOTES} ")


def _canonical(match: re.Match[str]) -> str:
    if match["line"]:
        extension = f"-{match['extension']}" if match["extension"] else ""
        return f"{match['area']}-{match['line']}{extension}"
    return re.sub(r"[\- ]", "", match["mobile"] or match["service"] or match["local"])
