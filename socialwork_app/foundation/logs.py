"""The program's log: enough to find a bug by, nothing about a person.

Log messages are written in English, so any Chinese in a line came out of data: it is masked, as are ID
numbers, phones and all long numbers. Of an exception its type, its code and the places in the code are kept,
never its message.
"""

import logging
import re
import secrets
import traceback
from collections.abc import Iterator, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from socialwork_app.foundation.errors import CodedError

MOST_BYTES = 1_000_000
OLD_FILES = 5

_PROGRAM = "socialwork_app"
_NUMBERS = re.compile(
    r"\d{6}[ -]\d{8}[ -]?\d{3}[\dXxＸｘ]"  # an ID number written in groups
    r"|1\d\d[ -]\d{4}[ -]\d{4}"  # a mobile phone written in groups
    r"|0\d{2,3}[ -]\d{7,8}"  # a telephone with its area code
    r"|\d{7,}[XxＸｘ]?"  # any long number: ID of 15 or 18, phone, account
)
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def configure(path: Path | None) -> bool:
    """Send the log to `path`, or nowhere. False: nothing is written, for want of a path or of permission."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, (_LogFile, _Silence))]:
        root.removeHandler(handler)
        handler.close()
    handler = _log_file(path) if path else None
    root.addHandler(handler or _Silence())
    root.setLevel(logging.WARNING)
    logging.getLogger(_PROGRAM).setLevel(logging.INFO)
    return handler is not None


def report_bug(error: BaseException) -> str:
    """Log an error that nobody expected; gives the short number under which a user can name it."""
    reference = secrets.token_hex(3).upper()
    logging.getLogger(_PROGRAM).error("bug %s", reference, exc_info=error)
    return reference


def redacted(text: str) -> str:
    return _CHINESE.sub("<text>", _NUMBERS.sub("<number>", text))


class _LogFile(RotatingFileHandler):
    def doRollover(self) -> None:  # noqa: N802 - the library's name
        try:
            super().doRollover()
        except OSError:
            # Windows renames no file that a second process has open: go on in it until the next start
            self.maxBytes = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """A log that can't be written (disk full) must not disturb the work; nowhere is left to say so."""


class _Silence(logging.NullHandler):
    """Keeps the library's last resort, standard error, from getting an unmasked line."""


class _Masking(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Not the inherited one, which takes over a traceback that another handler wrote with its message."""
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name} {_message(record)}"]
        if record.exc_info and record.exc_info[1]:
            lines += traces(record.exc_info[1])
        return "\n".join(lines)


def _log_file(path: Path) -> _LogFile | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(
            path, maxBytes=MOST_BYTES, backupCount=OLD_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return None
    handler.setFormatter(_Masking())
    return handler


def _message(record: logging.LogRecord) -> str:
    """One line, whatever the values hold."""
    text = str(_safe(record.msg))
    if isinstance(record.args, Mapping):
        text %= {key: _safe(value) for key, value in record.args.items()}
    elif record.args:
        text %= tuple(_safe(value) for value in record.args)
    return redacted(text).replace("\r", "").replace("\n", "\\n")


def _safe(value: Any) -> Any:
    return _kind(value) if isinstance(value, BaseException) else value


def _kind(error: BaseException) -> str:
    """The type of an error with its code or system error number; its message may hold anything."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, CodedError):
        return f"{name} {error.code}"
    if isinstance(error, OSError):
        return f"{name} errno={error.errno}"
    return name


def traces(error: BaseException) -> list[str]:
    """The error and what caused it, latest first, each with its frames from the outermost in; never its message."""
    lines: list[str] = []
    for link in _chain(error):
        lines.append(f"  {_kind(link)}")
        lines += [redacted(f"    {frame.filename}:{frame.lineno} {frame.name}")
                  for frame in traceback.extract_tb(link.__traceback__)]  # fmt: skip
    return lines


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
