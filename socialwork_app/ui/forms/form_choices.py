"""What the references of a form can point to, and how one reference narrows another."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from socialwork_app.domain.fields.field import Kind
from socialwork_app.services.records import Records
from socialwork_app.services.references import Choice
from socialwork_app.ui.forms.combo_editors import ReferenceEditor
from socialwork_app.ui.forms.editor import Editor
from socialwork_app.ui.job_bridge import JobBridge

TOWNSHIP, COMMUNITY = "township", "community"

Choices = dict[str, tuple[Choice, ...]]


class FormChoices(QObject):
    def __init__(self, records: Records, editors: Mapping[str, Editor], bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._records = records
        self._bridge = bridge
        self._editors = {key: editor for key, editor in editors.items() if isinstance(editor, ReferenceEditor)}
        self._labels: dict[tuple[str, int], str] = {}
        self._owners: dict[int, int | None] = {}

    def load(self) -> None:
        records = self._records
        fields = [field for field in records.register.fields if field.kind is Kind.REFERENCE]
        if fields:
            self._bridge.run(lambda _control: {f.key: records.choices(f) for f in fields}, self._offer)

    def label(self, key: str, row_id: int) -> str:
        return self._labels.get((key, row_id), "")

    def narrow(self) -> None:
        """Communities offered are those of the chosen township."""
        if COMMUNITY in self._editors:
            township = self._editors[TOWNSHIP].raw()
            self._editors[COMMUNITY].offer_within(township if isinstance(township, int) else None)

    def follow(self, key: str) -> set[str]:
        """After `key` was edited: empty what can't go with it any more, and say which fields that were."""
        if key != TOWNSHIP or COMMUNITY not in self._editors:
            return set()
        left = self._other_township()
        if left:
            self._editors[COMMUNITY].set(None, "")
        self.narrow()
        return {COMMUNITY} if left else set()

    def _other_township(self) -> bool:
        """True where the chosen community is not of the chosen township."""
        township, community = self._editors[TOWNSHIP].raw(), self._editors[COMMUNITY].raw()
        if not isinstance(township, int) or not isinstance(community, int):
            return False
        return self._owners.get(community) != township

    def _offer(self, choices: Choices) -> None:
        names = {choice.id: choice.label for choice in choices.get(TOWNSHIP, ())}
        self._owners = {choice.id: choice.owner for choice in choices.get(COMMUNITY, ())}
        for key, offered in choices.items():
            self._labels.update({(key, choice.id): choice.label for choice in offered})
            self._editors[key].offer(offered, names)
        self.narrow()
