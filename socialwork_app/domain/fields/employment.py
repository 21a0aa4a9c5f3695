"""One spell of work of a person; years of social work are counted from these."""

from socialwork_app.domain.fields.field import Field, Kind

EMPLOYMENT_FIELDS = (
    Field(
        "employer",
        "工作单位",
        Kind.REFERENCE,
        ("单位", "单位名称", "所在单位"),
        target="organisations",
        required=True,
        width=22,
    ),
    Field("post", "岗位", Kind.TEXT, ("职务", "岗位职务"), width=12),
    Field(
        "from",
        "起始年月",
        Kind.DATE,
        ("起", "开始时间", "起始时间", "入职年月", "开始年月"),
        required=True,
        width=11,
    ),
    Field(
        "to",
        "终止年月",
        Kind.DATE,
        ("止", "结束时间", "终止时间", "离职年月", "结束年月"),
        width=11,
        hint="仍在岗则不填",
    ),
    Field("social_work", "是否社会工作", Kind.YES_NO, ("社会工作岗位", "是否从事社会工作"), default=1, width=8),
    Field("full_time", "是否专职", Kind.YES_NO, ("专职", "全职"), default=1, width=8),
    Field("service_field", "服务领域", Kind.CODE, code_list="service_field", width=12),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)
