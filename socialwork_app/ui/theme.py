"""Colours, fonts and the style sheet: the same on Windows and Linux."""

import re
import sys

from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from socialwork_app.foundation import paths

INK, MUTED, LINE, PAPER, GROUND = "#1f2d3d", "#5b6b7f", "#dde4ed", "#ffffff", "#f4f6fa"
PRIMARY, SELECTED, BAND = "#1f5fa8", "#d6e6f8", "#f7f9fd"
RAIL = "#1d3b62"
RED, ORANGE, GREEN = "#b42318", "#b45309", "#1a7f4b"
TONES = {"overdue": RED, "soon": ORANGE, "muted": MUTED, "good": GREEN}

BASE_PIXELS = 14
WINDOWS_FONTS = ("Microsoft YaHei UI", "Microsoft YaHei", "SimSun")
LINUX_FONTS = ("WenQuanYi Micro Hei", "Noto Sans CJK SC", "Source Han Sans SC")


def apply(application: QApplication, scale: int = 100) -> None:
    """`scale` in per cent of the base size; the screen's own scaling comes on top."""
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "program.ico")))
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setStyleSheet(style_sheet(scale))
    application.setFont(font(scale))  # last: on Windows a style gives tables, menus and messages fonts of their own


def font(scale: int = 100) -> QFont:
    chosen = QFont()
    chosen.setFamilies(WINDOWS_FONTS if sys.platform == "win32" else LINUX_FONTS)
    chosen.setPixelSize(round(BASE_PIXELS * scale / 100))
    return chosen


def style_sheet(scale: int = 100) -> str:
    """The sheet with sizes scaled and the program's folder in place: Qt looks for pictures from the working directory."""
    resources = paths.resources()
    sheet = (resources / "style.qss").read_text(encoding="utf-8").replace("%RESOURCES%", resources.as_posix())
    return re.sub(r"%(\d+)%", lambda size: str(round(int(size[1]) * scale / 100)), sheet)


def _palette() -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: GROUND,
        roles.WindowText: INK,
        roles.Base: PAPER,
        roles.AlternateBase: BAND,
        roles.Text: INK,
        roles.Button: PAPER,
        roles.ButtonText: INK,
        roles.PlaceholderText: "#8793a3",
        roles.Highlight: PRIMARY,
        roles.HighlightedText: PAPER,
        roles.ToolTipBase: PAPER,
        roles.ToolTipText: INK,
        roles.Link: PRIMARY,
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#a9b4c2"))
    return palette
