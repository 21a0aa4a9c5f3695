"""What the window remembers between two starts. It stands unencrypted: never put personal data into it."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeGuard

from socialwork_app.foundation import atomic

SMALLEST_SCALE, LARGEST_SCALE = 50, 300


@dataclass(frozen=True, slots=True)
class Settings:
    """`columns`: list → shown field keys."""

    last_register: str = ""
    window_geometry: str = ""
    """Qt's saved geometry in base64."""
    scale: int = 100
    """Size of the text in per cent."""
    columns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def load(path: Path) -> Settings:
    """The settings, else the defaults: a window has to open without them. A damaged file is set aside."""
    try:
        data = path.read_bytes()
    except OSError:
        return Settings()
    try:
        return _from_json(data)
    except (ValueError, RecursionError):
        _set_aside(path)
        return Settings()


def save(path: Path, settings: Settings) -> None:
    """Raises EnvironmentRefused."""
    atomic.write_bytes(path, json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())


def _set_aside(path: Path) -> None:
    with suppress(OSError):  # refused: the next save takes its place, which is all that was to be avoided
        path.replace(path.with_name(f"{path.stem}.damaged{path.suffix}"))


def _from_json(data: bytes) -> Settings:
    """Leaves out keys that no setting has (another version's); a value of another shape is a ValueError."""
    content: Any = json.loads(data.decode("utf-8-sig"))
    if not _is_table(content):
        raise ValueError("settings")
    known = {each.name: content[each.name] for each in fields(Settings) if each.name in content}
    if not all(_SHAPES[name](value) for name, value in known.items()):
        raise ValueError("settings")
    return Settings(**known)


def _is_table(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_scale(value: Any) -> bool:
    return isinstance(value, int) and SMALLEST_SCALE <= value <= LARGEST_SCALE


def _are_columns(value: Any) -> bool:
    return _is_table(value) and all(_is_list(keys) and all(map(_is_text, keys)) for keys in value.values())


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "last_register": _is_text,
    "window_geometry": _is_text,
    "scale": _is_scale,
    "columns": _are_columns,
}
