"""Forms that are workbooks, as offices send them: merged cells, a picture, a header with a picture, a formula."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from xlsxwriter import Workbook


def picture(side: int = 12) -> bytes:
    rows = b"".join(b"\0" + b"\xc8\x1e\x1e" * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    packed = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
              for kind, data in parts)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def form(title: str = "{{年度}}年度考核登记表", sheet: str = "考核表") -> bytes:
    """Names go to B2 and B3:D4 (merged), points to D5 and D6, of which D7 is the sum; a second sheet says how."""
    data = BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        plain = book.add_format({"border": 1, "text_wrap": True})
        page, notes = book.add_worksheet(sheet), book.add_worksheet("说明")
        page.merge_range("A1:D1", title, plain)
        page.write("A2", "姓名", plain)
        page.write_blank("B2", None, plain)
        page.write("A3", "单位", plain)
        page.merge_range("B3:D4", "", plain)
        page.write("A5", "{{考核得分}}", plain)
        page.write_rich_string("A6", "兹有", book.add_format({"bold": True}), "{{姓名}}", "同志", plain)
        page.write_formula("D7", "=D5+D6", plain, 0)
        page.insert_image("F1", "章.png", {"image_data": BytesIO(picture())})
        page.set_header("&L&G", {"image_left": "徽.png", "image_data_left": BytesIO(picture(8))})
        page.print_area("A1:D7")
        notes.write("A1", "填表说明")
    return data.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
