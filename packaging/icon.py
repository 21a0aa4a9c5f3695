"""resources/icons/program.ico from program.svg, run once after the drawing was changed; with a file, the installer's side."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
SIDE, GROUND = QSize(328, 628), "#e8eef6"
"""Twice the size that the pages of an installer have at their left."""
HEAD, ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def main() -> int:
    QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    drawing = QSvgRenderer(str(ICONS / "program.svg"))
    if len(sys.argv) > 1:
        return 0 if side(drawing).save(sys.argv[1]) else 1
    (ICONS / "program.ico").write_bytes(icon({size: picture(drawing, size) for size in SIZES}))
    return 0


def picture(drawing: QSvgRenderer, size: int) -> bytes:
    """PNG, which Windows takes in an icon in every size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(content.data())


def side(drawing: QSvgRenderer) -> QImage:
    image = QImage(SIDE, QImage.Format.Format_RGB888)
    image.fill(GROUND)
    painter = QPainter(image)
    width = SIDE.width() / 2
    drawing.render(painter, QRectF(width / 2, width / 2, width, width))
    painter.end()
    return image


def icon(pictures: dict[int, bytes]) -> bytes:
    """The container: a head, an entry a picture, the pictures. 256 is written as 0."""
    at = HEAD.size + ENTRY.size * len(pictures)
    entries = b""
    for size, content in pictures.items():
        entries += ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return HEAD.pack(0, 1, len(pictures)) + entries + b"".join(pictures.values())


if __name__ == "__main__":
    sys.exit(main())
