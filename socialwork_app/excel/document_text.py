"""The text of a paragraph in a Word document, however many pieces the programs have cut it into."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from socialwork_app.foundation.errors import DomainError

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def word(name: str) -> str:
    """w:p as the parser has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


PARAGRAPH, ROW, TEXT = word("w:p"), word("w:tr"), word("w:t")
_LINE_BREAK, _SPACE = word("w:br"), word("xml:space")
_LINE_ENDS = re.compile("\r\n?|\n")
_NAME = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
"""Full-width braces too: that is what a Chinese keyboard gives."""
_STRAY = re.compile(r"[{｛]{2}|[}｝]{2}|[{｛]%")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ECHOED = 20


def paragraphs(root: Any) -> Iterator[Any]:
    return root.iter(PARAGRAPH)


def row_of(paragraph: Any) -> Any:
    """The table row that it stands in, None elsewhere."""
    return next(paragraph.iterancestors(ROW), None)


def names(paragraph: Any) -> list[str]:
    """Raises DomainError for braces that enclose no name."""
    return names_in(_whole(_pieces(paragraph)))


def names_in(text: str) -> list[str]:
    """The same for a text."""
    found = [match.group(1).strip() for match in _NAME.finditer(text)]
    if stray := _STRAY.search(_NAME.sub("", text)):
        raise DomainError("document.braces", text=_NAME.sub("", text)[stray.start() :][:_ECHOED])
    return found


def sole_name(text: str) -> str:
    """The name that a text consists of, "" for any other text."""
    match = _NAME.fullmatch(text.strip())
    return match.group(1).strip() if match else ""


def fill(paragraph: Any, texts: Mapping[str, str]) -> None:
    """Each name gives way to its text, which looks as the name's first character did. Its lines stay lines."""
    pieces = _pieces(paragraph)
    own = [piece.text for piece in pieces]
    fill_pieces(pieces, texts)
    for piece, before in zip(pieces, own, strict=True):
        if piece.text != before:
            _break_lines(piece)


def fill_pieces(pieces: Sequence[Any], texts: Mapping[str, str]) -> None:
    """The same in the pieces of one text."""
    for match in reversed(list(_NAME.finditer(_whole(pieces)))):
        _replace(pieces, match.start(), match.end(), writable(texts[match.group(1).strip()]))


def filled(text: str, texts: Mapping[str, str]) -> str:
    """The same for a text by itself."""
    return _NAME.sub(lambda match: texts[match.group(1).strip()], text)


def writable(text: str) -> str:
    """Without the characters that no part of an office file can hold."""
    return _UNWRITABLE.sub("", text)


def _pieces(paragraph: Any) -> list[Any]:
    """Its own pieces of text, without those of a text box that hangs in it."""
    return [piece for piece in paragraph.iter(TEXT) if next(piece.iterancestors(PARAGRAPH), None) is paragraph]


def _whole(pieces: Sequence[Any]) -> str:
    return "".join(piece.text or "" for piece in pieces)


def _replace(pieces: Sequence[Any], start: int, end: int, text: str) -> None:
    at = 0
    for piece in pieces:
        old = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(old))
        at += len(old)
        if first < last:
            piece.text = old[:first] + text + old[last:]
            piece.set(_SPACE, "preserve")
            text = ""


def _break_lines(piece: Any) -> None:
    first, *others = _LINE_ENDS.split(piece.text or "")
    piece.text = first
    for line in reversed(others):
        copy = deepcopy(piece)
        copy.text = line
        piece.addnext(copy)
        piece.addnext(piece.makeelement(_LINE_BREAK))
