"""The exam: its years, who may sit, who signed up with which scores, and the review of the senior level."""

from socialwork_app.domain.fields.field import Field, Kind

SITTING_FIELDS = (
    Field("year", "考试年度", Kind.INTEGER, ("年度", "考试年份"), required=True, unique=True, width=8),
    Field("title", "考试名称", width=24, hint="2024 年及以前称职业水平考试，2025 年起称职业资格考试"),
    Field("sign_up_from", "报名开始", Kind.DATE, ("报名起始日期",), width=11),
    Field("sign_up_to", "报名截止", Kind.DATE, ("报名截止日期",), width=11),
    Field("fee_until", "缴费截止", Kind.DATE, ("缴费截止日期",), width=11),
    Field("exam_from", "考试开始", Kind.DATE, ("考试日期", "考试时间"), width=11),
    Field("exam_to", "考试结束", Kind.DATE, width=11),
    Field("scores_on", "成绩公布", Kind.DATE, ("成绩公布日期", "成绩查询时间"), width=11),
    Field(
        "cut_off",
        "从业年限截止日",
        Kind.DATE,
        ("年限截止日", "工作年限截止日"),
        width=13,
        hint="不填则按规则“从业年限截止日”计算",
    ),
    Field("pass_mark", "全国合格线", Kind.INTEGER, ("合格标准", "合格分数线"), width=9),
    Field("local_mark_assistant", "单独划线(初级)", Kind.INTEGER, width=11),
    Field("local_mark_social_worker", "单独划线(中级)", Kind.INTEGER, width=11),
    Field("local_mark_senior", "单独划线(高级)", Kind.INTEGER, width=11),
    Field("document", "依据文件", width=28),
    Field("trust", "核对情况", width=20),
    Field("note", "备注", Kind.LONG_TEXT, width=24),
)

ELIGIBILITY_FIELDS = (
    Field("rule", "条件编号", required=True, width=8),
    Field("level", "报考级别", Kind.CODE, ("级别",), code_list="level", required=True, width=14),
    Field("education", "最低学历", Kind.CODE, code_list="education", required=True, width=10),
    Field("major", "专业要求", Kind.CODE, code_list="major_required", default="any", required=True, width=12),
    Field("years", "从事社会工作年限", Kind.INTEGER, required=True, width=10),
    Field(
        "counted_after",
        "从取得证书起算",
        Kind.CODE,
        code_list="level",
        width=14,
        hint="年限自取得该级别证书之日起算；不填则全部计入",
    ),
    Field("valid_from", "起用日期", Kind.DATE, width=11),
    Field("valid_to", "停用日期", Kind.DATE, width=11),
    Field("document", "依据文件", width=28),
    Field("article", "条款", width=10),
    Field("trust", "核对情况", width=20),
    Field("note", "备注", Kind.LONG_TEXT, width=24),
)

