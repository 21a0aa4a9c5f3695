"""Word documents: names in the text however the programs cut it up, rows of a list, a page for each letter, bad files."""

from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION_START
from docx.oxml import parse_xml

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.excel import caps, documents
from socialwork_app.excel.document_text import word
from socialwork_app.excel.documents import Letter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from tests.excel import old_workbooks
from tests.excel.documents import document, packed, part, with_parts

ROWS = (("序号", "名称", "小时"), ("{{序号}}", "{{名称}}", "{{小时}}"), ("合计", "", "{{合计}}"))
LISTED = frozenset({"序号", "名称", "小时"})
TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>印章：{{单</w:t></w:r><w:r><w:t>位}}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "证书.docx"


def filled(target: Path, template: bytes, *letters: Letter, listed: frozenset[str] = frozenset()) -> Doc:
    documents.fill(template, letters, listed, target)
    return Document(str(target))


def texts(made: Doc) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs if paragraph.text]


def cells(made: Doc) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]


def refused(template: bytes) -> str:
    with pytest.raises(DomainError) as caught:
        documents.names(template)
    return caught.value.code


class TestNames:
    def test_a_name_cut_into_runs_is_one(self, target: Path):
        template = document(("兹证明 {", "{姓", "名", "}", "}（{{单位", "}}）于", "{{ 日期 }}"), "{{单位}}")
        assert documents.names(template).all == ("姓名", "单位", "日期")
        made = filled(target, template, Letter({"姓名": "张三", "单位": "示例站", "日期": "5日"}))
        assert texts(made) == ["兹证明 张三（示例站）于5日", "示例站"]

    def test_full_width_braces_are_braces(self, target: Path):
        made = filled(target, document("｛｛姓名｝｝同志"), Letter({"姓名": "𠮷田安·买买提"}))
        assert texts(made) == ["𠮷田安·买买提同志"]

    def test_the_text_looks_as_the_name_did(self, target: Path):
        made = Document()
        paragraph = made.add_paragraph("甲")
        paragraph.add_run("{{姓").bold = True
        paragraph.add_run("名}}乙")
        runs = filled(target, packed(made), Letter({"姓名": "张三"})).paragraphs[0].runs
        assert [(run.text, bool(run.bold)) for run in runs] == [("甲", False), ("张三", True), ("乙", False)]

    def test_what_is_filled_in_is_no_name_itself(self, target: Path):
        template = document("{{姓名}}{{单位}}", table=[["{{名称}}", "{{姓名}}"]])
        letter = Letter({"姓名": "{{单位}}\x07", "单位": "<w:t>&{{姓名}}"}, [{"名称": "{{姓名}}"}])
        made = filled(target, template, letter, listed=LISTED)
        assert texts(made) == ["{{单位}}<w:t>&{{姓名}}"]
        assert cells(made) == [[["{{姓名}}", "{{单位}}"]]]

    def test_a_text_box_is_filled_and_parted_from_what_surrounds_it(self, target: Path):
        made = Document()
        made.add_paragraph("{{姓")._p.append(parse_xml(TEXT_BOX))
        made.paragraphs[0].add_run("名}}")
        written = filled(target, packed(made), Letter({"姓名": "张三", "单位": "示例站"}))
        pieces = [piece.text or "" for piece in written.element.body.iter(word("w:t"))]
        assert [piece for piece in pieces if piece] == ["张三", "印章：示例站"]

    @pytest.mark.parametrize("text", ["{{姓名", "姓名}}", "{{姓{名}}", "{% for x in y %}", "{{甲}} {{乙"])
    def test_braces_that_enclose_no_name_are_told(self, text: str):
        assert refused(document(text)) == "document.braces"

    def test_nothing_in_braces_runs(self, target: Path):
        name = "''.__class__.__mro__[1].__subclasses__()"
        assert documents.names(document("{{" + name + "}}")).all == (name,)


