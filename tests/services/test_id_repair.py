"""Numbers that lost their end: another list proposes, only what was accepted is written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from socialwork_app.domain import id_number
from socialwork_app.domain.roles import Role
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.history import History
from socialwork_app.services.id_repair import SAME, UPGRADED, IdRepair
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import LI, ZHANG, write

Save = Callable[..., int]
HEADERS = ("姓名", "身份证号")
LOST = ZHANG[:15] + "000"
OLD = LI[:6] + LI[8:17]


@pytest.fixture
def damaged(save: Save) -> tuple[int, int]:
    """Somebody whose number lost its end, somebody with 15 digits."""
    save("people", name="王五", id_type="护照", id_number="E99600000")
    lost = save("people", name="张三", id_type="其他", id_number=LOST)
    return lost, save("people", name="李四", id_type="其他", id_number=OLD)


def number(opened: OpenRegister, person: int) -> object:
    return Records(opened, "people").record(person).values["id_number"]


def test_another_list_proposes_and_nothing_is_written(opened: OpenRegister, damaged: tuple[int, int], tmp_path: Path):
    other = id_number.checksum(ZHANG[:15] + "12")
    listed = write(tmp_path / "公安.xlsx", [["张三", ZHANG], ["张三", LI], ["张四", ZHANG[:15] + "12" + other],
                                          ["李四", float(LI[:17])]], HEADERS)  # fmt: skip
    found = IdRepair(opened).proposals(listed)
    assert [(one.person_id, one.number) for one in found] == [(damaged[0], ZHANG), (damaged[1], LI)]
    assert found[0].source == "公安.xlsx Sheet 第 4 行" and found[1].source == UPGRADED
    assert [number(opened, person) for person in damaged] == [LOST, OLD]


def test_without_a_list_only_old_numbers_have_a_proposal(opened: OpenRegister, damaged: tuple[int, int]):
    found = IdRepair(opened).proposals()
    assert [(one.number, one.acceptable) for one in found] == [("", False), (LI, True)]


def test_what_is_accepted_is_written_with_what_the_number_says_and_can_be_undone(
    opened: OpenRegister, damaged: tuple[int, int], tmp_path: Path
):
    listed = write(tmp_path / "公安.xlsx", [["张三", ZHANG]], HEADERS)
    first, second = IdRepair(opened).proposals(listed)
    done = IdRepair(opened).accept([first])
    now = Records(opened, "people").record(damaged[0]).values
    assert (now["id_number"], now["id_type"], now["birth_date"]) == (ZHANG, "居民身份证", id_number.birth_date(ZHANG))
    assert number(opened, damaged[1]) == OLD
    assert IdRepair(opened).proposals(listed) == (second,)
    assert done.change_id is not None
    History(opened).undo(done.change_id)
    assert number(opened, damaged[0]) == LOST


def test_a_number_of_somebody_else_is_told_and_refused(
    opened: OpenRegister, save: Save, damaged: tuple[int, int], tmp_path: Path
):
    holder = save("people", name="张三", id_number=ZHANG)
    listed = write(tmp_path / "公安.xlsx", [["张三", ZHANG]], HEADERS)
    found = IdRepair(opened).proposals(listed)[0]
    assert (found.holder, found.acceptable) == (holder, False)
    assert found.source == f"公安.xlsx Sheet 第 4 行；已登记在编号 {holder} 名下，若是同一人请合并"
    assert IdRepair(opened).proposals()[0].source.startswith("本登记册；")
    with pytest.raises(DomainError) as refused:
        IdRepair(opened).accept([found])
    assert refused.value.code == "repair.taken"


def test_a_cell_of_an_import_is_compared_with_the_register(opened: OpenRegister, save: Save):
    save("people", name="张三", id_number=ZHANG)
    save("people", name="张三")
    save("people", name="李四", id_number=LI)
    for text in (LOST, str(int(float(ZHANG[:15] + "123")))):
        assert IdRepair(opened).known("张三", text) == (ZHANG,)
    for name, text in (("张三", ""), ("张三", LI), ("李四", LOST), ("张三", OLD)):
        assert IdRepair(opened).known(name, text) == ()


def test_a_list_that_contradicts_itself_proposes_both(opened: OpenRegister, damaged: tuple[int, int], tmp_path: Path):
    body = ZHANG[:15] + "12"
    other = body + id_number.checksum(body)
    listed = write(tmp_path / "公安.xlsx", [["张三", ZHANG], ["张三", other], ["张三", ZHANG]], HEADERS)
    found = IdRepair(opened).proposals(listed)
    assert {one.number for one in found if one.person_id == damaged[0]} == {ZHANG, other}


def test_a_number_that_ends_so_rightly_is_confirmed_by_the_list(opened: OpenRegister, save: Save, tmp_path: Path):
    right = next(
        number
        for day in range(10, 29)
        for order in ("100", "200", "300", "400", "500")
        if (number := f"530122199003{day}{order}" + id_number.checksum(f"530122199003{day}{order}")).endswith("000")
    )
    save("people", name="张三", id_number=right)
    (found,) = IdRepair(opened).proposals(write(tmp_path / "公安.xlsx", [["张三", right]], HEADERS))
    assert (found.source, found.acceptable) == (SAME, False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"stands": ZHANG[:14] + "1000"}, "repair.changed"),
        ({"number": LI}, "repair.not_proposed"),
        ({"number": ZHANG[:17] + "?"}, "id_number.characters"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_of_the_rest_is_written(
    opened: OpenRegister, damaged: tuple[int, int], changed: dict[str, str], code: str
):
    lost, old = IdRepair(opened).proposals()
    with pytest.raises(DomainError) as refused:
        IdRepair(opened).accept([old, replace(replace(lost, number=ZHANG), **changed)])
    assert refused.value.code == code
    assert [number(opened, person) for person in damaged] == [LOST, OLD]


def test_accepting_takes_the_right_to_decide(opened: OpenRegister, damaged: tuple[int, int]):
    opened.role = Role.EDITOR
    with pytest.raises(DomainError) as refused:
        IdRepair(opened).accept([one for one in IdRepair(opened).proposals() if one.acceptable])
    assert refused.value.code == "role.refused"
