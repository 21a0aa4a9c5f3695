"""What is still to be said about somebody who signs up for a course: unit, phone, lodging, what to eat."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.courses import Place
from socialwork_app.domain.fields.training import PLACE_TAKEN_FIELDS
from socialwork_app.domain.masking import mask
from socialwork_app.domain.registers.catalogue import PEOPLE, TRAINING_SIGNUPS
from socialwork_app.services.courses import told
from socialwork_app.services.training_signup import Proposal
from socialwork_app.ui.forms.editors import HiddenLine
from socialwork_app.ui.screens.entry.details import Details, Fault, Told
from socialwork_app.ui.screens.entry.typing_line import TypingLine

LABELS = {field.key: field.label for field in (*PEOPLE.fields, *TRAINING_SIGNUPS.fields, *PLACE_TAKEN_FIELDS)}
PHONE = PEOPLE.field("phone")
TONE_OF = {Place.TAKEN: "good", Place.WAITING: "soon", Place.INVITED: "muted", Place.WITHDRAWN: "muted"}
SIGNED_UP_ALREADY = "已报名"
GOES_ON = "不重复报名。按回车继续录入下一人。"
NO_CERTIFICATE = "没有证书。"


@dataclass(frozen=True, slots=True)
class Given:
    employer: str
    phone: str
    lodging: bool
    dietary: str
    note: str

    def sign_up(self) -> dict[str, object]:
        """A box that is not ticked says nothing."""
        return {"lodging": "是" if self.lodging else None, "dietary": self.dietary, "note": self.note}

    def corrected(self, proposal: Proposal) -> dict[str, object]:
        """What was written otherwise than it stands with the person."""
        pairs = (("employer", proposal.employer, self.employer), ("phone", proposal.phone, self.phone))
        return {key: given for key, stands, given in pairs if given != stands}


class SignUpDetails(Details[Proposal, Given]):
    def __init__(self, levels: CodeList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = levels
        self.employer = TypingLine(LABELS["employer"])
        self.phone = HiddenLine(partial(mask, PHONE.kind))
        self.phone.setAccessibleName(PHONE.label)
        self.lodging = QCheckBox("住宿(&Z)")
        self.lodging.setAccessibleName(LABELS["lodging"])
        self.dietary = TypingLine(LABELS["dietary"])
        self.note = TypingLine(LABELS["note"])
        self.answer_at_once(self.lodging)
        self._lay_out()

    def _lay_out(self) -> None:
        self.form.addRow("单位(&U)", self.employer)
        self.form.addRow("电话(&H)", self.phone)
        self.form.addRow(LABELS["lodging"], self.lodging)
        self.form.addRow("饮食(&Y)", self.dietary)
        self.form.addRow("备注(&N)", self.note)
        for before, after in ((self.employer, self.phone), (self.phone, self.lodging), (self.lodging, self.dietary)):
            QWidget.setTabOrder(before, after)

    # what a proposal means

    def fill(self, proposal: Proposal) -> None:
        stood = proposal.stood.values if proposal.stood else {}
        self.employer.setText(proposal.employer)
        self.phone.set_whole_text(proposal.phone)
        self.lodging.setChecked(bool(stood.get("lodging")))
        self.dietary.setText(str(stood.get("dietary") or ""))
        self.note.setText(str(stood.get("note") or ""))

    def told(self, proposal: Proposal) -> Told:
        if proposal.stands:
            return Told(SIGNED_UP_ALREADY, "soon", f"{proposal.stands}{GOES_ON}")
        level = f"{self._levels.label(proposal.level)}。" if proposal.level else NO_CERTIFICATE
        formerly = f"原为{told(proposal.stood.standing)}。" if proposal.stood else ""
        tone = "soon" if proposal.clashes else TONE_OF[proposal.standing.place]
        return Told(told(proposal.standing), tone, f"{level}{formerly}{proposal.clashes}{proposal.odd}")

    def first_wanted(self, proposal: Proposal) -> QWidget:
        """What a person's record lacks, otherwise what is asked for this course alone."""
        return self.employer if not proposal.employer else self.phone if not proposal.phone else self.dietary

    # what stands

    def given(self) -> Given:
        return Given(self.employer.text().strip(), self.phone.whole_text().strip(), self.lodging.isChecked(),
                     self.dietary.text().strip(), self.note.text().strip())  # fmt: skip

    def find_fault(self, _proposal: Proposal, /) -> Fault | None:
        return None  # a course asks for nothing
