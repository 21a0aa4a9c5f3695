"""The search line and those it finds: whoever is marked is taken, at once or as soon as the answer is there."""

from PySide6.QtCore import QObject, Signal

from socialwork_app.ui.screens.entry.people_finder import PeopleFinder
from socialwork_app.ui.screens.entry.typing_line import PersonLine

CHOOSE = "不止一种可能，请用 ↑↓ 选定后按回车。"


class Searching(QObject):
    person_taken = Signal(int)
    newcomer_taken = Signal(object)
    """What the line says of somebody who is not in the register."""
    doubtful = Signal(str, str)
    """Several were found for what only one was expected: a sentence and the kind of label that it is."""
    nobody = Signal()

    def __init__(self, line: PersonLine, found: PeopleFinder) -> None:
        super().__init__(line)
        self._line, self._found = line, found
        self._waits = self._only_one = False
        found.answered.connect(self._take_answer)
        found.currentRowChanged.connect(lambda _row: self._tell_marked())
        found.itemClicked.connect(lambda _item: self.take_marked())
        line.moved.connect(found.move_mark)

    def ask(self, text: str) -> None:
        self.wait_no_more()
        self._found.ask(text)

    def wait_no_more(self) -> None:
        self._waits = self._only_one = False

    def take(self, *, only_one: bool = False) -> None:
        """`only_one`: of several nobody is taken, the officer has to choose."""
        if self._found.settled:
            self.take_marked()
        else:
            self._waits, self._only_one = True, only_one
            self._found.hurry()

    def take_marked(self) -> None:
        if not self._found.settled:
            return
        if person := self._found.marked():
            self.person_taken.emit(person.id)
        elif self._found.new_marked():
            self.newcomer_taken.emit(self._found.sought.new)

    def _take_answer(self) -> None:
        waits, only_one = self._waits, self._only_one
        self.wait_no_more()
        if not self._found.count():
            self.nobody.emit()
        elif waits and only_one and self._found.count() > 1:
            self.doubtful.emit(CHOOSE, "warning")
        elif waits:
            self.take_marked()

    def _tell_marked(self) -> None:
        """Those who hear the screen keep the keyboard in the line."""
        item = self._found.currentItem()
        self._line.setAccessibleDescription(item.text() if item else "")
