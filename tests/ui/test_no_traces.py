"""Nothing about a person is left outside the encrypted file: planted names and numbers are looked for in the log, the
settings, the temporary folder, window titles and the names of files, after all that the office does with them."""

import logging
import sqlite3
import tempfile

import openpyxl
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from socialwork_app.cli import main as commands
from socialwork_app.domain.id_number import checksum
from socialwork_app.foundation import logs
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.backups import Backups
from socialwork_app.services.exports import Exports
from socialwork_app.services.imports import Imports
from socialwork_app.services.log import Log
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.forms.attachments import AttachmentsTable
from socialwork_app.ui.forms.change_dialog import ChangeDialog
from socialwork_app.ui.forms.record_dialog import RecordDialog
from socialwork_app.ui.forms.record_panel import RecordPanel
from socialwork_app.ui.forms.stood_dialog import StoodDialog
from socialwork_app.ui.printing import write_pdf
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.factory import Workplace, make
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen

NAME, PHONE, CERTIFICATE = "欧阳植标", "19900007531", "20250385399687531"
ID = "53012219870203999" + checksum("53012219870203999")
PLANTED = (NAME, ID, ID[:17], PHONE, CERTIFICATE)
SPELT = [text.encode(code) for text in PLANTED for code in ("utf-8", "utf-16-le", "gb18030")]


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Log, settings and temporary files go where they can be looked through."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    for name in ("temp", "log", "out"):
        (tmp_path / name).mkdir()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    assert logs.configure(tmp_path / "log" / "socialwork.log")
    yield
    logs.configure(None)
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def traces(tmp_path, opened):
    """Where something planted is found, by content or by name; `allowed`: files written on purpose."""

    def found(*allowed):
        titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
        left = [title for title in titles if any(text in title for text in PLANTED)]
        for path in sorted(tmp_path.rglob("*")):
            if path in allowed:
                continue
            data = path.read_bytes() if path.is_file() else b""
            if any(text in path.name for text in PLANTED) or any(text in data for text in SPELT):
                left.append(str(path.relative_to(tmp_path)))
        left += [str(path) for path in (tmp_path / "temp").rglob("*")]
        left += [str(path) for path in (tmp_path / "out").rglob("*") if path not in allowed]
        return left

    return found


@pytest.fixture
def person(opened, save, tmp_path):
    made = save("people", name=NAME, id_number=ID, phone=PHONE)
    save("certificates", made, level="社会工作师", certificate_number=CERTIFICATE)
    return made


class CutOff(Control):
    """Stops after some steps, as a cancel or as a failure."""

    def __init__(self, after=1, error=Cancelled):
        self.left, self.error = after, error

    def step(self, done, total=None, what=""):
        if self.left == 0:
            raise self.error
        self.left -= 1


def test_errors_of_all_three_kinds_are_logged_without_what_they_say(tmp_path, traces, bridge, rest, monkeypatch):
    monkeypatch.setattr(messages, "_box", lambda *_: type("Box", (), {"exec": lambda _self: None})())
    for error in (
        DomainError("person.unreadable", text=f"{NAME} {ID}"),
        EnvironmentRefused("file.refused", path=f"/home/{NAME}/{ID}.xlsx"),
        ValueError(f"{NAME} {ID} {PHONE} {CERTIFICATE}"),
        KeyError(NAME, sqlite3.IntegrityError(ID)),
    ):

        def work(_control, error=error):
            raise error from ValueError(PHONE)

        bridge.run(work, lambda _result: None)
        rest()
        messages.tell_error(None, error)
    written = (tmp_path / "log" / "socialwork.log").read_text(encoding="utf-8")
    assert written.count("bug") >= 2 and "ValueError" in written
    assert traces() == []


def test_a_command_that_fails_leaves_nothing(files, opened, person, traces, tmp_path, capsys, monkeypatch):
    folder = opened.folder
    opened.close()
    words = ["--register", str(folder)]
    commands.run([*words, "set", "people", ID, f"phone={PHONE}1"], files)
    commands.run([*words, "show", "people", f"{NAME}"], files)
    commands.run([*words, "import", "people", f"{NAME}{ID}.xlsx"], files)
    assert capsys.readouterr().err
    assert traces() == []
    files.open(folder).close()


