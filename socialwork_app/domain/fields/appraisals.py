"""Yearly appraisal: by which version of the criteria, who gave which score for what, and what came of it."""

from socialwork_app.domain.fields.field import Field, Kind

CRITERIA_FIELDS = (
    Field("title", "考核标准", Kind.TEXT, ("标准名称", "考核标准名称"), required=True, unique=True, width=26),
    Field("scheme", "人才项目", Kind.REFERENCE, target="talent_schemes", width=20),
    Field("from_year", "起用年度", Kind.INTEGER, required=True, width=8),
    Field("document", "依据文件", width=26),
    Field("combined_by", "多人评分", Kind.CODE, code_list="combined_by", default="mean", required=True, width=12),
    Field("graded_by", "定等方式", Kind.CODE, code_list="graded_by", default="bands", required=True, width=12),
    Field("cap_share", "优秀比例上限(%)", Kind.INTEGER, ("优秀比例",), width=10, hint="占参加考核人数；不填则不限"),
    Field("cap_rounding", "名额尾数", Kind.CODE, code_list="cap_rounding", default="down", width=10),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

ITEM_FIELDS = (
    Field("title", "考核指标", Kind.TEXT, ("指标", "项目", "考核内容"), required=True, width=20),
    Field("rank", "次序", Kind.INTEGER, ("序号",), width=6),
    Field("maximum", "满分", Kind.HOURS, ("分值", "最高分"), required=True, width=7),
    Field("weight", "权重", Kind.HOURS, width=7, hint="不填为 1"),
    Field("guidance", "评分说明", Kind.LONG_TEXT, ("评分标准",), width=30),
)

BAND_FIELDS = (
    Field("grade", "等次", Kind.CODE, code_list="appraisal_grade", required=True, width=10),
    Field("minimum", "最低分(含)", Kind.HOURS, width=9, hint="按总分定等时的下限；由决定给出的等次不填"),
    Field("note", "备注", Kind.TEXT, width=16),
)

APPRAISER_FIELDS = (
    Field("appraiser", "评分人", Kind.TEXT, required=True, width=12),
    Field("weight", "权重", Kind.HOURS, width=7, hint="多人评分按权重时使用；不填为 1"),
    Field("note", "备注", Kind.TEXT, width=16),
)

APPRAISAL_FIELDS = (
    Field("scheme", "人才项目", Kind.REFERENCE, ("称号", "人才称号", "项目"), target="talent_schemes", required=True, width=24),
    Field("year", "考核年度", Kind.INTEGER, ("年度", "考核年份"), required=True, width=8),
    Field("criteria", "考核标准", Kind.REFERENCE, target="appraisal_criteria", width=22),
    Field("self_report", "本人述职", Kind.LONG_TEXT, ("述职", "个人总结", "自我评价"), width=24),
    Field("score", "考核得分", Kind.HOURS, ("得分", "总分", "分数", "考核分数", "合计得分"), width=8,
          hint="没有分项评分时填写；有分项评分的按标准计算"),
    Field("grade", "考核等次", Kind.CODE, ("等次", "考核结果", "结果", "考核结论"), code_list="appraisal_grade", width=9,
          decided=True),
    Field("unit_opinion", "单位意见", Kind.LONG_TEXT, width=18),
    Field("township_opinion", "乡镇(街道)意见", Kind.LONG_TEXT, width=18),
    Field("bureau_opinion", "主管部门意见", Kind.LONG_TEXT, ("区级意见", "民政局意见"), width=18),
    Field("objection", "异议及处理", Kind.TEXT, ("异议",), width=18),
    Field("unit_then", "考核时单位", Kind.TEXT, width=20, hint="建立考核时自动记下，以便往年名册不随调动改变"),
    Field("post_then", "考核时职务", Kind.TEXT, width=12),
    Field("political_then", "考核时政治面貌", Kind.CODE, code_list="political_status", width=10),
    Field("education_then", "考核时学历", Kind.CODE, code_list="education", width=10),
    Field("appraised_on", "考核日期", Kind.DATE, width=11),
    Field("decision", "处理决定", Kind.CODE, ("管理决定",), code_list="talent_decision", width=10, decided=True),
    Field("decided_on", "决定日期", Kind.DATE, width=11, decided=True),
    Field("decision_document", "决定文号", Kind.TEXT, width=18, decided=True),
    Field("decision_reason", "决定理由", Kind.TEXT, width=20, decided=True),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

SCORE_FIELDS = (
    Field("appraiser", "评分人", Kind.TEXT, width=12),
    Field("item", "考核指标", Kind.TEXT, ("指标",), required=True, width=20, hint="照考核标准中的名称"),
    Field("score", "得分", Kind.HOURS, ("分数",), required=True, width=8),
    Field("note", "得分说明", Kind.TEXT, ("说明",), width=18),
)

RESULT_FIELDS = (
    Field("total_score", "总分", Kind.HOURS, computed=True, derived_from=("year", "scheme"), width=8),
    Field("appraised_by", "评分人数", Kind.INTEGER, computed=True, derived_from=("year", "scheme"), width=8),
    Field("grade_by_score", "按分等次", computed=True, derived_from=("year", "scheme"), width=9),
    Field("suggestion", "建议", computed=True, derived_from=("year", "scheme"), width=10),
    Field("suggestion_reason", "建议理由", computed=True, derived_from=("year", "scheme"), width=28),
)
"""Worked out from the scores, the criteria and the years before, as services.appraisals does."""

ROSTER_FIELDS = (
    Field("name", "姓名", Kind.NAME, width=8),
    Field("gender", "性别", Kind.CODE, code_list="gender", width=5),
    Field("ethnicity", "民族", Kind.CODE, code_list="ethnicity", width=6),
    Field("birth_date", "出生年月", Kind.DATE, width=11),
    Field("political_then", "政治面貌", Kind.CODE, code_list="political_status", width=10),
    Field("education", "学历学位", width=12),
    Field("unit_and_post", "工作单位及职务", width=24),
    Field("level", "职称/证书级别", Kind.CODE, code_list="level", width=14),
    Field("talent_category", "人才类别", width=12),
    Field("round", "获评届次", width=18),
    Field("term", "管理期", width=12),
    Field("leader", "联系领导", width=9),
    Field("liaison", "联络员", width=9),
    Field("total_score", "考核得分", Kind.HOURS, width=8),
    Field("grade", "考核等次", Kind.CODE, code_list="appraisal_grade", width=9),
    Field("note", "备注", Kind.LONG_TEXT, width=12),
)  # fmt: skip
"""Of the yearly roster; unit, post, political status and education are those of the time of the appraisal."""

SUMMARY_FIELDS = (
    Field("group", "分组", width=12),
    Field("what", "名称", width=24),
    Field("people", "人数", Kind.INTEGER, width=6),
    Field("graded", "参加考核", Kind.INTEGER, width=9),
    Field("excellent", "优秀", Kind.INTEGER, width=6),
    Field("excellent_share", "优秀占比", width=9),
    Field("competent", "合格(称职)", Kind.INTEGER, width=7),
    Field("competent_share", "合格占比", width=9),
    Field("basic", "基本合格(基本称职)", Kind.INTEGER, width=11),
    Field("basic_share", "基本合格占比", width=9),
    Field("failed", "不合格(不称职)", Kind.INTEGER, width=9),
    Field("failed_share", "不合格占比", width=9),
    Field("ungraded", "不定等次或未参加", Kind.INTEGER, width=9),
    Field("pending", "尚未定等", Kind.INTEGER, width=9),
    Field("places", "优秀名额上限", Kind.INTEGER, width=9),
)
"""Figures of a year; shares are of those who took part."""
