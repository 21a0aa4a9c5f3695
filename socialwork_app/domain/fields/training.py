"""Training courses of our own: the course, its half-days, who signed up, and who was there."""

from socialwork_app.domain.fields.field import Field, Kind

COURSE_FIELDS = (
    Field("title", "培训班", Kind.TEXT, ("培训名称", "培训班名称", "班次", "课程名称"), required=True, width=26),
    Field("notice_number", "通知文号", Kind.TEXT, ("文号",), width=18),
    Field("form", "培训形式", Kind.CODE, ("形式",), code_list="learning_form", width=10),
    Field("category", "科目类别", Kind.CODE, ("类别",), code_list="learning_category", default="professional", width=10),
    Field("organiser", "举办单位", Kind.TEXT, ("主办单位", "承办单位"), width=20),
    Field("place", "培训地点", Kind.TEXT, ("地点",), width=18),
    Field("from", "开始日期", Kind.DATE, ("培训开始时间", "起始日期"), width=11),
    Field("to", "结束日期", Kind.DATE, ("培训结束时间", "终止日期"), width=11),
    Field("session_hours", "每半天小时数", Kind.HOURS, ("每半天学时",), width=8,
          hint="各半天不同的，在“培训日程”中分别填写"),
    Field("audience", "培训对象", Kind.TEXT, ("参训对象",), width=18),
    Field("places", "计划人数", Kind.INTEGER, ("名额", "培训人数"), width=8, hint="报名超过计划人数的按先后候补；不填则不限"),
    Field("budget", "经费预算(元)", Kind.INTEGER, ("经费", "预算"), width=10),
    Field("sign_up_until", "报名截止", Kind.DATE, ("报名截止日期",), width=11),
    Field("state", "办班状态", Kind.CODE, ("状态",), code_list="course_state", default="planned", required=True, width=10),
    Field("number_prefix", "结业证书编号前缀", Kind.TEXT, width=14, hint="编号为前缀加三位顺序号；不填则不自动编号"),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

SESSION_FIELDS = (
    Field("date", "上课日期", Kind.DATE, ("日期",), required=True, width=11),
    Field("half_day", "半天", Kind.CODE, code_list="half_day", required=True, width=7),
    Field("hours", "小时数", Kind.HOURS, ("学时",), width=8, hint="不填则按培训班的“每半天小时数”"),
    Field("topic", "课程内容", Kind.TEXT, ("内容", "授课内容"), width=22),
    Field("teacher", "授课人", Kind.TEXT, ("授课老师", "主讲人"), width=10),
)

SIGN_UP_FIELDS = (
    Field("course", "培训班", Kind.REFERENCE, ("培训名称", "培训班名称", "培训班次", "参加培训班", "班次"), target="courses",
          required=True, width=24),
    Field("sign_up_state", "报名状态", Kind.CODE, code_list="sign_up_state", default="signed_up", required=True, width=8),
    Field("level", "证书级别", Kind.CODE, ("级别", "持证级别", "证书等级", "社工证书"), code_list="level", width=14,
          hint="报名时所持最高级别；没有证书的不填"),
    Field("lodging", "是否住宿", Kind.YES_NO, ("住宿", "是否需要住宿"), width=8),
    Field("dietary", "饮食要求", Kind.TEXT, ("饮食", "饮食禁忌", "用餐要求"), width=12),
    Field("signed_up_on", "报名日期", Kind.DATE, width=11),
    Field("assessment", "考核结果", Kind.CODE, ("考核", "结业考核"), code_list="assessment_result", width=8),
    Field("completion_number", "结业证书编号", Kind.IDENTIFIER, ("结业证号", "证书编号"), width=16),
    Field("note", "备注", Kind.LONG_TEXT, width=16),
)  # fmt: skip

ATTENDANCE_FIELDS = (
    Field("date", "签到日期", Kind.DATE, ("日期",), required=True, width=11),
    Field("half_day", "半天", Kind.CODE, code_list="half_day", required=True, width=7),
    Field("mark", "签到情况", Kind.CODE, code_list="attendance_mark", default="present", required=True, width=8),
)

TRAINING_FIGURE_FIELDS = (
    Field("group", "分类", width=12),
    Field("what", "名称", width=30),
    Field("courses", "班数", Kind.INTEGER, width=7),
    Field("signed_up", "报名人次", Kind.INTEGER, width=9),
    Field("people", "参训人数", Kind.INTEGER, width=9),
    Field("attendances", "参训人次", Kind.INTEGER, width=9),
    Field("hours", "出勤小时合计", Kind.HOURS, width=12),
)
UNANSWERED_FIELDS = (
    Field("unit", "单位", width=28),
    Field("township", "乡镇(街道)", width=14),
    Field("contact", "联系人", Kind.NAME, width=8),
    Field("phone", "联系电话", Kind.PHONE, sensitive=True, width=14),
    Field("invited", "拟邀请人数", Kind.INTEGER, width=10),
    Field("here", "在册人数", Kind.INTEGER, width=9),
)

PLACE_TAKEN_FIELDS = (
    Field("place_taken", "录取情况", computed=True, derived_from=("course",), width=10),
    Field("attended", "出勤(半天)", computed=True, derived_from=("course",), width=9),
    Field("attended_hours", "出勤小时", Kind.HOURS, computed=True, derived_from=("course",), width=8),
)
"""Worked out from all sign-ups and sessions of a course, as services.courses does."""
