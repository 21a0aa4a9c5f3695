"""Headers of workbooks made comparable."""

import pytest

from socialwork_app.domain.fields.people import PEOPLE_FIELDS
from socialwork_app.domain.headers import normalise, variants


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("姓名", "姓名"),
        ("姓 名", "姓名"),
        ("姓　\n名", "姓名"),
        ("姓\r\n名：", "姓名"),
        ("姓_x000D_名", "姓名"),
        ("*姓名", "姓名"),
        ("姓名＊", "姓名"),
        ("姓名（必填）", "姓名"),
        ("姓名(*)", "姓名"),
        ("姓名【必填】：", "姓名"),
        ("乡镇（街道）", "乡镇(街道)"),
        ("乡镇【街道】", "乡镇(街道)"),
        ("性別", "性别"),
        ("身份證號碼", "身份证号码"),
        ("證書級別", "证书级别"),
        ("學歷", "学历"),
        ("聯繫電話", "联系电话"),
        ("備註", "备注"),
        ("工作單位", "工作单位"),
        ("服務領域", "服务领域"),
        ("ＩＤ号", "id号"),
        ("", ""),
    ],
)
def test_normalise(header: str, normal: str) -> None:
    assert normalise(header) == normal


@pytest.mark.parametrize(
    ("header", "forms"),
    [
        ("姓名", ("姓名",)),
        ("乡镇（街道）", ("乡镇(街道)", "乡镇街道", "乡镇")),
        ("出生年月（身份证为准）：", ("出生年月(身份证为准)", "出生年月身份证为准", "出生年月")),
        ("证书编号（管理号）(必填)", ("证书编号(管理号)", "证书编号管理号", "证书编号")),
        ("（一）", ("(一)", "一")),
        ("：", ()),
    ],
)
def test_variants(header: str, forms: tuple[str, ...]) -> None:
    assert variants(header) == forms


def test_every_label_and_synonym_is_found_by_itself() -> None:
    for field in PEOPLE_FIELDS:
        for header in (field.label, *field.synonyms):
            assert variants(f" {header}：")[0] == normalise(header)
