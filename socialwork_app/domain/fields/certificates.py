"""A certificate and its registrations (职业水平证书, 登记)."""

from socialwork_app.domain.fields.field import Field, Kind

CERTIFICATE_FIELDS = (
    Field(
        "level",
        "证书级别",
        Kind.CODE,
        (
            "级别",
            "证书名称",
            "资格级别",
            "证书等级",
            "职业水平级别",
            "社会工作者职业水平证书情况",
            "持证情况",
            "资格名称",
        ),
        code_list="level",
        required=True,
        width=14,
    ),
    Field(
        "certificate_number",
        "管理号",
        Kind.IDENTIFIER,
        ("证书管理号", "证书编号", "证书号", "证书号码", "证书管理编号"),
        unique=True,
        width=22,
    ),
    Field(
        "approved_on",
        "批准日期",
        Kind.DATE,
        ("发证日期", "取得日期", "取证时间", "获取证书时间", "批准时间", "取得证书时间"),
        width=11,
    ),
    Field("issuer", "发证机关", Kind.TEXT, ("签发单位", "发证单位"), width=18),
    Field("scope", "证书效力范围", Kind.CODE, ("效力范围",), code_list="scope", default="national", width=10),
    Field(
        "file_valid_until",
        "电子证书有效期至",
        Kind.DATE,
        ("加注有效期",),
        width=11,
        hint="下载时加注的有效期，过期须重新下载",
    ),
    Field("note", "备注", Kind.LONG_TEXT, ("证书备注",), width=16),
)

REGISTRATION_FIELDS = (
    Field(
        "registration_kind",
        "登记类别",
        Kind.CODE,
        ("登记类型",),
        code_list="registration_kind",
        default="first",
        width=10,
    ),
    Field("registration_number", "登记证号", Kind.IDENTIFIER, ("登记证书编号", "登记号", "登记编号"), width=18),
    Field("registered_on", "登记日期", Kind.DATE, ("登记时间",), width=11),
    Field(
        "valid_until",
        "有效期至",
        Kind.DATE,
        ("登记有效期", "有效期", "登记有效期至"),
        derived_from=("registered_on",),
        width=11,
    ),
    Field("authority", "登记机构", Kind.TEXT, ("登记机关",), width=18),
    Field("local_number", "地方注册号", Kind.IDENTIFIER, width=16, hint="部分城市另有年度注册编号"),
    Field("cancel_reason", "注销原因", Kind.TEXT, width=16),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)