class TestLists:
    def test_a_row_comes_once_for_each_item(self, target: Path):
        items = [{"序号": str(number), "名称": name, "小时": "8"} for number, name in enumerate(("甲", "乙", "丙"), 1)]
        made = filled(target, document(table=ROWS), Letter({"合计": "24"}, items), listed=LISTED)
        assert cells(made) == [
            [["序号", "名称", "小时"], ["1", "甲", "8"], ["2", "乙", "8"], ["3", "丙", "8"], ["合计", "", "24"]]
        ]

    def test_without_items_one_empty_row_stays(self, target: Path):
        made = filled(target, document(table=ROWS), Letter({"合计": "0"}), listed=LISTED)
        assert cells(made)[0][1:] == [["", "", ""], ["合计", "", "0"]]

    def test_a_row_may_say_too_what_is_the_same_for_all(self, target: Path):
        template = document(table=[["{{姓名}}", "{{名称}}"]])
        made = filled(target, template, Letter({"姓名": "张三"}, [{"名称": "甲"}, {"名称": "乙"}]), listed=LISTED)
        assert cells(made) == [[["张三", "甲"], ["张三", "乙"]]]

    def test_what_stands_outside_of_a_row_is_known(self):
        found = documents.names(document("{{名称}}", table=[["{{序号}}"]], header="{{小时}}"))
        assert (found.all, found.outside) == (("名称", "序号", "小时"), {"名称", "小时"})


class TestPages:
    def test_each_letter_begins_a_page_of_its_own(self, target: Path):
        made = filled(
            target, document("{{姓名}}", "完"), *(Letter({"姓名": name}) for name in ("张三", "李四", "王五"))
        )
        assert texts(made) == ["张三", "完", "李四", "完", "王五", "完"]
        assert [section.start_type for section in made.sections] == [WD_SECTION_START.NEW_PAGE] * 3
        assert len({(section.page_width, section.left_margin) for section in made.sections}) == 1

    def test_a_template_of_sections_that_run_on_begins_anew_all_the_same(self, target: Path):
        made = Document()
        made.add_paragraph("{{姓名}}")
        made.sections[0].start_type = WD_SECTION_START.CONTINUOUS
        made.add_section(WD_SECTION_START.CONTINUOUS)
        made.add_paragraph("完")
        written = filled(target, packed(made), Letter({"姓名": "张三"}), Letter({"姓名": "李四"}))
        starts = [section.start_type for section in written.sections]
        assert starts == [WD_SECTION_START.NEW_PAGE, WD_SECTION_START.CONTINUOUS] * 2

    def test_a_template_that_ends_with_a_table(self, target: Path):
        template = document("{{姓名}}", table=[["乙"]])
        made = filled(target, template, Letter({"姓名": "张三"}), Letter({"姓名": "李四"}))
        assert texts(made) == ["张三", "李四"]
        assert (len(made.tables), len(made.sections)) == (2, 2)

    def test_headers_are_filled_with_what_is_the_same_for_all(self, target: Path):
        template = document("{{姓名}}", header="{{单位}}")
        letters = [Letter({"姓名": name, "单位": "示例局"}) for name in ("张三", "李四")]
        made = filled(target, template, *letters)
        assert {section.header.paragraphs[0].text for section in made.sections} == {"示例局"}
        with pytest.raises(DomainError, match=r"document\.differs"):
            filled(target, document(header="{{姓名}}"), *letters)

    def test_no_number_of_a_picture_or_paragraph_comes_twice(self, target: Path):
        picture = (
            '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="7" name="章"/></wp:inline></w:drawing></w:r>'
        )
        made = Document()
        paragraph = made.add_paragraph("{{姓名}}")._p
        paragraph.append(parse_xml(picture))
        paragraph.set(word("w14:paraId"), "00ABCDEF")
        written = filled(target, packed(made), *(Letter({"姓名": name}) for name in "甲乙丙"))
        body = written.element.body
        assert [one.get("id") for one in body.iter(word("wp:docPr"))] == ["1", "2", "3"]
        assert not [one for one in body.iter() if one.get(word("w14:paraId"))]

    def test_a_run_that_is_called_off_leaves_the_old_file(self, target: Path):
        class Stop(Control):
            def step(self, done: int, total: int | None = None, what: str = "") -> None:
                if done == 1:
                    raise Cancelled

        target.write_bytes(b"old")
        with pytest.raises(Cancelled):
            documents.fill(document("{{甲}}"), [Letter({"甲": "1"})] * 3, frozenset(), target, Stop())
        assert [path.name for path in target.parent.iterdir()] == [target.name]
        assert target.read_bytes() == b"old"


