"""The log as a list and as a workbook; whether it is whole."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from socialwork_app.domain.roles import Role
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.log import EVERYTHING, PAGE, Asked, Log, problem
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]


def lines(
    opened: OpenRegister, asked: Asked = EVERYTHING, keys: tuple[str, ...] = ("action", "records", "detail")
) -> list[Any]:
    return [tuple(row.values[key] for key in keys) for row in Log(opened).window(asked).rows(0, PAGE)]


def test_who_did_what_to_which_record(opened: OpenRegister, save: Save, tmp_path: Path):
    person = save("people", name="张三", employer="甲社")
    certificate = save("certificates", person, level="助理社会工作师", certificate_number="20250385312345678")
    Records(opened, "people").save(Draft({"position": "社工"}, id=person))
    (tmp_path / "530122199001019968.pdf").write_bytes(b"x")
    Attachments(opened).add("people", person, tmp_path / "530122199001019968.pdf")
    gone = Records(opened, "people").delete([person])
    Exports(opened).export("certified", tmp_path / "册.xlsx", full_numbers=True, purpose="上报 19900001234")
    assert lines(opened)[:6] == [
        ("导出", "", "持证社会工作者名册，0 行，完整号码，用途：上报 ***，册.xlsx"),
        ("删除", "人员 张三、证书与登记 张三 ***、附件 张三 ***.pdf", ""),
        ("新增", "附件 张三 ***.pdf", "***.pdf"),
        ("修改", "人员 张三", ""),
        ("新增", "证书与登记 张三 ***", ""),
        ("新增", "人员 张三、机构 甲社", ""),
    ]
    History(opened).undo(gone.change_id or 0)
    assert lines(opened)[0][::2] == ("撤销", f"第 {gone.change_id} 号改动")
    assert certificate


def test_it_is_filtered_by_period_person_and_action(opened: OpenRegister, save: Save, monkeypatch: pytest.MonkeyPatch):
    for day in (1, 2, 3):
        monkeypatch.setattr(clock, "now", lambda day=day: datetime(2031, 5, day, 23, 59).astimezone())
        opened.user = f"甲{day}"
        save("people", name=f"张{day}")
    monkeypatch.setattr(clock, "now", lambda: datetime(2031, 5, 3, 23, 59, 59).astimezone())
    Records(opened, "people").delete([1])
    of = lambda asked: lines(opened, asked, ("by", "action"))  # noqa: E731
    assert of(Asked(date(2031, 5, 2), date(2031, 5, 2))) == [("甲2", "新增")]
    assert of(Asked(since=date(2031, 5, 3))) == [("甲3", "删除"), ("甲3", "新增")]
    assert of(Asked(by="甲3", action="delete")) == [("甲3", "删除")]
    choices = Log(opened).choices()
    assert set(choices.people) == {"甲1", "甲2", "甲3", "管理员"}
    assert ("delete", "删除") in choices.actions


def test_pages_stay_in_step_with_each_other_while_work_goes_on(opened: OpenRegister, save: Save):
    for number in range(7):
        save("people", name=f"张{number}")
    window = Log(opened).window()
    first = [row.id for row in window.rows(0, 3)]
    save("people", name="李四")
    assert [row.id for row in window.rows(3, 3)] == [one - 3 for one in first]
    assert Log(opened).window().total == window.total + 1


def test_a_period_goes_out_as_a_workbook_and_that_is_logged(
    opened: OpenRegister, save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    late = datetime(2031, 5, 1, 9).astimezone()
    monkeypatch.setattr(clock, "now", lambda: late)
    for number in range(PAGE + 3):
        save("people", name=f"张{number}")
    monkeypatch.setattr(clock, "now", lambda: late + timedelta(days=1))
    done = Log(opened).export(tmp_path / "日志.xlsx", Asked(date(2031, 5, 1), date(2031, 5, 1)))
    assert done.rows == PAGE + 3
    cells = list(openpyxl.load_workbook(tmp_path / "日志.xlsx").worksheets[0].values)
    at = next(number for number, row in enumerate(cells) if row[0] == "编号")
    assert cells[at + 1][1:5] == ("2031-05-01 09:00:00", "管理员", "新增", "人员 张0")
    assert cells[at + PAGE + 3][4] == f"人员 张{PAGE + 2}"
    assert any("末次封存" in str(cell) for row in cells[at + PAGE + 4 :] for cell in row)
    assert lines(opened)[0] == ("导出", "", f"2031-05-01 至 2031-05-01，{PAGE + 3} 行，日志.xlsx")


def test_who_may_not_see_the_log_is_refused_and_the_auditor_sees_all_of_it(
    opened: OpenRegister, save: Save, tmp_path: Path
):
    person = save("people", name="张三")
    save("certificates", person, level="助理社会工作师")
    opened.role = Role.AUDITOR
    assert ("新增", "人员 张三", "") in lines(opened)
    assert Log(opened).verify() == "ok"
    assert Log(opened).export(tmp_path / "日志.xlsx").rows > 0
    for role in (Role.EDITOR, Role.REVIEWER):
        opened.role = role
        with pytest.raises(DomainError, match=r"role\.refused"):
            Log(opened)


def test_a_log_that_was_tampered_with_is_a_finding_that_says_where(opened: OpenRegister, save: Save):
    save("people", name="张三")
    assert Quality(opened).log() == "ok"
    with opened.file.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER changes_no_UPDATE")
        connection.exec_driver_sql("UPDATE changes SET by = '别人' WHERE id = 2")
        connection.commit()
    assert "第 2 至 2 号改动" in problem(opened) and "别人" in problem(opened)
    with opened.file.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO changes (at, by, action) VALUES ('2031-01-01T00:00:00+00:00', '别人', 'x')"
        )
        connection.commit()
    assert "共 2 处不符" in problem(opened)
