"""Text in one font on one paint device: measured, wrapped and drawn. All lengths are the device's pixels."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPaintDevice, QPainter

from socialwork_app.domain.sheets import Align

_ELLIPSIS = "…"
_NEVER_FIRST = frozenset("，。、；：？！）】》”’％,.;:?!)]}%…")
_NEVER_LAST = frozenset("（《【“‘([{")
"""Of a line."""
_WORD_ENDS = frozenset(" -/")
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Of the spare width, that stand before the text."""


class Lettering:
    """The application's font in one size. A character's width is looked up once: that makes it fast."""

    def __init__(self, device: QPaintDevice, points: float, *, bold: bool = False) -> None:
        self._font = QFont(QGuiApplication.font())
        self._font.setPointSizeF(points)
        self._font.setBold(bold)
        self._metrics = QFontMetricsF(self._font, device)
        self._widths: dict[str, float] = {}
        self.line_height = self._metrics.height()

    def width(self, text: str) -> float:
        return sum(map(self._width_of, text))

    def _width_of(self, character: str) -> float:
        width = self._widths.get(character)
        if width is None:
            width = self._widths[character] = self._metrics.horizontalAdvance(character)
        return width

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in `most` lines of this width, broken anywhere, as Chinese is; … for what is cut off."""
        parts = [text] if text.isprintable() else _drawable(text).split("\n")
        lines = [line for part in parts for line in self._broken(part, width)]
        if len(lines) > most:
            shortened = next(self._broken(lines[most - 1], width - self.width(_ELLIPSIS)))
            return [*lines[: most - 1], shortened + _ELLIPSIS]
        return lines

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Pieces of this width; one character at least, however narrow the column."""
        if self.width(text) <= width:
            yield text
            return
        start, used = 0, 0.0
        for index, character in enumerate(text):
            advance = self._width_of(character)
            if used + advance > width and index > start:
                end = self._end(text, start, index, width)
                yield text[start:end]
                start, used = end, self.width(text[end:index])
            used += advance
        yield text[start:]

    def _end(self, text: str, start: int, index: int, width: float) -> int:
        """Where the line from `start` had best end, if the character at `index` is the first without room."""
        end = next(_good_ends(text, start, index), index)
        return end if self.width(text[end : index + 1]) <= width else index

    def draw(self, painter: QPainter, area: QRectF, lines: Sequence[str], align: Align = "left") -> None:
        """Draw the lines one below the other, in the middle of the area's height."""
        painter.setFont(self._font)
        top = area.top() + (area.height() - len(lines) * self.line_height) / 2 + self._metrics.ascent()
        for number, line in enumerate(lines):
            spare = area.width() - self.width(line) if align != "left" else 0.0
            left = area.left() + spare * _SHARES[align]
            painter.drawText(QPointF(left, top + number * self.line_height), line)


def _good_ends(text: str, start: int, index: int) -> Iterator[int]:
    """From `index` back: between words and parts of a date; elsewhere not beside the wrong punctuation."""
    if text[index - 1 : index + 1].isascii():
        return (at for at in range(index, start, -1) if text[at - 1] in _WORD_ENDS)
    nearby = range(index, max(index - 3, start), -1)
    return (at for at in nearby if text[at] not in _NEVER_FIRST and text[at - 1] not in _NEVER_LAST)


def _drawable(text: str) -> str:
    """Line ends stay; other control characters and halves of characters would be drawn as boxes."""
    return "".join(c if c.isprintable() or c in "\n　" else " " for c in text.replace("\r\n", "\n"))
