"""Where a file is to be written."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from socialwork_app.foundation import file_names

WORKBOOK = "Excel 工作簿 (*.xlsx)"


def ask_target(parent: QWidget, title: str, suggested: str, kind: str = WORKBOOK) -> Path | None:
    """None where the dialog is left. What was typed without the suggestion's ending gets it."""
    name, _ = QFileDialog.getSaveFileName(parent.window(), title, suggested, kind)
    return file_names.ended(name, Path(suggested).suffix) if name else None
