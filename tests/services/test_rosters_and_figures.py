"""Rosters, figures and due lists over the same people."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.due import DueList
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.statistics import Statistics

Save = Callable[..., int]


@pytest.fixture
def people(save: Save) -> dict[str, int]:
    """张三 with two levels, 李四 who left in 2020, 王五 with a certificate of unknown date, 赵六 with none."""
    found = {
        "张三": save("people", name="张三", township="昆阳", employer="示例站", phone="19900001234"),
        "李四": save("people", name="李四", status="left", status_on="2020-05"),
        "王五": save("people", name="王五"),
        "赵六": save("people", name="赵六"),
    }
    save("certificates", found["张三"], level="初级", certificate_number="AB15000001", approved_on="2015-06-20")
    save("certificates", found["张三"], level="中级", certificate_number="AB19000001", approved_on="2019-06-15")
    save("certificates", found["李四"], level="初级", certificate_number="AB15000002", approved_on="2015-06-20")
    save("certificates", found["王五"], level="高级", certificate_number="AB20000003")
    return found


@pytest.mark.parametrize(
    ("day", "certified"),
    [
        (date(2014, 1, 1), {"total": 0, "assistant": 0, "social_worker": 0, "senior": 0}),
        (date(2016, 1, 1), {"total": 2, "assistant": 2, "social_worker": 0, "senior": 0}),
        (date(2019, 12, 31), {"total": 2, "assistant": 1, "social_worker": 1, "senior": 0}),
        (date(2021, 1, 1), {"total": 1, "assistant": 0, "social_worker": 1, "senior": 0}),
    ],
)
def test_a_person_counts_once_at_the_highest_level(
    opened: OpenRegister, people: dict[str, int], day: date, certified: object
):
    figures = Statistics(opened).as_of(day)
    assert figures.certified == certified
    assert figures.undated == 1


def cells(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0]]


def test_the_certified_roster_is_as_of_a_day(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    exports = Exports(opened)
    assert exports.export("certified", tmp_path / "a.xlsx", as_of=date(2016, 1, 1)).rows == 2
    done = exports.export("certified", tmp_path / "a.xlsx", as_of=date(2021, 1, 1))
    table = cells(done.file)
    assert table[0][0] == "持证社会工作者名册"
    header = next(row for row in table if row[0] == "序号")
    record = dict(zip(header, table[table.index(header) + 1], strict=True))
    assert (record["姓名"], record["证书级别"], record["管理号"]) == ("张三", "社会工作师", "AB19000001")
    assert record["联系电话"] == "199****1234"


def test_the_certified_roster_has_a_person_once_whatever_the_order(
    opened: OpenRegister, people: dict[str, int], save: Save, tmp_path: Path
):
    """Certificates of one person lie apart; of two of the same level the later record stands."""
    save("certificates", people["赵六"], level="初级", certificate_number="AB18000001", approved_on="2018-06-20")
    save("certificates", people["张三"], level="中级", certificate_number="AB20000009", approved_on="2020-06-15")
    save("certificates", people["赵六"], level="高级", certificate_number="AB30000001", approved_on="2030-06-20")
    asked = Filter(sort="certificate_number", descending=True)
    [(_, rows)] = Exports(opened).sheets(
        "certified", asked=asked, as_of=date(2021, 1, 1), keys=("name", "certificate_number")
    )
    assert rows == [[1, "张三", "AB20000009"], [2, "赵六", "AB18000001"]]


def test_a_list_goes_out_as_it_is_shown(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    asked = Filter(where=(Condition("township", None, "empty"),), sort="name", descending=True)
    done = Exports(opened).export("people", tmp_path / "a.xlsx", asked=asked, keys=("name", "status"))
    table = cells(done.file)
    start = next(number for number, row in enumerate(table) if row[0] == "序号")
    assert table[start][:3] == ["序号", "姓名", "人员状态"]
    assert [row[1] for row in table[start + 1 : start + 4]] == ["赵六", "王五", "李四"]
    [(sheet, rows)] = Exports(opened).sheets("people", asked=asked, keys=("name", "status"))
    assert ([row[1] for row in rows], sheet.left_line) == (["赵六", "王五", "李四"], "填报单位：测试单位")


def test_a_failed_export_leaves_the_old_file(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        Exports(opened).export("certified", target, control=Stop())
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.xlsx"]


def test_full_numbers_are_logged_with_their_purpose(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    with pytest.raises(DomainError, match=r"export\.purpose_missing"):
        Exports(opened).export("people", tmp_path / "a.xlsx", full_numbers=True, purpose=" ")
    Exports(opened).export("people", tmp_path / "a.xlsx", full_numbers=True, purpose="报市局备案")
    with opened.database.read() as connection:
        logged = connection.exec_driver_sql("SELECT detail FROM changes WHERE action = 'export'").scalars().all()
    assert len(logged) == 1
    assert "用途：报市局备案" in logged[0]


def test_due_leaves_out_people_who_left(opened: OpenRegister, people: dict[str, int]):
    found = DueList(opened).on(date(2020, 6, 1))
    assert {(item.person, item.kind, item.due.isoformat(), item.overdue) for item in found} == {
        ("张三", "first_registration", "2016-06-20", True),
        ("张三", "first_registration", "2020-06-15", False),
    }


def test_attachments_come_back_after_an_undo(opened: OpenRegister, people: dict[str, int], tmp_path: Path):
    scan = tmp_path / "证书 扫描件.pdf"
    scan.write_bytes(b"%PDF-1.7 sample")
    attachments = Attachments(opened)
    attachments.add("people", people["张三"], scan)
    found = attachments.of("people", people["张三"])[0]
    assert attachments.content(found.id) == ("证书 扫描件.pdf", b"%PDF-1.7 sample")
    removed = attachments.remove(found.id)
    assert attachments.of("people", people["张三"]) == ()
    History(opened).undo(removed.change_id or 0)
    assert attachments.content(attachments.of("people", people["张三"])[0].id)[1] == b"%PDF-1.7 sample"
    assert b"%PDF" not in (opened.folder / "register.db").read_bytes()
