"""Pages: which rows stand where, that something is drawn there, and that the PDF says what the rows say."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF, QTimer
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sheets import Align, Sheet, SheetColumn
from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.lettering import Lettering
from socialwork_app.ui.printing import ask_printer, page_layout, paint, write_pdf
from socialwork_app.ui.sheet_pages import SheetPages, paged, table_size

COLUMNS = (
    SheetColumn("序号", 6, "center"),
    SheetColumn("姓名", 10, "center"),
    SheetColumn("工作单位", 30),
    SheetColumn("学时", 8),
)
SHEET = Sheet("年度考核名册", COLUMNS, "填报单位：晋宁区民政局", "截至日期：2026-03-31", note="注：已遮盖。")

pytestmark = pytest.mark.usefixtures("qapp")


def rows_of(count: int) -> list[tuple[Value, ...]]:
    return [(number, "张三", "昆阳街道社会工作服务站", 90) for number in range(1, count + 1)]


def image(height: int = 793) -> QImage:
    """A page of 1122 by 793 pixels: A4 across at 96 dots an inch."""
    paper = QImage(1122, height, QImage.Format.Format_RGB32)
    paper.setDotsPerMeterX(3780)
    paper.setDotsPerMeterY(3780)
    paper.fill(QColor("white"))
    return paper


def drawn(sheet: Sheet, rows: list[tuple[Value, ...]], page: int = 0, height: int = 793) -> QImage:
    paper = image(height)
    pages = SheetPages(sheet, rows, paper, Control())
    painter = QPainter(paper)
    pages.paint(painter, page)
    painter.end()
    return paper


def ink(paper: QImage, area: QRectF) -> int:
    """Dark pixels in a part of the page."""
    place = area.toRect()
    return sum(
        paper.pixelColor(x, y).lightness() < 128
        for x in range(place.left(), place.right())
        for y in range(place.top(), place.bottom())
    )


@given(st.lists(st.floats(10, 60), max_size=80), st.floats(0, 120))
def test_every_row_stands_on_one_page_and_fits(heights: list[float], foot: float) -> None:
    pages = paged(heights, first_room=200, room=300, foot=foot)
    assert [row for page in pages for row in page] == list(range(len(heights)))
    rooms = [200.0] + [300.0] * (len(pages) - 1)
    used = [sum(heights[row] for row in page) for page in pages]
    assert all(length <= room + 1e-6 for length, room in zip(used, rooms, strict=True))
    assert used[-1] + foot <= rooms[-1] + 1e-6
    assert pages[-1] or not heights


@pytest.mark.parametrize(
    ("heights", "foot", "pages"),
    [
        ([], 0, [range(0)]),
        ([50] * 4, 0, [range(4)]),
        ([50] * 5, 0, [range(4), range(4, 5)]),
        ([50] * 11, 0, [range(4), range(4, 10), range(10, 11)]),
        ([50] * 4, 10, [range(3), range(3, 4)]),
        ([250, 50], 0, [range(1), range(1, 2)]),
    ],
)
def test_pages_break_where_the_room_ends(heights: list[float], foot: float, pages: list[range]) -> None:
    assert paged(heights, first_room=200, room=300, foot=foot) == pages


def test_text_is_smaller_in_wide_tables_but_never_unreadable() -> None:
    def size(columns: int) -> float:
        return table_size(Sheet("", (SheetColumn("列", 12),) * columns, "", ""), 760)

    assert size(3) == 10.5
    assert 6 < size(14) < 10.5
    assert size(40) == 6


class TestLettering:
    @pytest.fixture
    def lettering(self) -> Lettering:
        return Lettering(image(), 10.5)

    def test_short_text_stays_in_one_line(self, lettering: Lettering) -> None:
        assert lettering.lines("张三", 200, 3) == ["张三"]
        assert lettering.lines("", 200, 3) == [""]

    def test_long_text_is_cut_with_an_ellipsis(self, lettering: Lettering) -> None:
        width = lettering.width("社会工作服") + 1
        assert lettering.lines("社会工作服务站站长", width, 3) == ["社会工作服", "务站站长"]
        lines = lettering.lines("社会工作服" * 4, width, 3)
        assert len(lines) == 3
        assert lines[2].endswith("…")
        assert all(lettering.width(line) <= width for line in lines)

    @pytest.mark.parametrize(
        ("text", "room", "lines"),
        [
            ("2023-11-20", "2023-11", ["2023-", "11-20"]),
            ("社区（村）主任", "社区（村", ["社区", "（村）主", "任"]),
            ("i（甲", "i（", ["i（", "甲"]),
            ("主任、站长", "主任", ["主", "任、", "站长"]),
            ("530115198503179987", "530115198", ["530115198", "503179987"]),
            ("第一行\n第二行", "第一行第二行", ["第一行", "第二行"]),
            ("甲\t乙\x00丙", "甲乙丙甲乙丙", ["甲 乙 丙"]),
            ("甲　乙", "甲乙丙甲乙丙", ["甲　乙"]),
        ],
    )
    def test_lines_break_as_a_clerk_would(self, lettering: Lettering, text: str, room: str, lines: list[str]) -> None:
        assert lettering.lines(text, lettering.width(room) + 1, 3) == lines

    @given(text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1), width=st.floats(1, 300))
    def test_nothing_is_lost_as_long_as_there_are_lines(self, text: str, width: float) -> None:
        lettering = Lettering(image(), 9)
        lines = lettering.lines(text, width, len(text))
        joined = "".join(lines)
        assert re.sub(r"\s", " ", joined) == re.sub(r"\s", " ", text)
        assert all(lettering.width(line) <= width or len(line) == 1 for line in lines)

    def test_place_in_the_cell(self, lettering: Lettering) -> None:
        places: dict[Align, int] = {"left": 0, "center": 1, "right": 2}
        for align, third in places.items():
            paper = image()
            painter = QPainter(paper)
            lettering.draw(painter, QRectF(0, 0, 300, 40), ["张三"], align)
            painter.end()
            filled = [ink(paper, QRectF(part * 100, 0, 100, 40)) > 0 for part in range(3)]
            assert filled == [part == third for part in range(3)]


def test_first_page_has_title_lines_header_and_cells() -> None:
    paper = drawn(SHEET, rows_of(3))
    assert ink(paper, QRectF(400, 0, 322, 30)) > 50
    assert ink(paper, QRectF(0, 30, 200, 30)) > 50
    assert ink(paper, QRectF(922, 30, 200, 30)) > 50
    assert ink(paper, QRectF(450, 770, 222, 23)) > 30
    grey = QColor(0xE7, 0xE6, 0xE6)
    assert any(paper.pixelColor(5, y) == grey for y in range(40, 140))


@pytest.mark.parametrize("height", range(600, 632, 4))
def test_table_leaves_the_page_number_its_place(height: int) -> None:
    paper = drawn(SHEET, rows_of(40), height=height)
    assert ink(paper, QRectF(0, height - 18, 100, 18)) == 0
    assert ink(paper, QRectF(450, height - 18, 222, 18)) > 30


def test_title_stands_on_the_first_page_only_and_the_signature_on_the_last() -> None:
    rows = rows_of(60)
    pages = SheetPages(SHEET, rows, image(), Control())
    assert pages.count > 1
    assert [row for page in range(pages.count) for row in pages.rows_of(page)] == list(range(60))
    first, last = drawn(SHEET, rows), drawn(SHEET, rows, pages.count - 1)
    grey = QColor(0xE7, 0xE6, 0xE6)
    assert first.pixelColor(5, 5) == QColor("white")
    assert last.pixelColor(5, 5) == grey
    bare = Sheet(SHEET.title, COLUMNS, SHEET.left_line, SHEET.right_line, signature=())
    assert drawn(bare, rows, 0) == first
    assert drawn(bare, rows, pages.count - 1) != last


def test_empty_cells_stay_white_and_filled_ones_do_not() -> None:
    filled, empty = drawn(SHEET, rows_of(1)), drawn(SHEET, [(None, None, "", None)])
    area = QRectF(2, 100, 1100, 20)
    assert ink(filled, area) > ink(empty, area) > 0


def test_numbers_stand_right_and_text_left() -> None:
    sheet = Sheet("名册", (SheetColumn("列", 20),), "", "", signature=())

    def sides(value: Value) -> tuple[bool, bool]:
        paper, blank = drawn(sheet, [(value,)]), drawn(sheet, [(None,)])
        halves = (QRectF(3, 0, 540, 700), QRectF(580, 0, 539, 700))
        left, right = (ink(paper, half) > ink(blank, half) for half in halves)
        return left, right

    assert sides(90) == (False, True)
    assert sides("90") == (True, False)


def test_page_is_a4() -> None:
    for sheet, orientation in (
        (SHEET, QPageLayout.Orientation.Landscape),
        (Sheet("名册", COLUMNS, "", "", landscape=False), QPageLayout.Orientation.Portrait),
    ):
        layout = page_layout(sheet)
        assert layout.pageSize().id() == QPageSize.PageSizeId.A4
        assert layout.orientation() == orientation


@pytest.mark.parametrize("count", [0, 1, 100])
def test_pdf_has_the_pages_that_were_counted(tmp_path: Path, count: int) -> None:
    target = tmp_path / "名册.pdf"
    pages = write_pdf([(SHEET, rows_of(count))], target, Control())
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", data)) == pages
    assert (pages > 1) == (count > 50)
    assert [path.name for path in tmp_path.iterdir()] == ["名册.pdf"]


def test_lower_paper_takes_more_pages(tmp_path: Path) -> None:
    def pages_on(height: float) -> int:
        writer = QPdfWriter(str(tmp_path / "a.pdf"))
        writer.setPageSize(QPageSize(QSizeF(250, height), QPageSize.Unit.Millimeter))
        return paint([(SHEET, rows_of(100))], writer, Control())

    assert pages_on(150) > pages_on(300)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_pdf_text_is_what_the_rows_say(tmp_path: Path) -> None:
    target = tmp_path / "名册.pdf"
    pages = write_pdf([(SHEET, [(1, "曾户口", "晋宁区二街镇 0123456789X", 90), *rows_of(80)])], target, Control())
    run = subprocess.run(["pdftotext", "-layout", str(target), "-"], check=True, capture_output=True)
    text = run.stdout.decode()
    for part in (SHEET.title, SHEET.left_line, SHEET.right_line, "曾户口", "晋宁区二街镇 0123456789X", SHEET.note):
        assert text.count(part) == 1
    assert text.count("工作单位") == pages
    assert f"第{pages}页共{pages}页" in text.replace(" ", "")


class _Stopping(Control):
    def __init__(self, what: str) -> None:
        self.what = what

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        if what == self.what and done:
            raise Cancelled


@pytest.mark.parametrize("what", ["排版", "绘制"])
def test_cancelled_pdf_leaves_the_old_file(tmp_path: Path, what: str) -> None:
    target = tmp_path / "名册.pdf"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_pdf([(SHEET, rows_of(600))], target, _Stopping(what))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_target_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "名册.pdf").mkdir()
    with pytest.raises(EnvironmentRefused):
        write_pdf([(SHEET, rows_of(1))], tmp_path / "名册.pdf", Control())


def test_disk_that_takes_no_more_is_told_apart(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="no such limits on Windows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, hard))
    try:
        with pytest.raises(EnvironmentRefused, match=r"file\.failed"):
            write_pdf([(SHEET, rows_of(1))], tmp_path / "a.pdf", Control())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


@pytest.mark.qt_log_ignore("Returned false")
def test_device_that_takes_no_drawing(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "a.pdf"))
    with pytest.raises(EnvironmentRefused, match=r"print\.refused"):
        paint([(SHEET, rows_of(1))], printer, Control())


def test_printer_takes_the_same_pages(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    printer.setPageLayout(page_layout(SHEET))
    assert paint([(SHEET, rows_of(100))], printer, Control()) == write_pdf(
        [(SHEET, rows_of(100))], tmp_path / "b.pdf", Control()
    )


def test_a_thread_may_paint_on_a_printer(qtbot: QtBot, bridge: JobBridge, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    pages: list[int] = []
    bridge.run(lambda control: paint([(SHEET, rows_of(300))], printer, control), pages.append)
    qtbot.waitUntil(lambda: bool(pages))
    assert pages[0] > 1
    assert (tmp_path / "a.pdf").read_bytes().endswith(b"%%EOF\n")


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_dialog_that_is_closed_prints_nothing(qtbot: QtBot) -> None:
    def close() -> None:
        (dialog,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QPrintDialog))
        dialog.reject()

    QTimer.singleShot(0, close)
    assert ask_printer(None, SHEET) is None
