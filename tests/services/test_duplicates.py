"""Pairs that may be one person: found by the file, the likeliest first, each decided once."""

from collections.abc import Callable

import pytest

from socialwork_app.domain import id_number
from socialwork_app.domain.roles import Role
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence import duplicates
from socialwork_app.services.duplicates import Duplicates
from socialwork_app.services.history import History
from socialwork_app.services.merging import Merging
from socialwork_app.services.opened import OpenRegister

Save = Callable[..., int]
BODY = "53011519900101996"
UNIT = "甲站"


def numbered(body: str) -> str:
    return body + id_number.checksum(body)


def pairs(opened: OpenRegister) -> list[tuple[int, int]]:
    return [(one.one, one.other) for one in Duplicates(opened).suggested().pairs]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"birth_date": "1990-01-01"}, {"name": "章小红", "birth_date": "1990-01-01"}, "姓名同音，出生日期相同"),
        ({"birth_date": "1990-01", "employer": UNIT}, {"birth_date": "1990-01-01", "employer": UNIT},
         "姓名相同，出生年月相合，单位相同"),
        ({"employer": UNIT}, {"employer": UNIT, "id_number": numbered(BODY)}, "姓名相同，单位相同"),
        ({"phone": "19900000001"}, {"phone": "19900000002、19900000001"}, "姓名相同，电话相同"),
        ({"name": "张小江", "employer": UNIT, "birth_date": "1990-01-01"},
         {"employer": UNIT, "id_number": numbered(BODY)}, "姓名差一字，出生日期相同，单位相同"),
        ({"id_number": numbered(BODY)}, {"id_number": numbered("53011519900111996")},
         "身份证号只差一位，姓名相同，出生日期不同"),
        ({"id_number": numbered(BODY)}, {"id_number": numbered("53011519900101969")},
         "身份证号有相邻两位颠倒，姓名相同，出生日期相同"),
        ({"id_number": numbered(BODY)}, {"name": "李四", "id_type": "其他", "id_number": BODY[:6] + BODY[8:]},
         "身份证号相同，姓名不同"),
        ({"id_number": numbered(BODY)}, {"id_type": "其他", "id_number": BODY[:15] + "000"},
         "身份证号前15位相同，一个末三位为000，姓名相同"),
    ],
)  # fmt: skip
def test_what_two_records_share_brings_them_together(
    opened: OpenRegister, save: Save, one: dict[str, str], other: dict[str, str], reason: str
):
    first, second = (save("people", **{"name": "张小红", **given}) for given in (one, other))
    save("people", name="王五", birth_date="1970-05-05", employer="乙站", phone="19900000009")
    found = Duplicates(opened).suggested()
    assert [(pair.one, pair.other) for pair in found.pairs] == [(first, second)]
    assert found.pairs[0].reasons.startswith(reason) and found.total == 1
    assert Duplicates(opened).between(second, first).words() == found.pairs[0].reasons


def test_the_likeliest_pair_comes_first(opened: OpenRegister, save: Save):
    weak = [save("people", name="李小红", employer=UNIT) for _ in range(2)]
    strong = [save("people", name="张小红", phone="19900000001", birth_date="1990-01-01") for _ in range(2)]
    assert pairs(opened) == [tuple(strong), tuple(weak)]


def test_two_people_are_said_to_be_two_once_and_that_can_be_taken_back(opened: OpenRegister, save: Save):
    one, other = (save("people", name="张小红", phone="19900000001") for _ in range(2))
    said = Duplicates(opened).not_same(other, one)
    assert pairs(opened) == []
    (apart,) = Duplicates(opened).apart()
    assert (apart.one, apart.other, apart.change_id) == (one, other, said.change_id)
    History(opened).undo(apart.change_id)
    assert pairs(opened) == [(one, other)] and Duplicates(opened).apart() == ()
    Duplicates(opened).not_same(one, other)
    assert pairs(opened) == []


def test_who_was_merged_is_suggested_no_more_and_again_after_an_undo(opened: OpenRegister, save: Save):
    one, other = (save("people", name="张小红", phone="19900000001") for _ in range(2))
    merged = Merging(opened).merge(one, other)
    assert pairs(opened) == []
    assert merged.change_id is not None
    History(opened).undo(merged.change_id)
    assert pairs(opened) == [(one, other)]


def test_a_decision_takes_the_right_to_decide(opened: OpenRegister, save: Save):
    one, other = (save("people", name="张小红", phone="19900000001") for _ in range(2))
    opened.role = Role.EDITOR
    with pytest.raises(DomainError) as refused:
        Duplicates(opened).not_same(one, other)
    assert refused.value.code == "role.refused"
    opened.role = Role.REVIEWER
    with pytest.raises(DomainError) as refused:
        Duplicates(opened).not_same(one, one)
    assert refused.value.code == "merge.two_needed"


def test_what_too_many_share_tells_nothing(opened: OpenRegister, save: Save, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(duplicates, "MOST_IN_COMMON", 2)
    for _ in range(3):
        save("people", name="张小红", phone="19900000001")
    assert pairs(opened) == []


def test_the_search_can_be_stopped(opened: OpenRegister, save: Save):
    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if done:
                raise Cancelled

    save("people", name="张小红", phone="19900000001")
    with pytest.raises(Cancelled):
        Duplicates(opened).suggested(Stop())
