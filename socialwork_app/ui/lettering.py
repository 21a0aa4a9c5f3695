"""Text in one font on one paint device: measured, wrapped and drawn. All lengths are the device's pixels."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPaintDevice, QPainter

from socialwork_app.domain.sheets import Align

_ELLIPSIS = "…"
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


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
        """The text broken anywhere, as Chinese is, into `most` lines of this width; what is left out shows as …"""
        if text.isprintable() and self.width(text) <= width:
            return [text]
        lines = [line for part in _drawable(text).split("\n") for line in self._broken(part, width)]
        if len(lines) > most:
            shortened = next(self._broken(lines[most - 1], width - self.width(_ELLIPSIS)))
            return [*lines[: most - 1], shortened + _ELLIPSIS]
        return lines

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Pieces of this width; one character at least, however narrow the column."""
        start, used = 0, 0.0
        for index, character in enumerate(text):
            advance = self._width_of(character)
            if used + advance > width and index > start:
                yield text[start:index]
                start, used = index, 0.0
            used += advance
        yield text[start:]

    def draw(self, painter: QPainter, area: QRectF, lines: Sequence[str], align: Align = "left") -> None:
        """Draw the lines one below the other, in the middle of the area's height."""
        painter.setFont(self._font)
        top = area.top() + (area.height() - len(lines) * self.line_height) / 2 + self._metrics.ascent()
        for number, line in enumerate(lines):
            left = area.left() + (area.width() - self.width(line)) * _SHARES[align]
            painter.drawText(QPointF(left, top + number * self.line_height), line)


def _drawable(text: str) -> str:
    """Line ends stay; other control characters and halves of characters would be drawn as boxes."""
    return "".join(c if c.isprintable() or c in "\n　" else " " for c in text.replace("\r\n", "\n"))
