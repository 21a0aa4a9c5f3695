"""What is damaged: whole files of every kind, made by the tests' own writers."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto.format.ooxml as agile

from socialwork_app import bootstrap
from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.excel.writing import write_roster
from socialwork_app.foundation import paths
from socialwork_app.foundation.settings import Settings, save
from socialwork_app.security.keys import Cost, KeyFile
from socialwork_app.services.backups import Backups
from tests.excel import documents, form_books, locked_ods, old_workbooks
from tests.excel.workbooks import (
    HEADERS,
    LI,
    ZHANG,
    biff2,
    biff2_cell,
    opendocument,
    spreadsheetml,
    with_cells,
    xlsb,
    xlsx,
)

PASSWORD = "密码"
ROWS = [HEADERS, ZHANG, LI, [3, "买买提·阿卜", "男", 530115199001019992, date(1990, 1, 1)]]
PLAIN: list[list[str | float | None]] = [
    ["姓名", "性别", "身份证号"],
    ["张三", "男", "530115199001019992"],
    [None, 1.5, "x"],
]
LATIN = [["name", "id"], ["Zhang", "530115199001019992"]]
ODS_ROWS = (
    '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>名册</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-columns-repeated="2">'
    '<text:p>张<text:s text:c="2"/>三<text:tab/></text:p></table:table-cell><table:table-cell office:value-type="date" '
    'office:date-value="2026-01-31"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1.5"/>'
    '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/></table:table-row>'
)
XML_ROWS = (
    '<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">名册</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="Number">1.5</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data>'
    '</Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
)
HTML = (
    '<html><head><meta charset="utf-8"></head><body><table border=1><tr><th colspan="2">姓名</th><th rowspan=2>性别</th></tr>'
    "<tr><td>张三&nbsp;<br>甲</td><td>1</td><tr><td><table><tr><td>x</table></td><td>&#x5F20;</table></body></html>"
)
CSV = '姓名,性别,身份证号\r\n张三,男,="530115199001019992"\r\n"李\n四",女,"a""b"\r\n'


def workbooks(folder: Path) -> dict[str, list[bytes]]:
    """By kind of file."""
    made = xlsx(folder / "a.xlsx", ROWS, [["另一表"]]).read_bytes()
    errors = with_cells(folder / "b.xlsx", '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="AZ1"><v>1</v></c></row>')
    cells = [(0, 0, 7, b"\0\0\0\0"), (0, 1, 3, b"\x07"), (1, 0, 5, b"\0\0\0\0\0\0\xf8\x3f"), (2, 3, 11, b"\x2a\0\0")]
    merged = biff2((0x0004, biff2_cell(0, 0, b"\x02AB")), (0x0005, biff2_cell(1, 1, b"\x17\x01")))
    ods = opendocument(folder / "a.ods", ODS_ROWS).read_bytes()
    return {
        ".xlsx": [made, errors.read_bytes(), _roster(folder / "c.xlsx")],
        ".xlsb": [xlsb(folder / "a.xlsb", cells, ["张三", "李四"]).read_bytes()],
        ".ods": [ods],
        ".xls": [
            old_workbooks.compound({"Workbook": old_workbooks.excel_97(PLAIN)}),
            old_workbooks.compound({"Book": old_workbooks.excel_5(PLAIN)}),
            old_workbooks.excel_3_or_4(4, LATIN),
            old_workbooks.excel_3_or_4(3, LATIN),
            merged,
        ],
        "XML, HTML": [spreadsheetml(XML_ROWS), HTML.encode(), HTML.encode("gb18030"), b"MIME-Version: 1.0\r\n\r\n" + HTML.encode()],
        "CSV": [CSV.encode(), CSV.encode("gb18030"), CSV.encode("utf-16"), CSV.replace(",", "\t").encode("utf-8-sig")],
        "locked": [
            old_workbooks.locked_97(PLAIN, PASSWORD),
            old_workbooks.locked_97(PLAIN, PASSWORD, crypto_api=True),
            old_workbooks.locked_2007(made, PASSWORD),
            _agile(made),
            locked_ods.lock_whole(opendocument(folder / "b.ods", ODS_ROWS), PASSWORD).read_bytes(),
            locked_ods.lock(folder / "a.ods", PASSWORD).read_bytes(),
        ],
    }  # fmt: skip


def _roster(target: Path) -> bytes:
    columns = (SheetColumn("姓名", 10), SheetColumn("身份证号", 20), SheetColumn("学时", 8))
    write_roster(
        Sheet("名册", columns, "填报单位：甲", "截至日期：2026-03-31"), [("张三", "530115199001019992", 90)], target
    )
    return target.read_bytes()


def _agile(plain: bytes) -> bytes:
    locked = BytesIO()
    agile.OOXMLFile(BytesIO(plain)).encrypt(PASSWORD, locked)
    return locked.getvalue()


def word_documents() -> list[bytes]:
    delivered = [path.read_bytes() for path in sorted((paths.resources() / "letters").glob("*.docx"))]
    own = documents.document(("兹证明 {", "{姓名", "}}"), table=[["{{序号}}", "{{名称}}"]], header="{{单位}}")
    return [own, *delivered]


def forms() -> list[bytes]:
    return [form_books.form(), (paths.resources() / "forms" / "appraisal.xlsx").read_bytes()]


def key_files(folder: Path) -> list[bytes]:
    keys, _raw, _code = KeyFile.create(PASSWORD, Cost(16, 1, 1))
    keys.write(folder / "keys.json")
    bare, _raw, _code = KeyFile.create(None)
    bare.write(folder / "bare.json")
    return [(folder / name).read_bytes() for name in ("keys.json", "bare.json")]


def settings_files(folder: Path) -> list[bytes]:
    save(folder / "settings.json", Settings("登记册", "AAAA", 120, {"people": ["name", "id_number"]}))
    return [(folder / "settings.json").read_bytes()]


def backup(folder: Path) -> bytes:
    opened = bootstrap.register_files().create(folder / "backed up", "测试单位", None)[0]
    try:
        Backups(opened).backup(folder / "backup.zip")
    finally:
        opened.close()
    return (folder / "backup.zip").read_bytes()


def backup_members(folder: Path) -> dict[str, bytes]:
    with ZipFile(folder / "backup.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def backed_up(members: Mapping[str, bytes]) -> bytes:
    """Members in a file as a backup has them, with checksums that are right."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
