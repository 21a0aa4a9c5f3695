"""Organisations, townships and communities."""

from socialwork_app.domain.fields.field import Field, Kind

ORGANISATION_FIELDS = (
    Field("name", "单位名称", Kind.TEXT, ("机构名称", "名称"), required=True, unique=True, width=26),
    Field(
        "organisation_kind",
        "单位性质",
        Kind.CODE,
        ("机构类型", "单位类型", "性质"),
        code_list="organisation_kind",
        width=14,
    ),
    Field("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, ("信用代码",), unique=True, width=20),
    Field("township", "乡镇(街道)", Kind.REFERENCE, target="places", width=12),
    Field("contact", "联系人", Kind.NAME, width=8),
    Field("phone", "联系电话", Kind.PHONE, sensitive=True, width=14),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)

PLACE_FIELDS = (
    Field("name", "名称", Kind.TEXT, ("区划名称",), required=True, width=22),
    Field("code", "区划代码", Kind.IDENTIFIER, ("行政区划代码", "统计用区划代码"), unique=True, width=14),
    Field("place_level", "层级", Kind.CODE, code_list="place_level", required=True, width=12),
    Field("place_kind", "类型", Kind.CODE, code_list="place_kind", width=12),
    Field("parent", "所属乡镇(街道)", Kind.REFERENCE, ("上级",), target="places", width=14),
    Field("former_names", "曾用名", Kind.TEXT, width=22, hint="多个名称以、分开，导入时同样识别"),
    Field("former_code", "曾用代码", Kind.IDENTIFIER, width=14),
    Field("valid_from", "启用日期", Kind.DATE, width=11),
    Field("valid_to", "停用日期", Kind.DATE, width=11),
    Field("successor", "现为", Kind.REFERENCE, target="places", width=16, hint="停用后由哪个区划接续"),
    Field("note", "备注", Kind.LONG_TEXT, width=24),
)
