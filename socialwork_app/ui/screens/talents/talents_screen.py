"""Outstanding talents: who holds which title, how the years were graded, and what the schemes lay down."""

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.registers.catalogue import APPRAISALS, TALENTS
from socialwork_app.ui.screens.factory import TALENT_CONTACTS, TALENT_SETTINGS, Workplace
from socialwork_app.ui.screens.tabs import Tab, TabbedScreen, TabsWithin, records_of

CONTACTS, SETTINGS = "联系服务", "项目与设置"


def _titles(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.titles_tab import TitlesTab

    return TitlesTab(at)


def _selection(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.selection_tab import SelectionTab

    return SelectionTab(at)


def _contacts(at: Workplace) -> QWidget:
    lists = [(register.title, records_of(register.key)) for register in TALENT_CONTACTS]
    return TabsWithin(CONTACTS, [("联系情况", _contact_page), *lists], at)


def _contact_page(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.contacts_tab import ContactsTab

    return ContactsTab(at)


def _overview(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.overview_tab import OverviewTab

    return OverviewTab(at)


def _settings(at: Workplace) -> QWidget:
    return TabsWithin(SETTINGS, [(register.title, records_of(register.key)) for register in TALENT_SETTINGS], at)


def _appraisal(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.appraisal_tab import AppraisalTab

    return AppraisalTab(at)


TABS: tuple[Tab, ...] = (
    (TALENTS.title, _titles),
    ("评选", _selection),
    ("考核评分", _appraisal),
    (APPRAISALS.title, records_of(APPRAISALS.key)),
    (CONTACTS, _contacts),
    ("总览", _overview),
    (SETTINGS, _settings),
)


class TalentsScreen(TabbedScreen):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        within = {register.key: SETTINGS for register in TALENT_SETTINGS}
        within |= {register.key: CONTACTS for register in TALENT_CONTACTS}
        super().__init__("优秀人才", TABS, at, parent, within)
