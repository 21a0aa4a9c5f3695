"""Which forms there are: those delivered with the program, and those of the superior offices that the officer has added.

The file of an added form is the newest .xlsx or .docx that hangs on its record, so that it goes with the register and into
its backups; what is filled into which cell is kept beside it. Next year only the file is replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socialwork_app.domain.forms import NameBook
from socialwork_app.excel import document_text, documents, forms
from socialwork_app.excel.form_sheet import place, reference
from socialwork_app.excel.forms import FormSheet
from socialwork_app.foundation import atomic, paths
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows as stored
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services import attachments
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister

KIND, CELLS, OWNER = "talent_forms", "form_cells", "talent_form_id"
SHEET, DOCUMENT = ".xlsx", ".docx"
DELIVERED = {"appraisal.docx": "年度考核表（Word）", "appraisal.xlsx": "年度考核表（Excel）"}
"""Files in resources/forms: plain ones, no office's own."""
Cells = Mapping[tuple[str, str], str]
"""What is filled in, a name or a text with {{名称}}, by sheet, "" for the first one, and cell."""


@dataclass(frozen=True, slots=True)
class Form:
    """`id` None: delivered with the program. `file`: the name of its file, "" where it has none yet."""

    id: int | None
    title: str
    file: str
    scheme: int | None = None

    @property
    def suffix(self) -> str:
        return Path(self.file).suffix.lower()

    @property
    def is_sheet(self) -> bool:
        return self.suffix == SHEET


class FormFiles:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._attachments = Attachments(opened)

    def all(self) -> tuple[Form, ...]:
        """The own ones first."""
        with self.opened.database.read() as connection:
            found = rows_where(connection, self.opened.schema, KIND, {})
        own = [Form(row["id"], row["title"], self._file(row["id"])[1], row["scheme"]) for row in found]
        return (*own, *(Form(None, title, file) for file, title in DELIVERED.items()))

    def find(self, word: str) -> Form:
        """By title, row id or the file's name of a delivered one."""
        known = self.all()
        for form in known:
            if word in (form.title, str(form.id) if form.id else form.file):
                return form
        raise DomainError("form.unknown", form=word, known="、".join(form.title for form in known))

    def content(self, form: Form) -> bytes:
        if form.id is None:
            return (paths.resources() / "forms" / form.file).read_bytes()
        attachment, _ = self._file(form.id)
        if not attachment:
            raise DomainError("form.no_file", title=form.title)
        return self._attachments.content(attachment)[1]

    def sheets(self, form: Form) -> tuple[FormSheet, ...]:
        """What an .xlsx shows, for cells to be chosen."""
        return forms.sheets(self.content(form))

    def export(self, form: Form, target: Path) -> None:
        atomic.write_bytes(target, self.content(form))

    def add(self, title: str, path: Path, scheme: int | None = None) -> tuple[Form, Changes]:
        """Raises DomainError where the file can't serve as a form."""
        data = _checked(path)
        with self.opened.change("save", KIND, title) as change:
            if stored.find_ids(change.connection, self.opened.schema, KIND, {"title": title}):
                raise DomainError("form.title_taken", title=title)
            made = change.insert(KIND, {"title": title, "scheme": scheme})
            self._attachments.attach(change, (KIND, made), path.name, data)
            change.commit()
        changes = Changes(frozenset({KIND, attachments.KIND}), frozenset({made}), change.change_id)
        return Form(made, title, path.name, scheme), changes

    def replace(self, form: Form, path: Path) -> Changes:
        """Another file for an own form; the cells stay as they are."""
        data = _checked(path)
        with self.opened.change("save", KIND, form.title) as change:
            if form.id is None:
                raise DomainError("form.unknown", form=form.title, known="")
            self._attachments.attach(change, (KIND, form.id), path.name, data)
            change.commit()
        return Changes(frozenset({KIND, attachments.KIND}), frozenset({form.id}), change.change_id)

    def _file(self, form: int) -> tuple[int, str]:
        """The newest one's attachment and name; 0 where there is none."""
        hanging = self._attachments.of(KIND, form)
        fit = [(str(row.values["added_on"]), row.id, str(row.values["file_name"])) for row in hanging
               if Path(str(row.values["file_name"])).suffix.lower() in (SHEET, DOCUMENT)]  # fmt: skip
        return max(fit)[1:] if fit else (0, "")

    # which cells

    def cells(self, form: Form) -> Cells:
        if form.id is None:
            return {}
        return {(row["sheet"] or "", row["cell"]): row["value"] for row in self._cell_rows(form.id)}

    def save_cells(self, form: Form, cells: Cells, book: NameBook) -> Changes:
        """These and no others; DomainError for a name that is none."""
        if form.id is None or not form.is_sheet:
            raise DomainError("form.cells_of_word")
        for value in cells.values():
            for name in names_of(value):
                if book.meaning(name) is None:
                    raise DomainError("form.name_unknown", title=form.title, name=name)
        wanted = {(sheet, reference(*place(cell))): value for (sheet, cell), value in cells.items()}
        with self.opened.change("save", CELLS, form.title) as change:
            for row in self._cell_rows(form.id):
                if wanted.get((row["sheet"] or "", row["cell"])) == row["value"]:
                    del wanted[row["sheet"] or "", row["cell"]]
                else:
                    change.delete(CELLS, row["id"])
            for (sheet, cell), value in wanted.items():
                change.insert(CELLS, {OWNER: form.id, "sheet": sheet or None, "cell": cell, "value": value})
            change.commit()
        return Changes(frozenset({CELLS}), frozenset(), change.change_id)

    def _cell_rows(self, form: int) -> list[dict[str, Any]]:
        with self.opened.database.read() as connection:
            return rows_where(connection, self.opened.schema, CELLS, {OWNER: [form]})


def names_of(value: str) -> list[str]:
    """What is filled into a cell names these: a text with {{名称}}, else one name."""
    return document_text.names_in(value) or [value]


def names_in_file(form: Form, template: bytes) -> tuple[str, ...]:
    """The {{名称}} that stand in the form itself."""
    return forms.names(template) if form.is_sheet else documents.names(template).all


def _checked(path: Path) -> bytes:
    if path.suffix.lower() not in (SHEET, DOCUMENT):
        raise DomainError("form.other_kind")
    data = attachments.read(path)
    names_in_file(Form(None, path.stem, path.name), data)
    return data
