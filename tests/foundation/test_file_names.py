"""Names that came from elsewhere name a file in the folder that is meant."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.foundation.file_names import MOST_BYTES, NAMELESS, ended, safe, shown


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\Windows\\system32\\drivers\\etc\\hosts", "hosts"),
        ("\\\\server\\share\\表.xlsx", "表.xlsx"),
        ("a.txt:hidden.exe", "a.txthidden.exe"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("com¹.tar.gz", "_com¹.tar.gz"),
        ("aux .txt", "_aux .txt"),
        ("证明.pdf. . .", "证明.pdf"),
        ("  证明.pdf ", "证明.pdf"),
        ("证明\u202efdp.exe", "证明fdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", NAMELESS),
        ("", NAMELESS),
        ("???", NAMELESS),
        ("console.txt", "console.txt"),
    ],
)
def test_names(name: str, kept: str) -> None:
    assert safe(name) == kept


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("名册.xlsx".encode("gb18030").decode("utf-8", "surrogateescape"), "名册.xlsx"),
        ("\udcff\udcff.xlsx", "\ufffd\ufffd.xlsx"),
        ("a\ud800.xlsx", "a?.xlsx"),
    ],
)
def test_a_name_in_another_encoding_is_read(name: str, read: str) -> None:
    assert shown(name) == read
    assert safe(name) == read.replace("?", "")


@pytest.mark.parametrize(
    ("named", "meant"),
    [("报名表", "报名表.xlsx"), ("报名表2026.7", "报名表2026.7.xlsx"), ("报名表2026.7.XLSX", "报名表2026.7.XLSX")],
)
def test_a_dot_in_a_name_is_no_ending(named: str, meant: str) -> None:
    assert ended(named, ".xlsx") == Path(meant)


def test_a_long_name_keeps_its_ending() -> None:
    assert safe("证" * 300 + ".pdf") == "证" * 58 + ".pdf"
    assert len(safe("证" * 300).encode()) == MOST_BYTES


@given(st.text())
def test_any_name_is_one_part_of_a_path(name: str) -> None:
    made = safe(name)
    assert made and Path(made).name == PureWindowsPath(made).name == made
    assert len(made.encode()) <= MOST_BYTES + 1
    assert safe(made) == made
