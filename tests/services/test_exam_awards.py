"""A checked pass list becomes certificates, and is held against the official one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exam_awards import Awards
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import LI, ZHANG, id_number

Save = Callable[..., int]
WANG = id_number("19880505", "998")
DAY = "2025-05-25"
KEYS = ("name", "level", "scope", "approved_on", "certificate_number")


@pytest.fixture
def entry(save: Save) -> Save:
    """Somebody with an entry of 2025; by default one that is passed."""

    def made(name: str, level: str = "中级", number: str | None = None, **values: object) -> int:
        person = save("people", name=name, id_number=number)
        scores = {"初级": ("comprehensive", "practice"), "高级": ("practice",)}
        passed = dict.fromkeys(scores.get(level, ("comprehensive", "policy", "practice")), 60)
        return save("exam_entries", person, **{"year": 2025, "level": level, **passed, **values})

    return made


def certificates(opened: OpenRegister) -> list[tuple[object, ...]]:
    rows = Records(opened, "certificates").first_rows(Filter(sort="name"), KEYS)
    return sorted(tuple(row.values.get(key) for key in KEYS) for row in rows)


def test_who_passed_gets_a_certificate_without_a_number(opened: OpenRegister, entry: Save):
    entry("张三")
    entry("李四", "初级")
    entry("王五", practice=59)
    entry("赵六", practice=None)
    awards = Awards(opened)
    done = awards.award(awards.waiting(2025), DAY)
    assert certificates(opened) == [
        ("张三", "social_worker", "national", DAY, None), ("李四", "assistant", "national", DAY, None)
    ]  # fmt: skip
    assert len(done.ids) == 2 and done.kinds == {"certificates"}
    assert awards.waiting(2025) == []


def test_the_same_list_twice_makes_no_second_certificate(opened: OpenRegister, entry: Save):
    entry("张三")
    awards = Awards(opened)
    waiting = awards.waiting(2025)
    awards.award(waiting, DAY)
    entry("李四")
    with pytest.raises(DomainError, match=r"exam\.nobody_to_award"):
        awards.award(waiting, DAY)
    assert len(awards.award([*waiting, *awards.waiting(2025)], DAY).ids) == 1
    assert [row[0] for row in certificates(opened)] == ["张三", "李四"]


def test_nobody_is_awarded_who_was_deleted_meanwhile(opened: OpenRegister, entry: Save):
    entry("张三")
    awards = Awards(opened)
    waiting = awards.waiting(2025)
    Records(opened, "people").delete([waiting[0].person_id])
    with pytest.raises(DomainError, match=r"exam\.nobody_to_award"):
        awards.award(waiting, DAY)
    with pytest.raises(DomainError, match=r"exam\.nobody_to_award"):
        awards.award([], DAY)


def test_a_pass_by_the_local_line_stays_local(opened: OpenRegister, entry: Save):
    entry("张三", scope="单独划线地区", comprehensive=58)
    entry("李四", scope="单独划线地区")
    entry("王五", comprehensive=58)
    awards = Awards(opened)
    awards.award(awards.waiting(2025), DAY)
    assert [row[:3] for row in certificates(opened)] == [
        ("张三", "social_worker", "local"), ("李四", "social_worker", "national")
    ]  # fmt: skip


def test_the_senior_level_waits_for_its_review_and_has_its_day(opened: OpenRegister, entry: Save, save: Save):
    for name, state in (("张三", "评审通过"), ("李四", "评审未通过"), ("王五", None)):
        made = entry(name, "高级")
        if state:
            save("senior_reviews", made, year=2025, state=state, decided_on="2025-12-20")
    awards = Awards(opened)
    awards.award(awards.waiting(2025), DAY)
    assert certificates(opened) == [("张三", "senior", "national", "2025-12-20", None)]


def test_an_undo_takes_the_certificates_back(opened: OpenRegister, entry: Save):
    entry("张三")
    awards = Awards(opened)
    done = awards.award(awards.waiting(2025), DAY)
    History(opened).undo(done.change_id or 0)
    assert certificates(opened) == []
    assert [one.name for one in awards.waiting(2025)] == ["张三"]


# the official list


@pytest.fixture
def official(tmp_path: Path):
    def write(*rows: tuple[object, ...]) -> Path:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.append(["2025年合格人员名单"])
        sheet.append(["序号", "姓名", "身份证号", "级别"])
        for number, row in enumerate(rows, start=1):
            sheet.append([number, *row])
        workbook.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return write


def found(opened: OpenRegister, path: Path, level: str = "") -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.what) for one in Awards(opened).reconcile(path, 2025, level)]


def test_the_same_people_differ_in_nothing(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    entry("李四", "初级")
    assert found(opened, official(("张三", ZHANG, "中级"), ("李四", None, "初级"))) == []


def test_missing_extra_and_different(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    entry("李四", number=LI)
    entry("钱七", practice=59, number=WANG)
    path = official(("张珊", ZHANG, "初级"), ("钱七", WANG, "中级"), ("外人", None, "中级"))
    assert set(found(opened, path)) == {
        ("different", "张三", "name"), ("different", "张三", "level"), ("missing", "钱七", ""), ("missing", "外人", ""),
        ("extra", "李四", ""),
    }  # fmt: skip
    given = {one.what: one.given for one in Awards(opened).reconcile(path, 2025) if one.kind == "different"}
    assert given == {"name": "张珊", "level": "assistant"}


def test_a_record_without_a_number_is_met_by_name(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三")
    assert found(opened, official(("张三", ZHANG, "中级"))) == [("different", "张三", "id_number")]
    assert ZHANG not in str(Awards(opened).reconcile(official(("张三", ZHANG, "中级")), 2025))


def test_another_number_is_another_person(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    assert found(opened, official(("张三", LI, "中级"))) == [("missing", "张三", ""), ("extra", "张三", "")]


def test_namesakes_take_one_row_each(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    entry("张三", number=LI)
    assert found(opened, official(("张三", None, "中级"), ("张三", ZHANG, "中级"))) == []
    assert found(opened, official(("张三", None, "中级"))) == [("extra", "张三", "")]
    assert found(opened, official(*[("张三", None, "中级")] * 3)) == [("missing", "张三", "")]


def test_with_a_level_other_levels_are_left_alone(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    entry("李四", "初级", number=LI)
    path = official(("张三", ZHANG, "中级"), ("赵六", None, "初级"))
    assert found(opened, path, "social_worker") == []
    assert found(opened, path, "assistant") == [("missing", "赵六", ""), ("extra", "李四", "")]


def test_a_list_that_hides_part_of_the_numbers(opened: OpenRegister, entry: Save, official: Callable[..., Path]):
    entry("张三", number=ZHANG)
    assert found(opened, official(("张三", f"{ZHANG[:6]}********{ZHANG[-4:]}", "中级"))) == []


def test_what_is_no_list_is_refused(opened: OpenRegister, tmp_path: Path):
    workbook = Workbook()
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(DomainError):
        Awards(opened).reconcile(tmp_path / "a.xlsx", 2025)
