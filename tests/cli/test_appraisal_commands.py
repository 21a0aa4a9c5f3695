"""Three years of an appraisal at the command line: results in, a year begun, the sheets of its appraisers, what follows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from socialwork_app.services.register_files import RegisterFiles
from tests.services.appraising import ITEMS, make_scheme
from tests.services.people_workbook import write

Command = Callable[..., tuple[int, Any]]
RESULTS = ("姓名", "工作单位", "人才项目", "年度", "考核得分", "考核等次")


def prepare(files: RegisterFiles, folder: Path) -> None:
    """The scheme and its holders, as the window would enter them."""
    from socialwork_app.services.records import Draft, Records

    opened = files.open(folder, "密码 4242x")

    def save(kind: str, owner_id: int | None = None, **raw: object) -> int:
        done = Records(opened, kind).save(Draft(raw, owner_id=owner_id))
        assert done.id is not None, done.problems
        return done.id

    scheme = make_scheme(opened, save)
    for name in ("张三", "李四", "王五"):
        scheme.holder(name)
    opened.close()


def test_three_years(command: Command, files: RegisterFiles, tmp_path: Path):
    prepare(files, tmp_path / "册")
    past = write(tmp_path / "往年.xlsx", [
        ["张三", "张三的单位", "优秀人才", 2024, 92, "优秀"], ["李四", "李四的单位", "优秀人才", 2024, 65, "基本合格"],
        ["张三", "张三的单位", "优秀人才", 2025, 80, "合格"], ["李四", "李四的单位", "优秀人才", 2025, 85, "合格"],
    ], RESULTS)  # fmt: skip
    assert command("import", "appraisals", str(past))[1]["created"] == 4
    status, begun = command("appraise", "begin", "--scheme", "优秀人才", "--year", "2026")
    assert (status, begun["made"], begun["left_out"]) == (0, 3, [])
    assert command("appraise", "begin", "--scheme", "优秀人才", "--year", "2026")[1]["made"] == 0
    for appraiser, shares in (("评委甲", (0.95, 0.7, 0.5)), ("评委乙", (0.91, 0.64, 0.48))):
        rows = [[name, *(maximum * share for maximum in ITEMS.values())]
                for name, share in zip(("张三", "李四", "王五"), shares, strict=True)]  # fmt: skip
        sheet = write(
            tmp_path / f"{appraiser}.xlsx", rows, ("姓名", *(f"{item}({top}分)" for item, top in ITEMS.items()))
        )
        status, done = command("import", "appraisals", str(sheet), "--appraiser", appraiser)
        assert (status, done["updated"], done["problems"]) == (0, 3, [])
    schemes = {row["title"]: row["id"] for row in command("list", "talent-schemes")[1]["rows"]}
    by_id = command("appraise", "suggest", "--scheme", str(schemes["优秀人才"]), "--year", "2026")[1]
    found = {one["person"]: one for one in by_id}
    assert {name: (one["score"], one["grade"], one["suggestion"]) for name, one in found.items()} == {
        "张三": (93, None, None), "李四": (67, None, None), "王五": (49, None, None)}  # fmt: skip
    for row, grade in (("张三", "优秀"), ("李四", "基本合格"), ("王五", "不合格")):
        listed = command("list", "appraisals", "--where", "year=2026", "--search", row)[1]["rows"][0]
        assert command("set", "appraisals", str(listed["id"]), f"grade={grade}")[0] == 0
    found = {one["person"]: one for one in command("appraise", "suggest", "--scheme", "优秀人才", "--year", "2026")[1]}
    assert [found[name]["suggestion"] for name in ("张三", "李四", "王五")] == ["keep", "withdraw", "withdraw"]
    assert found["李四"]["reason"] == "管理期内基本合格一级的考核结果已有 2 次，达到 2 次。"
    done = command(
        "export", "appraisals", "--year", "2026", "--as-of", "2026-12-31", "--out", str(tmp_path / "册.xlsx")
    )
    assert done[1]["rows"] == 3
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "册.xlsx").worksheets[0]]
    assert [(row[1], row[14], row[15]) for row in rows[3:6]] == [
        ("张三", "93", "优秀"), ("李四", "67", "基本合格"), ("王五", "49", "不合格")]  # fmt: skip
    assert (
        command("export", "appraisal-summary", "--year", "2026", "--out", str(tmp_path / "汇总.xlsx"))[1]["rows"] >= 2
    )


def test_suggestions_of_all_schemes(command: Command, files: RegisterFiles, tmp_path: Path):
    prepare(files, tmp_path / "册")
    assert command("new", "talent-schemes", "title=领军人才")[0] == 0
    assert command("new", "talents", "--of", "2", "scheme=领军人才", "term_from=2025")[0] == 0
    command("appraise", "begin", "--scheme", "优秀人才", "--year", "2026")
    every = command("appraise", "suggest", "--year", "2026")[1]
    assert [(one["scheme"], one["person"]) for one in every] == [
        ("优秀人才", "张三"), ("优秀人才", "李四"), ("优秀人才", "王五"), ("领军人才", "李四")]  # fmt: skip
    assert command("appraise", "suggest", "--year", "2026", "--scheme", "领军人才")[1] == every[3:]
    assert command("appraise", "begin", "--year", "2026") == (
        2, {"error": "words.missing", "message": "还缺 --scheme。写法见 --help。"})  # fmt: skip


def test_words_that_are_wrong(command: Command, files: RegisterFiles, tmp_path: Path):
    prepare(files, tmp_path / "册")
    assert command("appraise", "suggest", "--scheme", "没有的", "--year", "2026")[0] == 2
    assert command("appraise", "begin", "--scheme", "优秀人才", "--year", "2020")[0] == 2
    suggested = command("appraise", "suggest", "--scheme", "优秀人才", "--year", "2026")[1]
    assert [(one["suggestion"], one["reason"]) for one in suggested] == [(None, "尚未考核。")] * 3
    sheet = write(tmp_path / "人.xlsx", [["张三"]], ("姓名",))
    assert command("import", "people", str(sheet), "--year", "2026")[0] == 2
    assert command("appraise", "sheet", "--scheme", "优秀人才", "--year", "2026")[0] == 2
    assert (
        command("appraise", "sheet", "--scheme", "优秀人才", "--year", "2026", "--out", str(tmp_path / "评.xlsx"))[0]
        == 2
    )
    command("appraise", "begin", "--scheme", "优秀人才", "--year", "2026")
    assert (
        command("appraise", "sheet", "--scheme", "优秀人才", "--year", "2026", "--out", str(tmp_path / "评.xlsx"))[1][
            "rows"
        ]
        == 3
    )
    template = tmp_path / "模板.xlsx"
    assert command("template", "appraisals", "--out", str(template))[0] == 0
    headers = [cell.value for cell in load_workbook(template).worksheets[0][1]]
    assert {"姓名", "人才项目", "考核年度", "评分人", "考核得分", "考核等次"} <= set(headers)


def test_decisions_and_new_criteria(command: Command, files: RegisterFiles, tmp_path: Path):
    prepare(files, tmp_path / "册")
    of = ("--scheme", "优秀人才", "--year", "2026")
    assert command("appraise", "grade", *of)[0] == 2
    assert command("appraise", "decide", *of, "--person", "1", "--decision", "talk")[0] == 2
    command("appraise", "begin", *of)
    row = command("list", "appraisals", "--where", "year=2026", "--search", "张三")[1]["rows"][0]["id"]
    command("set", "appraisals", str(row), "score=50")
    assert command("appraise", "grade", *of)[1]["graded"] == 1
    assert command("appraise", "decide", *of)[0] == 2
    decide = ("appraise", "decide", *of, "--person", "1", "--decision")
    assert command(*decide, "suspend")[0] == 2
    assert command(*decide, "suspend", "--reason", "从轻")[1]["people"] == 1
    assert command("list", "talents", "--search", "张三")[1]["rows"][0]["allowance_state"] == "suspended"
    done = command(*decide, "withdraw", "--on", "2026-12-30", "--document", "9号", "--state", "revoked")[1]
    assert command("show", "talents", "1")[1]["talent_state"] == "revoked"
    assert command("undo", str(done["change"]))[0] == 0
    assert command("show", "talents", "1")[1]["talent_state"] == "managed"
    copied = command("appraise", "copy", "--scheme", "优秀人才", "--year", "2027")[1]
    assert copied["criteria"] == "优秀人才标准（2027年）"
    assert command("appraise", "copy", "--scheme", "优秀人才", "--year", "2027")[0] == 2
    assert command("appraise", "copy", "--scheme", "优秀人才", "--year", "2020")[0] == 2
