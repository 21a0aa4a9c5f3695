"""One study of a person. The person's own 学历 is the highest; these say how it came about."""

from socialwork_app.domain.fields.field import Field, Kind

EDUCATION_FIELDS = (
    Field("study_mode", "学习形式", Kind.CODE, code_list="study_mode", required=True, width=8),
    Field("education", "学历", Kind.CODE, code_list="education", required=True, width=10),
    Field("degree", "学位", Kind.CODE, code_list="degree", width=8),
    Field("school", "毕业院校", width=18),
    Field("major", "所学专业", width=14),
    Field("enrolled_on", "入学年月", Kind.DATE, ("入学时间",), width=11),
    Field("graduated_on", "毕业年月", Kind.DATE, ("毕业时间",), width=11),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)