def test_an_import_that_fails_leaves_nothing(opened, bridge, bus, rest, show, tmp_path, traces, monkeypatch):
    monkeypatch.setattr(messages, "tell_error", lambda *_: None)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("姓名", "身份证号码", "联系电话"))
    for number in (ID, ID[:-1] + "0" if ID[-1] != "0" else ID[:-1] + "1", "abc"):
        sheet.append((NAME, number, PHONE))
    good, broken = tmp_path / "名册.xlsx", tmp_path / "坏.xlsx"
    book.save(good)
    broken.write_bytes(good.read_bytes()[:-900])
    screen = show(ImportsScreen(opened, bridge, bus))
    for path in (broken, good):
        screen.read(path)
        rest()
    dialog = screen.ask_correction(next(row for row in map(screen.results.model.row, range(3)) if row.problems))
    imports = Imports(opened)
    with pytest.raises(Cancelled):
        imports.apply(imports.check(imports.read(good, "people"), "fill"), partial=True, control=CutOff(0))
    left = traces(good, broken)
    dialog.reject()
    assert left == []


@pytest.mark.parametrize("error", [Cancelled, RuntimeError, OSError])
def test_exports_prints_and_backups_that_are_cut_off_leave_nothing(opened, save, person, tmp_path, traces, error):
    for number in range(40):
        save("people", name=f"{NAME}{number}", phone=PHONE)
    out, everybody = tmp_path / "out", {"full_numbers": True, "purpose": "核对"}
    for after in range(3):
        for cut in (
            lambda control: Exports(opened).export("people", out / "名册.xlsx", **everybody, control=control),
            lambda control: write_pdf(Exports(opened).sheets("people", **everybody), out / "名册.pdf", control),
            lambda control: Log(opened).export(out / "日志.xlsx", control=control),
            lambda control: Backups(opened).backup(out / "备份.zip", control),
        ):
            try:
                cut(CutOff(after, error))
            except (error, EnvironmentRefused):
                continue
            for path in out.iterdir():  # over before it was cut off
                path.unlink()
    assert traces() == []


def test_scans_that_are_looked_at_leave_nothing(opened, bridge, bus, show, rest, person, tmp_path, traces):
    scan = tmp_path / f"{NAME}身份证{ID}.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(scan))
    Attachments(opened).add("people", person, scan)
    scan.unlink()
    table = show(AttachmentsTable(opened, bridge, bus))
    table.show_attachments("people", person)
    table.table.select_row(0)
    table.view()
    rest()
    assert "查看附件" in [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
    assert traces() == []


def test_no_window_says_in_its_title_who_is_shown(
    opened, bridge, bus, files, show, rest, qtbot, person, window, traces
):
    with opened.change("import", "people", f"{NAME}.xlsx") as change:
        change.update("people", person, {"position": "社工"})
        change.commit()
    panel = show(RecordPanel(opened, "people", bridge, bus))
    panel.show_record(person)
    dialog = RecordDialog(opened, "people", bridge)
    dialog.show_record(person, None)
    rest()
    assert panel.title.text() == NAME
    history = panel._history.content
    history.show_history("people", person)
    rest()
    history.table.select_row(0)
    history.show_batch()
    history.show_stood()
    rest()
    kinds = {type(widget) for widget in QApplication.topLevelWidgets()}
    assert {ChangeDialog, StoodDialog, RecordDialog} <= kinds
    assert traces() == []
    dialog.deleteLater()


def test_settings_remember_nothing_about_anybody(opened, files, bridge, bus, show, rest, person, tmp_path, traces):
    remembered = Remembered(tmp_path / "settings.json")
    screen = show(make("people", Workplace(opened, files, bridge, bus, remembered)))
    screen.list.search.setText(NAME)
    rest()
    remembered.set_columns("people", ["name", "phone"])
    remembered.set_last_register(opened.folder)
    assert (tmp_path / "settings.json").is_file()
    Records(opened, "people").save(Draft({"position": "社工"}, id=person))
    assert traces() == []
