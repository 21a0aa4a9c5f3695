"""Pictures of every screen for README and manual, made by the program from a sample register: `nox -s screenshots`.

`python -m tests.screenshots 1.5 FOLDER` takes them as a 1366×768 screen at 150 % shows them, to be looked at for cut text.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer

from socialwork_app import bootstrap
from socialwork_app.foundation import clock
from socialwork_app.services import samples
from socialwork_app.ui import app
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.exams.results_tab import ResultsTab
from socialwork_app.ui.screens.talents.contacts_tab import ContactsTab
from tests.services.people_workbook import LI, ZHANG, row, write

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZE = (1366, 740)
SETTLED = 1_200  # milliseconds: what loads behind the window is there by then
SCREENS = (
    "desk",
    "people",
    "certificates",
    "exams",
    "training",
    "talents",
    "organisations",
    "places",
    "imports",
    "exports",
    "system",
)


HELD = 1  # the sample course that is over
TABS = {
    "training": {1: "signup", 3: "attendance", 4: "shortfall"},
    "talents": {1: "selection", 2: "appraisal", 4: "contacts", 5: "overview"},
}
"""The pages of a screen that are no plain lists."""


def main(factor: float = 1, target: Path = TARGET) -> int:
    target.mkdir(parents=True, exist_ok=True)
    os.environ["QT_SCALE_FACTOR"] = str(factor)
    size = [round(length / factor) for length in SIZE]
    with TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen_of_a_desk_pc(place)}"
        opened, _ = bootstrap.register_files().create(place / "示例登记册", "昆明市晋宁区示例单位", None)
        samples.fill(opened, 400, subjects=True)
        app.set_locale()
        application = app.make_application()
        session = app.Session(bootstrap.register_files, None, Remembered(place / "settings.json"), opened)
        session.window.resize(*size)
        session.window.show()
        session.window.resize(*size)
        settle()
        for name in SCREENS:
            session.window.go_to(name)
            settle()
            prepare(session, name, place)
            session.window.grab().save(str(target / f"{name}.png"))
            picture_tabs(session, name, target)
        session.close()
        application.quit()
    return 0


def screen_of_a_desk_pc(place: Path) -> Path:
    """1366×768 at 100 %, for the platform that needs no screen."""
    screen = {"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 768, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    path = place / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return path


def settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLED, loop.quit)
    loop.exec()


def prepare(session: app.Session, name: str, place: Path) -> None:
    """Something to look at: a record opened, a messy roster checked."""
    if name in ("people", "certificates"):
        session.window.show_record(name, 7)
    elif name == "exams":
        screen = session.window.visit(name)
        screen.tabs.setCurrentIndex(2)
        settle()
        screen.findChild(ResultsTab).show_year(clock.today().year - 1)
    elif name == "imports":
        session.window.visit(name).read(messy_roster(place))
    settle()


def picture_tabs(session: app.Session, name: str, target: Path) -> None:
    screen = session.window.visit(name)
    for index, tab in TABS.get(name, {}).items():
        screen.tabs.setCurrentIndex(index)
        settle()
        if tab == "attendance":
            screen.page(index).show_course(HELD)
        elif tab == "shortfall":
            screen.page(index).table.select_row(0)
        elif tab == "contacts":
            screen.findChild(ContactsTab).table.select_row(0)
        settle()
        session.window.grab().save(str(target / f"{name}-{tab}.png"))
    if name in TABS:
        screen.tabs.setCurrentIndex(0)


def messy_roster(place: Path) -> Path:
    return write(place / "2025年持证名册.xlsx", [
        row(序号=1, 姓名="张　三", 身份证号码=ZHANG, 学历="本科", 工作单位="示例社工站", 级别="中级", 批准日期="2019.06", 所属街道="昆阳"),
        row(序号=2, 姓名="李四", 身份证号码=LI, 级别="初级/中级", 证书管理号="AB15000001、AB18000002", 所属街道="晋城镇"),
        row(序号=3, 姓名="王五", 身份证号码=530122199203040030, 级别="助理社工师", 批准日期="2020"),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2]), *map(Path, sys.argv[2:3])))
