"""Lists for the public: whatever somebody types anywhere, no ID number, phone or account comes out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain import public_lists, rosters
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.registers.catalogue import TALENT_CANDIDATES
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exports import Exports, fields_of
from socialwork_app.services.opened import OWNER, OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from tests.services.people_workbook import ZHANG

PLANTED = (
    "19900001234", "199 0000 1234", "199-0000-1234", "１９９００００１２３４", "110105 19491231 0028", "11010519491231002X",
    "6222 0202 0011 2233 445", "0871-67890123", "幺九九零零零零幺二三四", "199.0000.1234", "199/0000/1234", "19900\n001234",
)  # fmt: skip
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
Save = Callable[..., int]


def public(files: RegisterFiles) -> list[rosters.RosterDeclaration]:
    return [roster for roster in rosters.rosters(files.catalogue) if roster.public]


@pytest.fixture
def round_(save: Save) -> int:
    """With candidates, a scheme and units full of numbers, published."""
    scheme = save("talent_schemes", title="示例人才")
    made = save("talent_rounds", scheme, title="第一届示例人才（联系人19900001234）", year="2026", published_on="2026-03-10",
                published_until="2026-03-16")  # fmt: skip
    for number, planted in enumerate(PLANTED):
        person = save("people", name=f"张三{number}号{planted}", gender="女", employer=f"社工站{number}（{planted}）",
                      position=f"主任 {planted}", id_number=ZHANG if not number else "", phone="19900001234",
                      note=planted)  # fmt: skip
        save("talent_candidates", person, round=made, candidate_state="公示", talent_category=f"督导{planted}",
             deeds=f"事迹。电话{planted}", note=planted)  # fmt: skip
    return made


def told(path: Path) -> list[str]:
    """All that stands in the file, its digits alone, cell by cell."""
    sheet = load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def looks_like_a_number(text: str) -> bool:
    plain = text.translate(DIGITS)
    for dates in ("2026-03-10", "2026-03-16"):
        plain = plain.replace(dates, "")
    digits = "".join(character for character in plain if character.isdigit())
    return len(digits) >= 7 or "幺九九零" in plain or digits.startswith("199")


def numbers_in(path: Path) -> list[str]:
    cells = [cell for cell in told(path) if not cell.startswith("截至日期")]
    return [cell for cell in cells if looks_like_a_number(cell)]


def test_there_is_one(files: RegisterFiles):
    assert [roster.key for roster in public(files)] == ["publication"]


def test_no_number_comes_out_of_any(opened: OpenRegister, files: RegisterFiles, round_: int, tmp_path: Path):
    opened.set_setting(OWNER, "测试单位 19900001234")
    for roster in public(files):
        no_number_comes_out(opened, roster, round_, tmp_path)


def no_number_comes_out(opened: OpenRegister, roster: rosters.RosterDeclaration, round_: int, tmp_path: Path) -> None:
    asked = Filter(where=(Condition(roster.of, round_),)) if roster.of else Filter()
    done = Exports(opened).export(roster.key, tmp_path / "公示.xlsx", asked=asked)
    assert done.rows == len(PLANTED)
    assert numbers_in(done.file) == []
    names = [cell for cell in told(done.file) if cell.startswith("张三")]
    assert len(names) == len(PLANTED)
    (sheet, rows) = Exports(opened).sheets(roster.key, asked=asked)[0]
    printed = [str(cell) for row in rows for cell in row[1:]] + [sheet.title, sheet.left_line, sheet.note]
    assert [cell for cell in printed if looks_like_a_number(cell)] == []
    assert len(rows) == len(PLANTED)


def test_full_numbers_and_other_columns_are_refused(opened: OpenRegister, round_: int, tmp_path: Path):
    exports, asked = Exports(opened), Filter(where=(Condition("round", round_),))
    target = tmp_path / "公示.xlsx"
    with pytest.raises(DomainError) as refused:
        exports.export("publication", target, asked=asked, full_numbers=True, purpose="公示")
    assert refused.value.code == "export.public_full_numbers"
    for keys in (("name", "id_number"), ("phone",), ("name", "deeds")):
        with pytest.raises(DomainError) as refused:
            exports.export("publication", target, asked=asked, keys=keys)
        assert refused.value.code == "export.public_columns"
    assert not target.exists()
    assert exports.export("publication", target, asked=asked, keys=("name",)).rows == len(PLANTED)
    assert "工作单位及职务" not in told(target)


def test_a_list_that_declares_a_number_is_refused_whoever_writes_the_declaration(files: RegisterFiles):
    for roster in rosters.rosters(files.catalogue):
        if roster.sheets:  # are not made row by row
            with pytest.raises(ValueError, match=roster.key):
                replace(roster, public=True)
            continue
        fields = fields_of(files.catalogue, replace(roster, public=True))
        if {field.key for field in fields} & {"id_number", "phone", "certificate_number"}:
            with pytest.raises(DomainError):
                public_lists.refuse(fields, (), full_numbers=False)


def test_the_published_list_says_how_long_and_to_whom(opened: OpenRegister, save: Save, tmp_path: Path):
    scheme = save("talent_schemes", title="示例人才")
    made = save(
        "talent_rounds", scheme, title="第一届示例人才", published_on="2026-03-10", published_until="2026-03-16"
    )
    for name, state in (
        ("甲", "公示"),
        ("乙", "授予"),
        ("丙", "推荐"),
        ("丁", "未入选"),
        ("戊", "放弃"),
        ("己", "通过评审"),
    ):
        person = save("people", name=name, gender="男", employer="甲社工站", position="督导")
        save("talent_candidates", person, round=made, candidate_state=state, talent_category="一线")
    asked = Filter(where=(Condition(rosters.ROUND, made),))
    cells = told(Exports(opened).export("publication", tmp_path / "公示.xlsx", asked=asked).file)
    assert cells[0] == "第一届示例人才公示名单"
    headings = ["序号", "姓名", "性别", "工作单位及职务", "人才类别"]
    assert cells[3 : 3 + 5] == headings
    assert cells[8:18] == ["1", "甲", "男", "甲社工站督导", "一线", "2", "乙", "男", "甲社工站督导", "一线"]
    assert cells[18:] == ["公示期：2026-03-10 至 2026-03-16。公示期内如有异议，请向测试单位反映。"]


def test_the_round_has_to_be_named(opened: OpenRegister, tmp_path: Path):
    with pytest.raises(DomainError) as refused:
        Exports(opened).export("publication", tmp_path / "公示.xlsx")
    assert refused.value.code == "export.which_missing"
    assert refused.value.values["label"] == TALENT_CANDIDATES.field("round").label