class TestBadFiles:
    def test_what_is_no_document(self):
        workbook_like = with_parts(document("x"), {"word/document.xml": None})
        broken = with_parts(document("x"), {"word/document.xml": b"<w:document"})
        empty = with_parts(document("x"), {"word/document.xml": b"<a/>"})
        for data in (b"", b"PK", b"\xd0\xcf\x11\xe0" * 200, workbook_like, broken, empty):
            assert refused(data) == "document.damaged"

    @pytest.mark.parametrize("name", ["word/styles.xml", "word/media/image1.png"])
    def test_a_part_with_a_byte_turned(self, name: str):
        """Not only at the beginning of a part, and of pictures too."""
        picture = {"word/media/image1.png": Random(1).randbytes(200_000)}
        data = bytearray(with_parts(document("x"), picture))
        with ZipFile(BytesIO(data)) as archive:
            packed = archive.getinfo(name)
        data[packed.header_offset + 100 + packed.compress_size * 3 // 4] ^= 1
        assert refused(bytes(data)) == "document.damaged"

    def test_a_document_cut_short(self):
        assert refused(document("x")[:-200]) == "document.damaged"

    def test_a_bomb_is_not_unpacked(self):
        huge = with_parts(document("x"), {"word/media/image1.png": b"\0" * 2**26})
        assert refused(huge) == "document.too_large"
        images = {f"word/media/{number}.png": Random(number).randbytes(1000) * 12_000 for number in range(9)}
        assert refused(with_parts(document("x"), images)) == "document.too_large"
        wordy = b"<w:p>" + b" " * documents.MAX_XML_BYTES + b"</w:p>"
        assert refused(with_parts(document("x"), {"customXml/item1.xml": wordy})) == "document.too_large"

    def test_tags_by_the_million_are_no_tree(self):
        many = b"<a>" + b"<b/>" * (caps.MAX_TAGS + 1) + b"</a>"
        assert len(many) < documents.MAX_XML_BYTES
        assert refused(with_parts(document("x"), {"customXml/item1.xml": many})) == "document.too_large"

    def test_a_password_is_said(self):
        locked = old_workbooks.locked_2007(document("{{姓名}}"), "密码")
        with pytest.raises(DomainError) as caught:
            documents.names(locked)
        assert sentence_of(caught.value).startswith("该文档设有密码，无法读取。")

    def test_entities_are_not_resolved(self):
        declared = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        template = document("x")
        for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml"):
            xml = part(template, name)
            begin = xml.index(b"?>") + 2
            assert refused(with_parts(template, {name: xml[:begin] + declared + xml[begin:]})) == "document.unsafe"

    def test_an_entity_in_another_encoding_brings_nothing_in(self, tmp_path: Path, target: Path):
        secret = tmp_path / "secret"
        secret.write_text("geheim", encoding="utf-8")
        template = document("{{甲}}MARK")
        xml = part(template, "word/document.xml").decode().partition("?>")[2].replace("MARK", "&e;")
        hostile = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>{xml}'
        data = with_parts(template, {"word/document.xml": hostile.encode("utf-16")})
        documents.fill(data, [Letter({"甲": "1"})], frozenset(), target)
        assert b"geheim" not in part(target.read_bytes(), "word/document.xml")
