"""Names of files that came from elsewhere, made such that they name a file in the folder that is meant and nothing else."""

import re
from pathlib import Path

MOST_BYTES = 180
"""In UTF-8, where a Chinese character has three: file systems take 255, and room is left for what is put before and after."""
_LONGEST_ENDING = 16
_PARTS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile('[<>:"|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
"""What Windows refuses or takes for a hidden stream, and what turns the direction of writing so that a name looks otherwise."""
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\..*)?", re.IGNORECASE
)
"""Of Windows, with any ending."""
NAMELESS = "未命名"


def shown(name: str) -> str:
    """As people read it and a register can hold it. On Linux a name may be in another encoding, as out of an old archive."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def safe(name: str) -> str:
    """The last part of it, without what no file name may have, short enough and no device: never empty, never a path."""
    text = _FORBIDDEN.sub("", _PARTS.split(shown(name))[-1]).strip().rstrip(". ")
    text = f"_{text}" if _DEVICES.fullmatch(text.replace(" ", "")) else text
    return _shortened(text) or NAMELESS


def ended(name: str, ending: str) -> Path:
    """The file that was named, with its ending where it was left out. What follows a dot is part of the name: 报名表2026.7."""
    return Path(name if name.lower().endswith(ending) else name + ending)


def _shortened(text: str) -> str:
    if len(text.encode()) <= MOST_BYTES:
        return text
    stem, dot, ending = text.rpartition(".")
    kept = dot + ending if stem and len(ending) <= _LONGEST_ENDING else ""
    room = MOST_BYTES - len(kept.encode())
    return text.removesuffix(kept).encode()[:room].decode(errors="ignore").rstrip(". ") + kept
