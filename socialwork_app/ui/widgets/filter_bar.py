"""The combos over a list, one for each field that the register declares as a filter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.filters import Condition

Entries = Sequence[tuple[Value, str]]
"""Stored value and what is read for it."""

UNFILLED = "（未填）"
FRAME = 42
"""Pixels of a combo beside its text."""


class FilterBar(QWidget):
    changed = Signal()

    def __init__(
        self, fields: Sequence[Field], entries: Callable[[Field], Entries], parent: QWidget | None = None
    ) -> None:
        """`entries` gives the choices of code fields; those of references come later by `offer`."""
        super().__init__(parent)
        self._combos: dict[str, QComboBox] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for field in fields:
            combo = self._combos[field.key] = _combo(field)
            layout.addWidget(combo)
            _fill(combo, field, () if field.kind is Kind.REFERENCE else entries(field))
            combo.currentIndexChanged.connect(self.changed)
        self._fields = {field.key: field for field in fields}

    def offer(self, key: str, entries: Entries) -> None:
        """Other choices for a field; what is chosen stays chosen where it is still offered."""
        combo = self._combos[key]
        chosen = combo.currentData()
        combo.blockSignals(True)
        _fill(combo, self._fields[key], entries)
        combo.setCurrentIndex(max(0, _index_of(combo, chosen)))
        combo.blockSignals(False)
        if combo.currentData() != chosen:
            self.changed.emit()

    def conditions(self) -> tuple[Condition, ...]:
        chosen = (combo.currentData() for combo in self._combos.values())
        return tuple(condition for condition in chosen if condition is not None)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Set all combos at once; says `changed` once."""
        wanted = {condition.field: condition for condition in conditions}
        for key, combo in self._combos.items():
            combo.blockSignals(True)
            combo.setCurrentIndex(max(0, _index_of(combo, wanted.get(key))))
            combo.blockSignals(False)
        self.changed.emit()


def _combo(field: Field) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(f"按{field.label}筛选")
    combo.setToolTip(field.label)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumWidth(combo.fontMetrics().horizontalAdvance(_any(field)) + FRAME)
    combo.setMaxVisibleItems(20)
    return combo


def _any(field: Field) -> str:
    return f"{field.label}不限"


def _fill(combo: QComboBox, field: Field, entries: Entries) -> None:
    combo.clear()
    combo.addItem(_any(field), None)
    for value, label in entries:
        combo.addItem(label, Condition(field.key, value))
    combo.addItem(UNFILLED, Condition(field.key, None, "empty"))
    view = combo.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 32)


def _index_of(combo: QComboBox, condition: Condition | None) -> int:
    """findData compares Python objects by identity."""
    return next((at for at in range(combo.count()) if combo.itemData(at) == condition), -1)
