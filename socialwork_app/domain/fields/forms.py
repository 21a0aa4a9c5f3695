"""What a form about a person can say beside the fields of the registers."""

from socialwork_app.domain.fields.field import Field, Kind

PAPER_FIELDS = (
    Field("year", "年度", Kind.INTEGER, ("考核年度",)),
    Field("filled_by", "填报单位", synonyms=("填表单位", "主管部门")),
    Field("filled_on", "填报日期", Kind.DATE, ("填表日期", "制表日期")),
)
PERSON_FIELDS = (
    Field("unit_and_post", "工作单位及职务", synonyms=("单位及职务", "工作单位及岗位", "单位职务")),
    Field("education_and_degree", "学历学位", synonyms=("学历及学位",)),
)
TITLE_FIELDS = (Field("term", "管理期"),)
RESULT_FIELDS = (
    Field("total_score", "考核得分", Kind.HOURS, ("总分", "合计得分", "得分合计")),
    Field("full_mark", "满分合计", Kind.HOURS, ("总分值",)),
)
CONTACT_FIELDS = (
    Field("leader", "联系领导"),
    Field("leader_post", "领导职务", synonyms=("联系领导职务",)),
    Field("liaison", "联络员"),
    Field("liaison_phone", "联络员电话", Kind.PHONE, sensitive=True),
    Field("contacts", "本年联系次数", Kind.INTEGER),
)
HOUR_FIELDS = (
    Field("earned", "已完成学时", Kind.HOURS, ("继续教育学时", "登记期已学小时")),
    Field("required", "应完成学时", Kind.HOURS, ("登记期应学小时",)),
    Field("learnt", "本年培训学时", Kind.HOURS, ("本年学时", "年度培训学时")),
)
SCORE_FIELDS = (
    Field("number", "序号", Kind.INTEGER),
    Field("item", "考核指标", synonyms=("指标",)),
    Field("maximum", "满分", Kind.HOURS, ("分值",)),
    Field("points", "得分", Kind.HOURS),
)
"""A line for each item of the criteria."""
