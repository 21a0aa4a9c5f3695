"""The ledger of learning, from which the hours of continuing education are counted."""

from socialwork_app.domain.fields.field import Field, Kind

SHORTFALL_FIELDS = (
    Field("name", "姓名", Kind.NAME, width=8),
    Field("employer", "工作单位", width=24),
    Field("township", "乡镇(街道)", width=14),
    Field("phone", "联系电话", Kind.PHONE, sensitive=True, width=14),
    Field("level", "证书级别", width=14),
    Field("since", "有效期起", Kind.DATE, width=11),
    Field("until", "有效期至", Kind.DATE, width=11),
    Field("required", "应学小时", Kind.HOURS, width=8),
    Field("earned", "已学小时", Kind.HOURS, width=8),
    Field("short", "还差小时", Kind.HOURS, width=8),
)
COUNTED_FIELDS = (
    Field("counted_in", "计入周期", computed=True, derived_from=("title",), width=24),
    Field("period_hours", "继续教育(已学/应学)", computed=True, derived_from=("level",), width=14),
)
"""Worked out from all of a person's records and registrations, as services.hours does."""

LEARNING_FIELDS = (
    Field("title", "学习名称", Kind.TEXT, ("培训名称", "培训班名称", "学习内容", "培训内容", "项目名称"), required=True, width=26),
    Field("organiser", "举办单位", Kind.TEXT, ("主办单位", "培训机构", "培训单位"), width=20),
    Field("from", "起始日期", Kind.DATE, ("开始日期", "培训开始时间", "起"), width=11),
    Field("to", "终止日期", Kind.DATE, ("结束日期", "培训结束时间", "培训日期", "培训时间", "学习时间", "止"), width=11),
    Field("hours", "小时数", Kind.HOURS, ("学时", "小时", "学时数", "培训学时", "小时/学时", "课时", "继续教育学时"), width=8),
    Field("form", "学习形式", Kind.CODE, ("形式", "培训形式"), code_list="learning_form", width=10),
    Field("category", "科目类别", Kind.CODE, ("类别",), code_list="learning_category", default="professional", width=10),
    Field("kind", "计时方式", Kind.CODE, code_list="learning_kind", default="training", required=True, width=12),
    Field("proof", "证明编号", Kind.IDENTIFIER, ("证书编号", "证明", "学时证明编号", "证明材料编号"), width=18,
          hint="没有编号而有扫描件的，把扫描件放入附件，此处写“见附件”"),
    Field("course", "本单位培训班", Kind.REFERENCE, target="courses", width=22, hint="由培训班计入的学时，随签到更新"),
    Field("counts", "是否计入", Kind.YES_NO, default=1, width=7),
    Field("reason", "不计入的原因", Kind.TEXT, width=16),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip
