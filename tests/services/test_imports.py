"""Import, from a messy workbook to a batch and back."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from socialwork_app import bootstrap
from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from tests.services.people_workbook import LI, ZHANG, id_number, row, write

Save = Callable[..., int]


def take_in(
    opened: OpenRegister, path: Path, kind: str = "certificates", mode: str = "fill", partial: bool = False
) -> ImportResult:
    imports = Imports(opened)
    return imports.apply(imports.check(imports.read(path, kind), mode), partial=partial)


def codes(result: ImportResult) -> dict[str, tuple[int, str]]:
    return {problem.code: (problem.row, problem.column) for problem in result.problems}


def values(opened: OpenRegister, key: str, kind: str = "people") -> dict[str, object]:
    records = Records(opened, kind)
    return dict(records.record(records.find(key)).values)


def whole(result: ImportResult) -> bool:
    outcomes = (result.created, result.updated, result.unchanged, result.skipped, result.rejected)
    return result.read == sum(outcomes)


def test_a_messy_roster_comes_in_as_it_is(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "名册.xlsx", [
        row(序号=1, 姓名="张　三", 身份证号码=f"'{ZHANG.lower()}。", 出生年月=1985.03, 学历="本科", 工作单位="示例 社工站", 级别="社会工作者(中级)",
            证书管理号="201906038530000001", 批准日期="2019.06", 联系方式=19900001234.0, 所属街道="昆阳"),
        row(姓名="李四", 身份证号码=LI, 级别="初级/中级", 证书管理号="AB15000001、AB18000002", 批准日期="2015-06、2018年6月",
            联系方式="19900001235 0871-67891234", 所属街道="晋城镇"),
    ])  # fmt: skip
    result = take_in(opened, path)
    assert (result.read, result.created, result.rejected) == (2, 2, 0)
    zhang = values(opened, ZHANG)
    assert (zhang["name"], zhang["education"], zhang["phone"]) == ("张三", "大学本科", "19900001234")
    certificate = values(opened, "201906038530000001", "certificates")
    assert (certificate["level"], certificate["approved_on"]) == ("social_worker", "2019-06")
    assert Records(opened, "people").count(Filter()) == 2
    assert Records(opened, "certificates").count(Filter("ls")) == 2
    assert {row.row for row in result.left_out} == {7, 8}


def test_an_id_typed_as_a_number_is_never_guessed(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=530122198503170030, 级别="中级")])
    result = take_in(opened, path)
    assert result.batch is None
    assert codes(result)["id_number.as_number"] == (4, "身份证号码")
    assert Records(opened, "people").count(Filter()) == 0


def test_one_problem_row_stops_all_unless_partial(opened: OpenRegister, tmp_path: Path):
    path = write(
        tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG), row(姓名="李四", 身份证号码="530122199001029971X")]
    )
    assert take_in(opened, path).batch is None
    result = take_in(opened, path, partial=True)
    assert (result.created, result.rejected) == (1, 1)
    assert whole(result)


def test_two_levels_are_one_person(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG, 级别="初级", 证书管理号="AB15000001"),
                                       row(姓名="张三", 身份证号码=ZHANG, 级别="中级", 证书管理号="AB15000002")])  # fmt: skip
    result = take_in(opened, path)
    assert codes(result)["person.twice"][0] == 5
    assert Records(opened, "people").count(Filter()) == 1
    assert Records(opened, "certificates").count(Filter()) == 2


def test_the_same_file_again_changes_nothing(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG, 级别="初级", 工作单位="示例站")])
    take_in(opened, path)
    again = take_in(opened, path)
    assert (again.unchanged, again.created, again.updated) == (1, 0, 0)


@pytest.mark.parametrize(
    ("mode", "outcome", "school", "position"),
    [
        ("skip", "skipped", None, "社工"),
        ("fill", "updated", "示例大学", "社工"),
        ("update", "updated", "示例大学", "主任"),
    ],
)
def test_modes(
    opened: OpenRegister, save: Save, tmp_path: Path, mode: str, outcome: str, school: str | None, position: str
):
    save("people", name="张三", id_number=ZHANG, position="社工")
    headers = ("姓名", "身份证号", "毕业院校", "职务")
    path = write(tmp_path / "a.xlsx", [("张三", ZHANG, "示例大学", "主任")], headers)
    result = take_in(opened, path, "people", mode)
    assert getattr(result, outcome) == 1
    stands = values(opened, ZHANG)
    assert (stands["school"], stands["position"]) == (school, position)
    assert ("import.kept" in codes(result)) == (mode == "fill")


def test_a_vaguer_date_never_replaces_a_precise_one(opened: OpenRegister, save: Save, tmp_path: Path):
    person = save("people", name="张三", id_number=ZHANG)
    save("certificates", person, level="中级", certificate_number="AB15000001", approved_on="2019-06-15")
    path = write(
        tmp_path / "a.xlsx",
        [row(姓名="张三", 身份证号码=ZHANG, 级别="中级", 证书管理号="AB15000001", 批准日期="2019.6")],
    )
    assert take_in(opened, path, mode="update").unchanged == 1
    assert values(opened, "AB15000001", "certificates")["approved_on"] == "2019-06-15"


def test_without_id_a_person_is_found_by_name_and_phone(opened: OpenRegister, save: Save, tmp_path: Path):
    save("people", name="张三", phone="19900001234")
    save("people", name="李四", phone="19900001235")
    save("people", name="李四", phone="19900001235", position="主任")
    path = write(
        tmp_path / "a.xlsx",
        [row(姓名="张三", 联系方式="199 0000 1234", 学历="大专"), row(姓名="李四", 联系方式="19900001235")],
    )
    result = take_in(opened, path, partial=True)
    assert (result.updated, result.rejected) == (1, 1)
    assert codes(result)["person.ambiguous"][0] == 5


@pytest.mark.parametrize("mode", ["fill", "update"])
def test_a_masked_phone_never_takes_the_place_of_the_whole_one(
    opened: OpenRegister, save: Save, tmp_path: Path, mode: str
):
    person = save("people", name="张三", employer="示例站", phone="19900001234")
    path = write(tmp_path / "a.xlsx", [("张三", "示例站", "199****1234"), ("王五", "示例站", "****-***4321")],
                 ("姓名", "工作单位", "联系电话"))  # fmt: skip
    result = take_in(opened, path, "people", mode)
    assert (result.unchanged, result.created) == (1, 1)
    assert "phone.masked" in codes(result)
    assert Records(opened, "people").record(person).values["phone"] == "19900001234"
    assert [row.values["phone"] for row in Records(opened, "people").all_rows(Filter(search="王五"), ("phone",))] == [
        None
    ]


def test_one_number_with_two_names_is_refused(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG), row(姓名="李四", 身份证号码=ZHANG)])
    assert codes(take_in(opened, path))["person.other_name"][0] == 5


def test_a_certificate_number_of_somebody_else_is_refused(opened: OpenRegister, save: Save, tmp_path: Path):
    save("certificates", save("people", name="王五"), level="中级", certificate_number="AB15000001")
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG, 级别="中级", 证书管理号="AB15000001")])
    assert "certificate_number.other_person" in codes(take_in(opened, path))


PHONED = ("姓名", "身份证号", "联系电话")
TWO = [("张三", ZHANG, "19900000001"), ("李四", ZHANG, "19900000002")]


@pytest.mark.parametrize("known", [("张三", "李四"), ("李四",)])
@pytest.mark.parametrize("kind", ["people", "training-signups"])
def test_one_number_for_two_who_stand_is_refused(
    opened: OpenRegister, save: Save, tmp_path: Path, known: tuple[str, ...], kind: str
):
    """Also where the first of them is made by the file."""
    save("courses", title="示例班", state="报名中")
    for name, _, phone in TWO:
        if name in known:
            save("people", name=name, phone=phone)
    result = take_in(opened, write(tmp_path / "a.xlsx", TWO, PHONED), kind, "update", partial=True)
    assert ("person.other_name" in codes(result), result.rejected) == (True, 1)
    numbers = {row.values["name"]: row.values["id_number"]
               for row in Records(opened, "people").all_rows(Filter(), ("name", "id_number"))}  # fmt: skip
    assert numbers == {"张三": ZHANG, "李四": None}


def test_a_row_that_can_not_go_in_leaves_nobody_behind(opened: OpenRegister, save: Save, tmp_path: Path):
    save("certificates", save("people", name="王五"), level="助理社会工作师", certificate_number="530122201900011")
    rows = [
        row(姓名="张三", 身份证号码=ZHANG, 级别="初级", 证书管理号="530122201900011"),
        row(姓名="李四", 身份证号码=LI),
    ]
    result = take_in(opened, write(tmp_path / "a.xlsx", rows), partial=True)
    assert (result.created, result.rejected) == (1, 1)
    names = [one.values["name"] for one in Records(opened, "people").all_rows(Filter(), ("name",))]
    assert sorted(map(str, names)) == ["李四", "王五"]


def test_a_credit_code_of_another_unit_is_refused(opened: OpenRegister, save: Save, tmp_path: Path):
    code = "52530115MJ00000003"
    save("organisations", name="甲机构", credit_code=code)
    path = write(tmp_path / "a.xlsx", [("乙机构", code), ("甲机构", code)], ("单位名称", "统一社会信用代码"))
    result = take_in(opened, path, "organisations", partial=True)
    assert (codes(result), result.unchanged) == ({"field.taken": (4, "统一社会信用代码")}, 1)


@pytest.mark.parametrize("mode", ["fill", "update"])
def test_a_number_names_the_certificate_before_the_level_does(
    opened: OpenRegister, save: Save, tmp_path: Path, mode: str
):
    person = save("people", name="张三", id_number=ZHANG)
    save("certificates", person, level="助理社会工作师", certificate_number="530122201900011")
    save("certificates", person, level="社会工作师", certificate_number="530122201900012")
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG, 级别="初级", 证书管理号="530122201900012")])
    take_in(opened, path, mode=mode)
    assert values(opened, "530122201900011", "certificates")["level"] == "assistant"


def test_a_township_in_a_later_column_tells_two_villages_apart(opened: OpenRegister, tmp_path: Path):
    places = {row["code"]: row["name"] for row in bootstrap.seeds().places}
    headers = ["姓名", "身份证号码", "村(社区)", "乡镇(街道)"]
    rows = [["张三", ZHANG, "回龙村", places["530115001000"]], ["李四", LI, "回龙村", places["530115003000"]]]
    assert whole(take_in(opened, write(tmp_path / "a.xlsx", rows, headers, foot=False), "people"))
    assert values(opened, ZHANG)["community"] != values(opened, LI)["community"]


def test_the_id_number_wins_over_the_cell_with_a_warning(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG, 性別="男", 出生年月="1986.3")])
    result = take_in(opened, path)
    assert {"gender.not_as_id", "birth_date.not_as_id"} <= codes(result).keys()
    assert values(opened, ZHANG)["birth_date"] == "1985-03-17"


def test_a_cell_is_corrected_in_the_preview(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码="5301221985031799")])
    imports = Imports(opened)
    reading = imports.read(path, "people")
    assert imports.check(reading).counts["rejected"] == 1
    mended = imports.check(reading.with_correction("Sheet", 4, "id_number", ZHANG))
    assert imports.apply(mended).created == 1


def test_what_a_file_has_no_column_for_is_given_in_the_preview(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [("张三", "530122201900017"), ("李四", "530122201900018")], ("姓名", "管理号"))
    imports = Imports(opened)
    reading = imports.read(path, "certificates").with_correction("Sheet", 4, "level", "中级")
    reading = reading.with_correction("Sheet", 4, "id_number", ZHANG)
    preview = imports.check(reading)
    assert [row.outcome for row in preview.rows] == ["created", "rejected"], preview.problems
    imports.apply(preview, partial=True)
    assert values(opened, ZHANG)["name"] == "张三"
    assert values(opened, "530122201900017", "certificates")["level"] == "social_worker"


def test_the_matching_of_columns_is_remembered(opened: OpenRegister, tmp_path: Path):
    headers = ("姓名", "身份证号", "怪列名")
    path = write(tmp_path / "a.xlsx", [("张三", ZHANG, "示例大学")], headers)
    imports = Imports(opened)
    reading = imports.read(path, "people")
    assert "column.unmatched" in {problem.code for problem in imports.check(reading).problems}
    imports.apply(imports.check(reading.with_match("Sheet", "怪列名", "school")))
    assert [column.field for column in imports.read(path, "people").tables[0].columns] == [
        "name",
        "id_number",
        "school",
    ]


def test_two_columns_of_one_header_are_matched_and_remembered_each_for_itself(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [("张三", ZHANG, "好", "社工")], ("姓名", "身份证号", "备注", "备注"))
    imports = Imports(opened)
    reading = imports.read(path, "people").with_match("Sheet", "备注(2)", "position")
    imports.apply(imports.check(reading))
    assert (values(opened, ZHANG)["note"], values(opened, ZHANG)["position"]) == ("好", "社工")
    again = imports.read(path, "people").tables[0].columns
    assert [column.field for column in again] == ["name", "id_number", "note", "position"]


def test_a_batch_is_undone_whole_but_for_what_was_edited(opened: OpenRegister, tmp_path: Path):
    path = write(
        tmp_path / "a.xlsx",
        [row(姓名="张三", 身份证号码=ZHANG, 级别="中级", 证书管理号="AB15000001"), row(姓名="李四", 身份证号码=LI)],
    )
    batch = take_in(opened, path).batch
    people = Records(opened, "people")
    people.save(Draft({"position": "主任"}, id=people.find(LI)))
    undone = History(opened).undo(batch or 0)
    assert undone.reversed == 2
    assert undone.kept == ("人员 李四",)
    assert people.count(Filter()) == 1
    assert History(opened).batches()[0].undone


def test_a_cancelled_import_leaves_nothing(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG)])

    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if what == "write":
                raise Cancelled

    imports = Imports(opened)
    preview = imports.check(imports.read(path, "people"))
    with pytest.raises(Cancelled):
        imports.apply(preview, control=Stop())
    assert Records(opened, "people").count(Filter()) == 0
    assert History(opened).batches() == ()


@pytest.mark.parametrize("finished", [True, False])
def test_an_import_that_outgrows_the_register_leaves_the_indexes_as_they_were(
    opened: OpenRegister, tmp_path: Path, finished: bool
):
    class Watch(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if what == "write" and not finished:
                raise Cancelled

    def indexes() -> list[tuple[str, str]]:
        with opened.database.read() as connection:
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'people' ORDER BY name"
            return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]

    before = indexes()
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG)])
    imports = Imports(opened)
    preview = imports.check(imports.read(path, "people"))
    with nullcontext() if finished else pytest.raises(Cancelled):
        imports.apply(preview, control=Watch())
    assert Records(opened, "people").count(Filter()) == finished
    assert indexes() == before
    assert {"ix_people_name", "ix_people_phone_tail"} < {name for name, _ in before}


def test_a_preview_that_went_stale_is_not_applied(opened: OpenRegister, save: Save, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=ZHANG)])
    imports = Imports(opened)
    preview = imports.check(imports.read(path, "people"))
    save("people", name="王五")
    with pytest.raises(DomainError, match=r"import\.stale"):
        imports.apply(preview)


def test_the_template_is_read_back(opened: OpenRegister, tmp_path: Path):
    from openpyxl import load_workbook

    path = write_template(opened.catalogue, "certificates", tmp_path / "模板.xlsx")
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for header, value in {
        "姓名": "张三",
        "身份证号": ZHANG,
        "证书级别": "助理社会工作师",
        "登记日期": "2024-02-29",
    }.items():
        sheet.cell(2, columns[header], value)
    workbook.save(path)
    result = take_in(opened, path)
    assert (result.created, result.problems) == (1, ())
    registered = list(Records(opened, "registrations").all_rows(Filter(), ("registered_on", "valid_until")))
    assert dict(registered[0].values) == {"registered_on": "2024-02-29", "valid_until": "2027-02-27"}


def test_employment_hangs_on_a_known_person(opened: OpenRegister, save: Save, tmp_path: Path):
    save("people", name="张三", id_number=ZHANG)
    headers = ("姓名", "身份证号", "工作单位", "岗位", "起始年月", "终止年月", "是否社会工作")
    path = write(tmp_path / "a.xlsx", [("张三", ZHANG, "示例站", "社工", "2019.7", "至今", "是"),
                                       ("王五", LI, "示例站", "社工", "2019.7", "", "是")], headers)  # fmt: skip
    result = take_in(opened, path, "employment", partial=True)
    assert (result.created, result.rejected) == (1, 1)
    assert "person.not_found" in codes(result)
    assert take_in(opened, path, "employment", partial=True).unchanged == 1


def test_a_roster_of_employment_says_whose_it_is_and_comes_back_in(opened: OpenRegister, save: Save, tmp_path: Path):
    save(
        "employment",
        save("people", name="张三", id_number=ZHANG),
        employer="示例站",
        post="社工",
        **{"from": "2019-07"},
    )
    full = {"full_numbers": True, "purpose": "核对"}
    path = Exports(opened).export("employment", tmp_path / "工作经历.xlsx", **full).file
    assert take_in(opened, path, "employment").unchanged == 1


def test_other_counties_numbers_are_taken(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [row(姓名="张三", 身份证号码=id_number(prefix="110105"))])
    assert take_in(opened, path).created == 1


def test_a_sheet_without_a_header_says_so(opened: OpenRegister, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [(1, 2, 3)], ("甲", "乙", "丙"), foot=False)
    with pytest.raises(DomainError, match=r"import\.nothing_found"):
        Imports(opened).read(path, "people")
