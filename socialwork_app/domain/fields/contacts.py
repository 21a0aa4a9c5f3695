"""Leaders who keep contact with talents, the liaison officers of units, and what came of each contact."""

from socialwork_app.domain.fields.field import Field, Kind

LEADER_FIELDS = (
    Field("name", "联系领导", Kind.TEXT, ("领导", "领导姓名", "姓名"), required=True, width=10),
    Field("post", "领导职务", Kind.TEXT, ("职务",), width=22),
    Field("from", "任职起", Kind.DATE, width=11),
    Field("to", "任职止", Kind.DATE, width=11),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)

LEADER_CONTACT_FIELDS = (
    Field("leader", "联系领导", Kind.REFERENCE, ("领导",), target="leaders", required=True, width=12),
    Field("from", "联系起", Kind.DATE, ("开始联系日期",), width=11),
    Field("to", "联系止", Kind.DATE, width=11, hint="更换领导时填写，原来的联系保留"),
    Field("document", "依据文件", width=20),
    Field("note", "备注", Kind.TEXT, width=16),
)

LIAISON_FIELDS = (
    Field("name", "联络员", Kind.TEXT, ("姓名",), required=True, width=10),
    Field("phone", "联络员电话", Kind.PHONE, ("电话", "联系电话"), sensitive=True, width=14),
    Field("post", "联络员职务", Kind.TEXT, ("职务",), width=16),
    Field("from", "任职起", Kind.DATE, width=11),
    Field("to", "任职止", Kind.DATE, width=11),
)

CONTACT_LOG_FIELDS = (
    Field("date", "联系日期", Kind.DATE, ("日期", "联系时间"), required=True, width=11),
    Field(
        "contact_form", "联系形式", Kind.CODE, ("形式", "联系方式"), code_list="contact_form", required=True, width=9
    ),
    Field("leader", "联系领导", Kind.REFERENCE, ("领导",), target="leaders", width=12),
    Field("present", "参加人员", Kind.TEXT, ("联络员",), width=16),
    Field("matter", "联系内容", Kind.LONG_TEXT, ("内容", "事项"), width=28),
    Field("request", "反映的问题和诉求", Kind.LONG_TEXT, ("诉求", "问题", "意见建议"), width=24),
    Field("reply", "答复", Kind.LONG_TEXT, ("办理情况", "回复"), width=24),
    Field("done_on", "办结日期", Kind.DATE, ("办结",), width=11, hint="有诉求而未填的列为待办"),
    Field("note", "备注", Kind.TEXT, width=16),
)

CONTACT_ROSTER_FIELDS = (
    Field("name", "姓名", Kind.NAME, width=8),
    Field("unit_and_post", "单位及职务", width=24),
    Field("titles", "称号", width=22),
    Field("term", "管理期", width=12),
    Field("leader", "联系领导", width=9),
    Field("leader_post", "领导职务", width=16),
    Field("liaison", "联络员", width=9),
    Field("liaison_phone", "联络员电话", Kind.PHONE, sensitive=True, width=14),
    Field("contacts", "本年联系次数", Kind.INTEGER, width=8),
)
"""Of the list of who keeps contact with whom, as of a day."""

LEADER_SHEET_FIELDS = (
    Field("name", "姓名", Kind.NAME, width=9),
    Field("unit_and_post", "单位及职务", width=20),
    Field("date", "联系日期", Kind.DATE, width=11),
    Field("contact_form", "联系形式", Kind.CODE, code_list="contact_form", width=7),
    Field("matter", "联系内容", Kind.LONG_TEXT, width=27),
    Field("request", "反映的问题和诉求", Kind.LONG_TEXT, width=24),
    Field("reply", "答复", Kind.LONG_TEXT, width=24),
    Field("done_on", "办结日期", Kind.DATE, width=11),
)
"""Of a leader's sheet of a year."""

LIAISON_ROSTER_FIELDS = (
    Field("unit", "单位", width=26),
    *(field for field in LIAISON_FIELDS if field.key != "to"),
)
"""The officers of the units, as of a day: until when they will be nobody knew then."""