ENTRY_FIELDS = (
    Field("year", "考试年度", Kind.INTEGER, ("年度", "考试年份", "报考年度"), required=True, width=8),
    Field(
        "level",
        "报考级别",
        Kind.CODE,
        ("级别", "考试级别", "报考专业级别", "级别名称"),
        code_list="level",
        required=True,
        width=14,
    ),
    Field(
        "subjects",
        "报考科目",
        Kind.CODES,
        ("考试科目", "科目名称"),
        code_list="exam_subject",
        width=20,
        hint="不填为该级别全部科目；几科之间用、隔开",
    ),
    Field("first_time", "是否首次报考", Kind.YES_NO, ("首次报考", "是否新考生"), width=8),
    Field("sign_up_number", "报名序号", Kind.IDENTIFIER, ("报名号", "报名编号"), width=14),
    Field("paid", "是否缴费", Kind.YES_NO, ("缴费", "已缴费", "缴费情况", "缴费状态"), width=8),
    Field("ticket_numbers", "准考证号", Kind.TEXT, ("准考证号码",), width=16, hint="各科不同的都写上，用、隔开"),
    Field("site", "考点", width=18),
    Field("room", "考场座位", Kind.TEXT, ("考场号", "座位号", "考场", "考场及座位号"), width=10),
    Field(
        "review_state",
        "资格核查",
        Kind.CODE,
        ("核查情况", "资格审核", "审核状态"),
        code_list="exam_review_state",
        default="open",
        width=10,
        decided=True,
    ),
    Field(
        "declared_reason",
        "不符条件仍报考的说明",
        Kind.TEXT,
        ("承诺说明", "报考说明"),
        width=18,
        hint="告知承诺制：核查认为不符合条件而仍报考的，写明理由",
    ),
    Field(
        "scope",
        "合格线范围",
        Kind.CODE,
        ("划线范围",),
        code_list="scope",
        default="national",
        width=12,
        hint="在单独划线地区参加考试的选“单独划线地区”",
    ),
    Field(
        "comprehensive",
        "综合能力成绩",
        Kind.SCORE,
        ("社会工作综合能力", "综合能力", "综合能力分数", "社会工作综合能力成绩", "社会工作综合能力初级", "社会工作综合能力中级",
         "综合能力初级", "综合能力中级", "综合"),
        width=8,
    ),
    Field(
        "policy",
        "法规与政策成绩",
        Kind.SCORE,
        ("社会工作法规与政策", "法规与政策", "法规", "政策法规", "法规政策", "社会工作法规与政策成绩", "社会工作法规与政策中级"),
        width=8,
    ),
    Field(
        "practice",
        "实务成绩",
        Kind.SCORE,
        ("社会工作实务", "实务", "社会工作实务成绩", "社会工作实务初级", "社会工作实务中级", "社会工作实务高级",
         "实务初级", "实务中级", "实务高级", "高级社会工作实务"),
        width=8,
    ),
    Field("proof_on", "合格证明签发日期", Kind.DATE, ("成绩合格证明日期",), width=11, hint="高级：自签发之日起三年内参加评审"),
    Field("note", "备注", Kind.LONG_TEXT, ("报考备注",), width=16),
)  # fmt: skip

RESULT_FIELDS = (
    Field("outcome", "考试结果", computed=True, derived_from=("year", "level"), width=12),
    Field("passed_subjects", "本年合格科目", computed=True, derived_from=("year", "level"), width=18),
    Field("carried_subjects", "滚动科目", computed=True, derived_from=("year", "level"), width=18),
    Field("passed_before", "上年度合格科目", computed=True, derived_from=("year", "level"), width=18),
    Field("lapses", "成绩有效至年度", Kind.INTEGER, computed=True, derived_from=("year", "level"), width=9),
    Field("verdict", "资格初核", computed=True, derived_from=("year", "level"), width=8),
    Field("verdict_reason", "初核说明", computed=True, derived_from=("year", "level"), width=30),
)
"""Worked out from all of a person's entries and facts, as services.exam_results does."""

FIGURE_FIELDS = (
    Field("group", "分类", width=12),
    Field("what", "名称", width=28),
    Field("signed_up", "报考人数", Kind.INTEGER, width=9),
    Field("sat", "参考人数", Kind.INTEGER, width=9),
    Field("absent", "缺考人数", Kind.INTEGER, width=9),
    Field("passed", "合格人数", Kind.INTEGER, width=9),
    Field("carrying", "滚动人数", Kind.INTEGER, width=9),
    Field("rate", "合格率(合格/参考)", width=12),
)
CALL_UP_FIELDS = (
    Field("employer", "工作单位", width=24),
    Field("name", "姓名", Kind.NAME, width=8),
    Field("township", "乡镇(街道)", width=14),
    Field("phone", "联系电话", Kind.PHONE, sensitive=True, width=14),
    Field("level", "可报级别", width=14),
    Field("basis", "依据", width=8),
    Field("subjects", "应报科目", width=24),
    Field("lapsing", "今年到期科目", width=20),
)

REVIEW_FIELDS = (
    Field("year", "评审年度", Kind.INTEGER, required=True, width=8),
    Field("applied_on", "申报日期", Kind.DATE, width=11),
    Field("state", "评审结果", Kind.CODE, code_list="review_outcome", default="applied", required=True, width=10),
    Field("decided_on", "评审日期", Kind.DATE, width=11),
    Field("document", "依据文件", width=24),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)
