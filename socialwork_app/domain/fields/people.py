"""A person: who it is, where the person works and lives, and whether still here."""

from socialwork_app.domain.fields.field import Field, Kind

IDENTITY, EDUCATION, WORK, CONTACT, STATUS = "身份", "学历", "工作", "住址与联系", "在册情况"

PEOPLE_FIELDS = (
    Field("name", "姓名", Kind.NAME, ("名字", "人员姓名", "社工姓名"), required=True, width=8, section=IDENTITY),
    Field("id_type", "证件类型", Kind.CODE, ("证件种类",), code_list="id_type", default="居民身份证", width=12,
          section=IDENTITY),
    Field("id_number", "身份证号", Kind.ID_NUMBER,
          ("身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号码", "证件号", "居民身份证号码"),
          sensitive=True, unique=True, width=20, section=IDENTITY),
    Field("gender", "性别", Kind.CODE, code_list="gender", derived_from=("id_number",), width=5, section=IDENTITY),
    Field("birth_date", "出生年月", Kind.DATE, ("出生日期", "出生年月日", "出生时间", "生日"),
          derived_from=("id_number",), width=11, section=IDENTITY),
    Field("ethnicity", "民族", Kind.CODE, code_list="ethnicity", width=8, section=IDENTITY),
    Field("political_status", "政治面貌", Kind.CODE, ("政治面目", "党派"), code_list="political_status", width=10,
          section=IDENTITY),
    Field("education", "学历", Kind.CODE, ("最高学历", "文化程度", "学历层次"), code_list="education", width=10,
          section=EDUCATION),
    Field("degree", "学位", Kind.CODE, ("最高学位",), code_list="degree", width=8, section=EDUCATION),
    Field("school", "毕业院校", Kind.TEXT, ("毕业学校", "院校", "毕业院校名称"), width=18, section=EDUCATION),
    Field("major", "所学专业", Kind.TEXT, ("专业", "毕业专业"), width=14, section=EDUCATION),
    Field("employer", "工作单位", Kind.REFERENCE, ("单位", "所在单位", "单位名称", "现工作单位", "工作机构"),
          target="organisations", width=22, section=WORK),
    Field("position", "岗位", Kind.TEXT, ("职务", "岗位职务", "现任职务", "任职情况", "工作岗位"), width=12, section=WORK),
    Field("social_work_since", "从事社会工作起始年月", Kind.DATE, ("从事社会工作时间", "从事社工时间", "社会工作起始时间"),
          width=12, section=WORK),
    Field("service_field", "服务领域", Kind.CODE, ("社会工作领域", "从业领域"), code_list="service_field", width=12,
          section=WORK),
    Field("phone", "联系电话", Kind.PHONE, ("手机", "手机号", "手机号码", "电话", "联系方式", "电话号码"),
          sensitive=True, width=14, section=CONTACT),
    Field("township", "乡镇(街道)", Kind.REFERENCE, ("乡镇", "街道", "所属街道", "所在乡镇", "乡镇街道", "街道(乡镇)", "镇(街道)"),
          target="places", width=12, section=CONTACT),
    Field("community", "村(社区)", Kind.REFERENCE, ("社区", "村", "所属社区", "村委会", "居委会", "村社区", "社区(村)"),
          target="places", width=16, section=CONTACT),
    Field("status", "人员状态", Kind.CODE, ("状态", "在册状态"), code_list="person_status", default="here", width=8,
          section=STATUS),
    Field("status_on", "状态日期", Kind.DATE, ("离开日期", "退休日期"), width=11, section=STATUS),
    Field("note", "备注", Kind.LONG_TEXT, ("说明",), width=16, section=STATUS),
)
