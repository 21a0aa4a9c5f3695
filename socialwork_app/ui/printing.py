"""Sheets on paper and as PDF. Every page is drawn directly, so that thousands of rows take seconds."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from socialwork_app.domain.sheets import Sheet
from socialwork_app.foundation.atomic import replacing
from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui.sheet_pages import Rows, SheetPages

_MARGINS = QMarginsF(14, 16, 14, 12)
"""Millimetres of white paper: left, top, right, bottom."""


Parts = Sequence[tuple[Sheet, Rows]]
"""Sheets that are printed together, all across or all upright; each begins a page."""


def paint(parts: Parts, device: QPdfWriter | QPrinter, control: Control) -> int:
    """Draw the sheets on the device's pages, as large as they are, and return their number.

    Raises Cancelled, or EnvironmentRefused when the device takes no drawing.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise EnvironmentRefused("print.refused")
    try:
        sheets = [SheetPages(sheet, rows, device, control) for sheet, rows in parts]
        pages = [(one, page) for one in sheets for page in range(one.count)]
        for number, (one, page) in enumerate(pages):
            control.step(number, len(pages), "绘制")
            if number and not device.newPage():
                raise EnvironmentRefused("print.refused")
            one.paint(painter, page)
    except BaseException:
        if isinstance(device, QPrinter):
            device.abort()  # before the end, which would send the pages drawn so far
        raise
    finally:
        painter.end()
    return len(pages)


def write_pdf(parts: Parts, target: Path, control: Control) -> int:
    """Write the sheets as a PDF and return the number of pages; after a failure the old file still stands."""
    with replacing(target) as temporary, _opened(temporary, target) as file:
        writer, sheet = QPdfWriter(file), parts[0][0]
        writer.setTitle(sheet.title)
        writer.setPageLayout(page_layout(sheet))
        return paint(parts, writer, control)


def ask_printer(parent: QWidget | None, sheet: Sheet) -> QPrinter | None:
    """The printer to `paint` on, which a thread may do; None when the user decided against it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(sheet.title)
    printer.setPageLayout(page_layout(sheet))
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return None
    return printer


def page_layout(sheet: Sheet) -> QPageLayout:
    """A4, across or upright."""
    across, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, across if sheet.landscape else upright, _MARGINS, QPageLayout.Unit.Millimeter)


@contextmanager
def _opened(path: Path, target: Path) -> Generator[QFile]:
    """The file to draw into. What went wrong with it only the file knows: QPdfWriter says no more than "no"."""
    file = QFile(str(path))
    try:
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        yield file
    finally:
        file.flush()
        error, reason = file.error(), file.errorString()
        file.close()
        if error != QFile.FileError.NoError:
            raise _refusal(error, reason, target)


def _refusal(error: QFile.FileError, reason: str, target: Path) -> EnvironmentRefused:
    if error == QFile.FileError.ResourceError:
        return EnvironmentRefused("disk.full", path=str(target))
    return EnvironmentRefused("file.failed", path=str(target), reason=reason)
