"""Titles of outstanding talents: the scheme that gives them, its rounds, who was put forward, and who holds one."""

from socialwork_app.domain.fields.field import Field, Kind

SCHEME_FIELDS = (
    Field("title", "人才项目", Kind.TEXT, ("称号", "人才称号", "项目名称"), required=True, unique=True, width=24),
    Field("title_level", "项目级别", Kind.CODE, ("称号级别",), code_list="title_level", width=8),
    Field("document", "依据文件", width=28),
    Field("cycle_years", "评选周期(年)", Kind.INTEGER, width=9),
    Field("cap", "每届名额", Kind.INTEGER, ("名额",), width=8, hint="不填则不限；超过时提醒"),
    Field("term_years", "管理期(年)", Kind.INTEGER, ("管理期年数",), width=9, hint="授予时据此填写管理期止；文件未定的不填"),
    Field("allowance", "津贴(元/月)", Kind.INTEGER, ("津贴标准",), width=9),
    Field("allowance_rule", "津贴规定", Kind.LONG_TEXT, width=20, hint="如同类津贴就高不重复、考核后发放；照文件写"),
    Field("publication_days", "公示工作日", Kind.INTEGER, ("公示天数",), width=9),
    Field("excluded", "不参评人员", Kind.TEXT, width=20),
    Field("valid_from", "起用日期", Kind.DATE, width=11),
    Field("valid_to", "停用日期", Kind.DATE, width=11),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

ROUND_FIELDS = (
    Field("title", "届次", Kind.TEXT, ("评选届次", "批次", "获评届次"), required=True, unique=True, width=22,
          hint="写全称，如“第三届……优秀人才”，以便各项目之间不混"),
    Field("year", "评选年度", Kind.INTEGER, ("年度",), width=8),
    Field("notice", "评选通知", width=22),
    Field("recommend_until", "推荐截止", Kind.DATE, width=11),
    Field("reviewed_on", "评审日期", Kind.DATE, width=11),
    Field("published_on", "公示开始", Kind.DATE, ("公示起始日期",), width=11),
    Field("published_until", "公示结束", Kind.DATE, ("公示截止日期",), width=11, hint="不填则按公示工作日和节假日表推算"),
    Field("decision", "表彰决定文号", Kind.TEXT, ("授予文号", "决定文号"), width=20, decided=True),
    Field("decided_on", "决定日期", Kind.DATE, ("授予日期",), width=11, decided=True),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

CANDIDATE_FIELDS = (
    Field("round", "届次", Kind.REFERENCE, ("评选届次", "批次"), target="talent_rounds", required=True, width=22),
    Field("candidate_state", "评选进度", Kind.CODE, ("进度",), code_list="candidate_state", default="recommended",
          required=True, width=10, decided=True),
    Field("recommended_by", "推荐单位", Kind.REFERENCE, target="organisations", width=20),
    Field("recommended_on", "推荐日期", Kind.DATE, width=11),
    Field("talent_category", "人才类别", Kind.TEXT, ("类别",), width=14),
    Field("deeds", "主要事迹", Kind.LONG_TEXT, ("事迹", "事迹材料"), width=24),
    Field("review_score", "评审得分", Kind.HOURS, ("得分", "评审分"), width=8),
    Field("review_opinion", "评审意见", Kind.TEXT, width=18),
    Field("objection", "公示异议", Kind.TEXT, ("异议",), width=18),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

TALENT_FIELDS = (
    Field("scheme", "人才项目", Kind.REFERENCE, ("称号", "人才称号", "荣誉称号", "项目"), target="talent_schemes", required=True,
          width=24),
    Field("round", "获评届次", Kind.REFERENCE, ("届次", "批次", "评选届次"), target="talent_rounds", width=22),
    Field("talent_category", "人才类别", Kind.TEXT, ("类别",), width=14),
    Field("granted_on", "授予日期", Kind.DATE, ("授予时间", "获评时间", "命名日期"), width=11),
    Field("document", "授予文号", Kind.TEXT, ("文号", "表彰文号", "命名文号"), width=20),
    Field("term_from", "管理期起", Kind.DATE, ("管理期开始", "管理期起始"), width=11),
    Field("term_to", "管理期止", Kind.DATE, ("管理期结束", "管理期截止"), width=11),
    Field("talent_state", "称号状态", Kind.CODE, ("状态", "在管状态"), code_list="talent_state", default="managed",
          required=True, width=9),
    Field("state_on", "状态日期", Kind.DATE, width=11),
    Field("state_reason", "状态原因", Kind.TEXT, ("退出原因", "取消原因"), width=18),
    Field("state_document", "状态依据文号", Kind.TEXT, ("退出文号", "取消文号"), width=18),
    Field("allowance_from", "津贴起发年月", Kind.DATE, width=11),
    Field("allowance_state", "津贴发放", Kind.CODE, code_list="allowance_state", width=9),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

TERM_FIELDS = (Field("term_note", "管理期提示", computed=True, derived_from=("talent_state", "term_to"), width=14),)

PUBLIC_FIELDS = (
    Field("name", "姓名", Kind.NAME, width=10),
    Field("gender", "性别", Kind.CODE, code_list="gender", width=6),
    Field("unit_and_post", "工作单位及职务", width=40),
    Field("talent_category", "人才类别", width=20),
)
"""Of a round's candidates, for everybody to read."""

HOLIDAY_FIELDS = (
    Field("date", "节假日期", Kind.DATE, ("日期",), required=True, unique=True, width=11),
    Field("day_kind", "性质", Kind.CODE, code_list="day_kind", default="off", required=True, width=10),
    Field("name", "名称", Kind.TEXT, ("节日",), width=14),
    Field("document", "依据文件", width=24),
)

FORM_FIELDS = (
    Field("title", "表格名称", Kind.TEXT, ("名称",), required=True, unique=True, width=24),
    Field("scheme", "人才项目", Kind.REFERENCE, target="talent_schemes", width=22),
    Field("document", "来源文件", width=24),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)
FORM_CELL_FIELDS = (
    Field("sheet", "所在工作表", Kind.TEXT, ("工作表",), width=14),
    Field("cell", "单元格", Kind.TEXT, required=True, width=8),
    Field("value", "填入内容", Kind.TEXT, required=True, width=20),
)
"""Where the values of a person go in an .xlsx form; a .docx form names them itself."""
