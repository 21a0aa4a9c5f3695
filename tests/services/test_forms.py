"""Forms about a person with real records: what each name says, rows of lists, masked numbers, files that are replaced."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import load_workbook

from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence.transaction import rows_of
from socialwork_app.services.appraisal_scoring import set_score
from socialwork_app.services.form_files import Form, FormFiles
from socialwork_app.services.forms import Filled, Forms
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from tests.excel.documents import document, packed
from tests.excel.form_books import form, picture
from tests.services.appraising import Scheme, make_scheme
from tests.services.people_workbook import ZHANG

Save = Callable[..., int]
YEAR = 2026
PHONE = "19900001234"


@pytest.fixture
def scheme(opened: OpenRegister, save: Save, monkeypatch: pytest.MonkeyPatch) -> Scheme:
    monkeypatch.setattr(clock, "today", lambda: date(YEAR, 12, 20))
    return make_scheme(opened, save)


@pytest.fixture
def zhang(scheme: Scheme, save: Save) -> int:
    """Scored this year, 合格 in the years before; a degree and a leader."""
    person = {"id_number": ZHANG, "phone": PHONE, "employer": "甲站", "position": "主任", "education": "大学本科"}
    row = scheme.holder("张三", person=person)
    for year in (YEAR - 2, YEAR - 1):
        scheme.graded(row, year, "合格")
    made = save("appraisals", row, scheme=scheme.id, year=YEAR, grade="优秀", self_report="走访入户。\n完成个案12例。")
    for item, points in (("职业道德", "18"), ("工作实绩", "36.5")):
        set_score(scheme.opened, made, "评委甲", item, points)
    save("educations", row, study_mode="全日制", education="大学本科", school="示例大学", graduated_on="2010-07-01")
    save("learning", row, title="小组工作", hours="8", **{"from": f"{YEAR}-05-08", "to": f"{YEAR}-05-08"})
    save("learning", row, title="往年的班", hours="20", **{"from": "2025-05-08", "to": "2025-05-08"})
    save("leader_contacts", row, leader=save("leaders", name="示例领导", post="示例职务"), **{"from": "2024-07-01"})
    return row


@pytest.fixture
def add(opened: OpenRegister, tmp_path: Path) -> Callable[..., Form]:
    def added(data: bytes, title: str = "上级考核表", suffix: str = ".docx") -> Form:
        path = tmp_path / f"来件{suffix}"
        path.write_bytes(data)
        return FormFiles(opened).add(title, path)[0]

    return added


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def said(opened: OpenRegister, form: Form, person: int, target: Path, purpose: str = "", year: int = YEAR) -> Filled:
    return Forms(opened, form, year).fill(person, target, purpose)


NAMES = {
    "姓名": "张三", "单位": "甲站", "工作单位及职务": "甲站 主任", "考核年度": "2026", "人才项目": "优秀人才",
    "考核等次": "优秀", "得分合计": "90.83", "满分合计": "100", "职业道德": "18", "单项得分：工作实绩": "36.5",
    "专业能力": "", "管理期": "2024年6月至2027年5月", "联系领导": "示例领导", "本年培训学时": "8",
    "历年考核": "2024  合格\n2025  合格\n2026  优秀  90.83", "学历经历": "2010年7月  示例大学  大学本科",
    "本人述职": "走访入户。\n完成个案12例。", "填报单位": "测试单位", "填报日期": "2026年12月20日",
}  # fmt: skip


def test_each_name_says_what_is_so(opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path):
    template = add(document(*(f"{{{{{name}}}}}" for name in NAMES)))
    filled = said(opened, template, zhang, tmp_path / "张三.docx")
    assert dict(zip(NAMES, lines(tmp_path / "张三.docx"), strict=True)) == NAMES
    assert filled.blank == ("专业能力",)


def test_a_past_year_says_what_was_known_then(
    opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    template = add(document("{{年度}}", "{{考核等次}}", "{{历年考核}}", "{{填报日期}}", "{{本年培训学时}}"))
    said(opened, template, zhang, tmp_path / "x.docx", year=2025)
    assert lines(tmp_path / "x.docx") == ["2025", "合格", "2024  合格\n2025  合格", "2025年12月31日", "20"]


def test_rows_of_several_lists_in_a_document_with_a_picture(
    opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    made = Document(BytesIO(document("{{姓名}}", table=[
        ["{{历年考核：考核年度}}", "{{历年考核：考核等次}}"], ["{{指标得分：考核指标}}", "{{指标得分：得分}}"],
        ["{{工作经历：岗位}}", "经历"],
    ])))  # fmt: skip
    made.add_picture(BytesIO(picture()), width=Cm(2))
    said(opened, add(packed(made)), zhang, tmp_path / "x.docx")
    filled = Document(str(tmp_path / "x.docx"))
    assert len(filled.inline_shapes) == 1
    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [
        ["2024", "合格"], ["2025", "合格"], ["2026", "优秀"],
        ["职业道德", "18"], ["专业能力", ""], ["工作实绩", "36.5"], ["示范带动", ""], ["继续教育", ""],
        ["", "经历"],
    ]  # fmt: skip


def test_cells_of_a_workbook_are_kept_when_its_file_is_replaced(
    opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    own = add(form(), suffix=".xlsx")
    files, target = FormFiles(opened), tmp_path / "张三.xlsx"
    cells = {("", "B2"): "姓名", ("", "b3"): "{{单位}}（{{职务}}）", ("", "D5"): "职业道德", ("", "D6"): "工作实绩"}
    files.save_cells(own, cells, Forms(opened, own, YEAR).book)
    (tmp_path / "明年.xlsx").write_bytes(form("{{年度}}年的新表", sheet="2027考核表"))
    files.replace(own, tmp_path / "明年.xlsx")
    own = files.find("上级考核表")
    assert own.file == "明年.xlsx"
    said(opened, own, zhang, target)
    sheet = load_workbook(target).worksheets[0]
    assert [sheet[cell].value for cell in ("A1", "B2", "B3", "D5", "D6")] == [
        "2026年的新表", "张三", "甲站（主任）", 18, 36.5,
    ]  # fmt: skip


def test_cells_are_saved_as_what_changed_and_taken_back(opened: OpenRegister, zhang: int, add: Callable[..., Form]):
    from socialwork_app.services.history import History

    own, files = add(form(), suffix=".xlsx"), FormFiles(opened)
    book = Forms(opened, own, YEAR).book
    files.save_cells(own, {("", "B2"): "姓名", ("", "B3"): "单位"}, book)
    changes = files.save_cells(own, {("", "B3"): "单位", ("说明", "A9"): "性别"}, book)
    assert files.cells(own) == {("", "B3"): "单位", ("说明", "A9"): "性别"}
    assert changes.change_id is not None
    History(opened).undo(changes.change_id)
    assert files.cells(own) == {("", "B2"): "姓名", ("", "B3"): "单位"}
    with pytest.raises(DomainError) as refused:
        files.save_cells(own, {("", "B2"): "学费"}, book)
    assert (refused.value.code, refused.value.values["name"]) == ("form.name_unknown", "学费")


def test_numbers_are_masked_without_a_purpose_and_logged_with_one(
    opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    template, target = add(document("{{身份证号}}", "{{联系电话}}")), tmp_path / "x.docx"
    said(opened, template, zhang, target)
    assert ZHANG not in "".join(lines(target))
    assert lines(target)[1] == "199****1234"
    said(opened, template, zhang, target, "报市局")
    assert lines(target) == [ZHANG, PHONE]
    with opened.database.read() as connection:
        logged = [row["detail"] for row in rows_of(connection, opened.schema.changes.select())
                  if row["action"] == "export"]  # fmt: skip
    assert logged == ["上级考核表，x.docx，号码已遮盖", "上级考核表，x.docx，完整号码，用途：报市局"]


def test_an_unknown_name_is_told_and_nothing_is_written(
    opened: OpenRegister, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    template = add(document("{{姓名}}{{学费}}"))
    assert [one.name for one in Forms(opened, template, YEAR).names() if one.meaning is None] == ["学费"]
    with pytest.raises(DomainError) as refused:
        said(opened, template, zhang, tmp_path / "x.docx")
    assert refused.value.code == "form.name_unknown"
    assert not (tmp_path / "x.docx").exists()


def test_a_file_for_each_and_namesakes_keep_theirs(
    opened: OpenRegister, scheme: Scheme, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    people = [zhang, scheme.holder("张三"), scheme.holder("李四")]
    filled = Forms(opened, add(document("{{单位}}"), title="考核/表"), YEAR).fill_all(people, tmp_path / "出")
    assert [file.name for file in filled.files] == ["考核_表_张三.docx", "考核_表_张三_1.docx", "考核_表_李四.docx"]
    assert [lines(file)[0] for file in filled.files] == ["甲站", "张三的单位", "李四的单位"]


def test_what_is_called_off_half_way_leaves_no_file(
    opened: OpenRegister, scheme: Scheme, zhang: int, add: Callable[..., Form], tmp_path: Path
):
    class CalledOff(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if done:
                raise Cancelled

    (tmp_path / "出").mkdir()
    kept = tmp_path / "出" / "上级考核表_张三.docx"
    kept.write_text("手工补过", encoding="utf-8")
    with pytest.raises(Cancelled):
        Forms(opened, add(document("{{姓名}}")), YEAR).fill_all(
            [zhang, scheme.holder("李四")], tmp_path / "出", control=CalledOff()
        )
    assert list(kept.parent.iterdir()) == [kept]
    assert kept.read_text(encoding="utf-8") == "手工补过"


@pytest.mark.parametrize("file", ["appraisal.docx", "appraisal.xlsx"])
def test_delivered_forms_name_only_what_there_is(opened: OpenRegister, zhang: int, tmp_path: Path, file: str):
    delivered = FormFiles(opened).find(file)
    assert all(one.meaning for one in Forms(opened, delivered, YEAR).names())
    filled = said(opened, delivered, zhang, tmp_path / file)
    assert set(filled.blank) <= {"性别", "民族", "出生年月", "政治面貌", "学历学位", "证书级别", "获评届次", "联络员",
                                 "单位意见", "乡镇(街道)意见", "主管部门意见"}  # fmt: skip


def test_other_files_are_refused_and_leave_nothing(opened: OpenRegister, add: Callable[..., Form]):
    for data, suffix, code in ((b"x", ".xls", "form.other_kind"), (b"x", ".xlsx", "workbook.damaged"),
                               (b"x", ".docx", "document.damaged")):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            add(data, suffix=suffix)
        assert refused.value.code == code
    assert all(one.id is None for one in FormFiles(opened).all())
    add(document("{{姓名}}"))
    with pytest.raises(DomainError) as refused:
        add(document("{{姓名}}"))
    assert refused.value.code == "form.title_taken"


def test_a_form_without_a_file_says_so(opened: OpenRegister, save: Save):
    save("talent_forms", title="空表")
    with pytest.raises(DomainError) as refused:
        Forms(opened, FormFiles(opened).find("空表"), YEAR).names()
    assert refused.value.code == "form.no_file"
    with pytest.raises(DomainError) as refused:
        FormFiles(opened).find("没有的表")
    assert refused.value.code == "form.unknown"


def test_somebody_without_a_title_has_a_form_too(
    opened: OpenRegister, add: Callable[..., Form], tmp_path: Path, save: Save
):
    row = save("people", name="李四")
    Records(opened, "people").save(Draft({"position": "社工"}, id=row))
    filled = said(
        opened, add(document("{{姓名}}{{岗位}}{{考核等次}}{{人才类别}}{{历年考核}}")), row, tmp_path / "x.docx"
    )
    assert lines(tmp_path / "x.docx") == ["李四社工"]
    assert set(filled.blank) == {"考核等次", "人才类别", "历年考核"}
