"""A form of a person at the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from tests.services.people_workbook import ZHANG, write

Command = Callable[..., tuple[int, Any]]


def test_a_delivered_form_by_number_and_year(command: Command, tmp_path: Path):
    people = write(tmp_path / "人员.xlsx", [["张三", ZHANG, "甲站"]], ("姓名", "身份证号", "工作单位"))
    assert command("import", "people", str(people))[0] == 0
    target = tmp_path / "张三.docx"
    status, done = command("fill", "appraisal.docx", ZHANG, "--out", str(target), "--year", "2025")
    assert (status, done["file"]) == (0, str(target))
    assert "考核等次" in done["blank"]
    assert Document(str(target)).paragraphs[0].text.startswith("2025年度")
    status, done = command("fill", "年度考核表（Excel）", ZHANG, "--out", str(tmp_path / "张三.xlsx"))
    assert status == 0
    assert load_workbook(done["file"]).worksheets[0]["B2"].value == "张三"


def test_what_is_not_there_is_said(command: Command, tmp_path: Path):
    target = tmp_path / "x.docx"
    status, refused = command("fill", "没有的表", ZHANG, "--out", str(target))
    assert (status, refused["error"]) == (2, "form.unknown")
    assert "年度考核表" in refused["message"]
    status, refused = command("fill", "appraisal.docx", ZHANG, "--out", str(target))
    assert (status, refused["error"]) == (2, "record.not_found")
    assert not target.exists()
