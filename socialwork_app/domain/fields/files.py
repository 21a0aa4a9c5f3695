"""Scans that hang on a record, and the rule table."""

from socialwork_app.domain.fields.field import Field, Kind

ATTACHMENT_FIELDS = (
    Field("file_name", "文件名", required=True, width=24),
    Field("size", "大小(字节)", Kind.INTEGER, width=10),
    Field("digest", "校验值", Kind.IDENTIFIER, width=16),
    Field("added_on", "加入日期", Kind.DATE, width=11),
    Field("valid_until", "有效期至", Kind.DATE, width=11, hint="电子证书加注的有效期"),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)

RULE_FIELDS = (
    Field("rule", "规则", Kind.IDENTIFIER, required=True, width=26),
    Field("title", "含义", required=True, width=26),
    Field("value", "数值", Kind.IDENTIFIER, required=True, width=10),
    Field("unit", "单位", width=8),
    Field("valid_from", "施行日期", Kind.DATE, width=11),
    Field("valid_to", "废止日期", Kind.DATE, width=11),
    Field("document", "文件", width=30),
    Field("article", "条款", width=10),
    Field("trust", "核实情况", width=12, hint="未核实的只作提醒，不作限制"),
    Field("note", "备注", Kind.LONG_TEXT, width=24),
)
