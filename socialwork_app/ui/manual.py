"""The manual in a window of its own, opened at the chapter of the screen that is shown."""

from pathlib import Path

from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

SIZE = (780, 620)


class ManualDialog(QDialog):
    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("用户手册")
        self.resize(*SIZE)
        self._text = QTextBrowser()
        self._text.setAccessibleName("用户手册")
        self._text.setOpenExternalLinks(False)
        self._text.setSearchPaths([str(path.parent)])
        self._text.setMarkdown(path.read_text(encoding="utf-8"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)

    def show_chapter(self, title: str) -> bool:
        """Scroll to the first heading that holds the title; False: there is none, the manual begins at its top."""
        block = self._heading(title)
        bar = self._text.verticalScrollBar()
        if block is None:
            bar.setValue(0)
            return False
        bar.setValue(round(self._text.document().documentLayout().blockBoundingRect(block).y()))
        return True

    def _heading(self, title: str) -> QTextBlock | None:
        block = self._text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and title in block.text():
                return block
            block = block.next()
        return None
