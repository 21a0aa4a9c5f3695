"""The one place where a code becomes a sentence: short, no blame, what happened and what to do."""

from typing import Any

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.exam_eligibility import Answer, Verdict
from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.problems import Problem
from socialwork_app.foundation.errors import CodedError

SENTENCES: dict[str, str] = {
    "bug": "程序内部出错，编号 {number}，已记入日志 {path}。登记册未受影响，请把编号告诉维护人员。",
    "attachment.too_large": "附件 {file} 超过 {megabytes} MB，未加入。请压缩后再试。",
    "code.unknown": "“{text}”不是{label}的可选项，可填如：{nearest}。",
    "credit_code.as_number": "统一社会信用代码按数字存放，末几位已丢失。请将该列设为文本后重新录入。",
    "credit_code.characters": "统一社会信用代码含有不应出现的字符（不用字母 I、O、S、V、Z）。请核对。",
    "credit_code.checksum": "统一社会信用代码校验不符，可能有一位录错。请与登记证书核对。",
    "credit_code.length": "统一社会信用代码应为 18 位，现为 {count} 位。请核对。",
    "date.ambiguous_month": "日期按数字存放，分不清 1 月和 10 月，只取 {year} 年。请补录月份。",
    "date.impossible": "没有这个日期。请核对年月日。",
    "date.two_digit_year": "年份只写了两位，按 {year} 年处理。请核对。",
    "date.unknown": "无法识别为日期。请写成 1985-03 或 1985-03-17。",
    "disk.full": "磁盘空间不足，未写入 {path}。请清理磁盘后再试。",
    "file.missing": "找不到文件 {path}。请核对位置。",
    "file.refused": "无法写入或读取 {path}：没有权限，或正被其他程序打开。请关闭该文件后再试。",
    "file.failed": "无法使用文件 {path}（{reason}）。",
    "hours.degree_already_counted": "学历学位的小时已经计过，或已计入取得的学历学位。",
    "hours.excluded": "已标明不计入。",
    "hours.no_date": "没有起止日期。",
    "hours.no_hours": "没有小时数。",
    "hours.no_period": "没有登记有效期。",
    "hours.no_proof": "没有证明编号或扫描件。",
    "hours.outside_period": "不在登记有效期内。",
    "due.hours_short": "继续教育还差 {short:g} 小时，登记有效期 {until} 届满，每月约需 {per_month:g} 小时。",
    "quality.learning_without_proof": "学习记录没有证明编号或扫描件，不计入继续教育。请补齐。",
    "hours.unknown": "{label}应填小时数，如 8 或 3.5。请核对。",
    "id_number.as_number": (
        "身份证号按数字存放，表格软件只保留前 15 位，末三位已丢失。请将该列设为文本后重新录入，或从其他名册取得号码。"
    ),
    "id_number.characters": "身份证号含有数字和末位 X 以外的字符。请核对。",
    "id_number.checksum": "身份证号校验不符，可能有一位录错。请与证件核对。",
    "id_number.county": (
        "身份证号开头 {county} 与出生年份对不上（晋宁 2016 年起用 530115，此前为 530122）。请核对，无误可保留。"
    ),
    "id_number.date": "身份证号中的出生日期不存在。请与证件核对。",
    "id_number.ends_zero": "身份证号末三位为 000，可能是按数字存放后丢失的。请与证件核对，无误可保留。",
    "id_number.length": "身份证号应为 18 位，现为 {count} 位。请核对。",
    "id_number.province": "身份证号开头的省级代码不存在。请与证件核对。",
    "id_number.upgraded": "15 位旧身份证号已换算为 18 位。请与现用证件核对。",
    "identifier.as_number": "编号按数字存放，超过 15 位的部分已丢失。请将该列设为文本后重新录入。",
    "identifier.ends_zero": "编号末三位为 000，可能是按数字存放后丢失的。请与原件核对，无误可保留。",
    "integer.unknown": "{label}应填整数。请核对。",
    "key_file.damaged": "密钥文件 {path} 已损坏，登记册无法打开。请用备份中的密钥文件替换后再试。",
    "key_file.missing": "找不到密钥文件 {path}，登记册无法打开。请从备份中恢复该文件。",
    "key_file.newer": "密钥文件由更新版本的程序生成，请用新版本程序打开。",
    "memory.full": "可用内存不足，无法核对密码。请关闭其他程序后再试。",
    "password.empty": "密码不能为空。请输入密码。",
    "password.has_name": "密码中含有姓名，容易被猜到，建议更换。",
    "password.old_wrong": "原密码不正确，没有更改。请重新输入；忘记原密码的，输入恢复码。",
    "password.one_class": "密码只有一类字符，容易被猜到，建议字母、数字、符号混用。",
    "password.sequence": "密码是连续或重复的字符，容易被猜到，建议更换。",
    "password.short": "密码不足 8 位，容易被猜到，建议加长。",
    "password.wrong": "密码不正确。请重新输入，或使用恢复码。",
    "phone.unknown": "电话号码的写法无法识别，已按原样保留。请核对。",
    "print.refused": "打印机没有接受打印任务。请检查打印机是否联机后再试。",
    "recovery_code.mistyped": "恢复码有误：位数或字符不对。请与打印的恢复码逐组核对。",
    "recovery_code.wrong": "恢复码不是这个登记册现用的恢复码。请查找最近一次打印的恢复码。",
    "register.in_use": "登记册正被使用（计算机 {host}，进程 {pid}，自 {since} 起）。请先关闭另一处再打开。",
    "register.network": "登记册不能放在网络驱动器上：{path}。请选择本机磁盘上的文件夹。",
    "score.unknown": "{label}应填 0 以上的整数，或缺考、违纪、成绩无效（-1、-2、-4）。请核对。",
    "score.above_full": "{score} 分超过满分 {full}。请核对。",
    "eligibility.certificate": "尚未取得{level}证书（截至从业年限截止日）。",
    "eligibility.education": "学历未达到{education}。",
    "eligibility.major": "没有{education}及以上的社会工作专业学历。",
    "eligibility.no_rule": "{year} 年没有生效的报考条件。请在“报考条件”中核对。",
    "eligibility.unknown_certificate_date": "{level}证书没有批准日期。",
    "eligibility.unknown_education": "学历不详，无法判断。",
    "eligibility.unknown_major": "所学专业不详，无法判断。",
    "eligibility.unknown_months": "从业起止日期不够精确，差在月日之间。",
    "eligibility.unknown_work": "没有从事社会工作的记录，年限不详。",
    "eligibility.years": "从事社会工作 {have:g} 年，按 {rule} 需满 {needed} 年，还差约 {months} 个月。",
    "eligibility.by_rule": "符合 {rule}（{article}），从事社会工作 {years:g} 年。",
    "exam.holds_level": "已持有{level}证书。",
    "exam.nobody_to_award": "没有选中可以生成证书的合格人员。请先录入成绩，或核对年度。",
    "exam.person_unknown": "登记册中没有此人。请补身份证号后新建。",
    "exam.no_approval_day": "{year} 年考试结束日期未填，或批准日期无法识别。请在“考试年度”中补填，或用 --approved-on 写明。",
    "words.person_or_all": "请写一个人（身份证号或编号），或者用 --all，二者取一。",
    "exam.sign_up_opens": "{year} 年考试报名 {when} 开始（还有 {days} 天）。",
    "exam.sign_up_closes": "{year} 年考试报名 {when} 截止（还有 {days} 天）。",
    "exam.fee_closes": "{year} 年考试缴费 {when} 截止（还有 {days} 天）。",
    "exam.begins": "{year} 年考试 {when} 开始（还有 {days} 天）。",
    "exam.scores_expected": "{year} 年考试成绩预计 {when} 公布（还有 {days} 天）。",
    "exam.scores_missing": "{year} 年考试已结束，还有 {count} 人没有录入成绩。",
    "exam.carry_over_lapses": "{subjects}的合格成绩 {year} 年最后一次有效，须在本年通过其余科目。",
    "exam.proof_runs_out": "高级考试成绩合格证明 {until} 到期，已申报评审 {reviews} 次，请在到期前通过评审。",
    "exam.proof_ran_out": "高级考试成绩合格证明已于 {until} 到期，评审未通过。",
    "rule.not_a_fraction": "规则“{rule}”的值“{value}”不是大于 0 的数或分数（如 2/3）。请在“规则”中改正。",
    "rule.not_a_day": "规则“{rule}”的值“{value}”不是月-日（如 12-31）。请在“规则”中改正。",
    "exam.year_missing": "{year} 年的考试日程还没有录入。通知下发后请在“考试年度”中填写。",
    "exam.no_entry": "{year} 年的报名中没有此人（或级别不符）。请先录入报名，或核对年度和级别。",
    "exam.several_entries": "此人有 {count} 条报名都符合，分不清是哪一条。请在表中写明年度和级别。",
    "exam.entered_twice": "此人 {year} 年已报考该级别。请修改原有的报名。",
    "exam.not_in_list": "已报名而成绩表中没有：{names}。请核对。",
    "exam.no_score": "这一行没有成绩。请补填，或写明缺考。",
    "exam.policy_only_middle": "只有社会工作师（中级）考社会工作法规与政策。请核对科目。",
    "exam.year_odd": "考试年度 {year} 不合理（该级别 {first} 年首次开考）。请核对。",
    "exam.against_verdict": "按报考条件不符合：{reason}如本人承诺符合，请写明说明后再录入。",
    "exam.subject_not_signed_up": "{subject}没有报名，却有成绩。请核对。",
    "exam.proof_without_pass": "没有合格成绩却填了合格证明日期。请核对。",
    "exam.name_unreadable": "这一行认不出人员：{text}。请写姓名和身份证号。",
    "exam.person_twice": "登记册中有 {count} 人符合，请补身份证号或电话。",
    "sheet.text_too_long": "第 {row} 行“{column}”超过 {limit} 个字符，工作表放不下。请缩短后再导出。",
    "sheet.too_many_rows": "超过 {limit} 行，一张工作表放不下。请缩小范围，分几次导出。",
    "value.twice": "{label}在两列中写得不同。请核对后只留一个。",
    "value.error_cell": "单元格是公式错误 {text}，没有可用的内容。请在表格中改正。",
    "backup.damaged": "备份文件 {path} 已损坏或不是本程序的备份。请换用另一份备份。",
    "backup.mismatch": "备份核对不符（{tables}），未采用。请重新备份。",
    "birth_date.not_as_id": "填写的出生日期 {stated} 与身份证号中的 {told} 不一致，按身份证号登记。",
    "certificate_number.other_person": "该管理号已属于另一人。请核对证书。",
    "certificates.parts": "一格内有 {count} 个证书级别，{label}的个数与之不符。请分行填写。",
    "column.unmatched": "“{header}”一列没有对应的字段，未导入。可指定对应字段后重新检查。",
    "due.first_registration": "应在 {due} 前办理首次登记。",
    "due.first_registration_late": "首次登记期限 {due} 已过，请尽快补办。",
    "due.lapsed": "登记已于 {due} 到期，请核实是否再次登记。",
    "due.renewal": "登记 {due} 到期，现可办理再次登记。",
    "export.purpose_missing": "导出完整号码须说明用途。请填写用途。",
    "export.unknown": "没有名为 {roster} 的名册。可用：{known}。",
    "field.required": "{label}未填写。",
    "field.taken": "{label}已有其他记录使用。请核对。",
    "field.unknown": "“{register}”没有字段 {field}。",
    "gender.not_as_id": "填写的性别 {stated} 与身份证号中的 {told} 不一致，按身份证号登记。",
    "id_number.missing": "没有身份证号，以后按姓名加电话或单位识别此人。请补录。",
    "import.hidden_sheet": "隐藏的工作表，未读取。需要时请用工作表名指定。",
    "import.kept": "{label}表中为“{given}”，登记册为“{stands}”，保留登记册原值。",
    "import.no_such_sheet": "没有名为“{sheet}”的工作表。现有：{sheets}。",
    "import.no_table": "未找到表头，工作表未读取。",
    "import.nothing_found": "{file} 中没有可识别的“{kind}”表。请核对表头，或先下载导入模板。",
    "import.stale": "检查之后登记册有过改动，请重新检查再导入。",
    "kind.unknown": "没有名为 {kind} 的类别。可用：{known}。",
    "left_out.blank": "空行，未读取。",
    "left_out.note": "说明或签字行，未作为记录。",
    "left_out.repeated_header": "重复的表头，未作为记录。",
    "left_out.title": "标题行，未作为记录。",
    "left_out.total": "合计行，未作为记录。",
    "person.ambiguous": "姓名和电话或单位与登记册中 {count} 人相符，无法确定是哪一位。请补身份证号。",
    "person.not_found": "登记册中没有此人。请先登记人员，或核对姓名与身份证号。",
    "person.other_name": "同一身份证号的姓名与已登记的不同。请核对姓名和号码。",
    "person.same_name": "登记册中已有同名人员，电话、单位不符，按另一人处理。请核对。",
    "person.twice": "与第 {row} 行是同一人，合并为一人。",
    "place.ambiguous": "“{name}”有 {count} 处同名，请同时填写所属乡镇(街道)。",
    "place.other_township": "{name}现属{township}，按现属乡镇(街道)登记。",
    "place.renamed": "{name}已于 {until} 停用，按{now}登记。",
    "place.unknown": "没有名为“{name}”的乡镇(街道)或村(社区)。请核对，或先在“乡镇与社区”中添加。",
    "quality.certificate_without_number": "证书没有管理号。",
    "quality.id_missing": "没有身份证号。",
    "quality.place_missing": "没有乡镇(街道)。",
    "quality.same_person": "与另一条记录姓名和出生日期相同，可能是同一人。",
    "reference.ambiguous": "{label}“{name}”不止一个，分不清是哪一个。请改名区分后再填。",
    "reference.unknown": "没有{label}“{name}”。请先新建，或核对名称。",
    "record.gone": "该{register}记录已不存在，可能刚被删除。请刷新列表。",
    "record.referred_to": "仍有 {count} 条{register}记录的{field}使用它，不能删除。请先改动这些记录。",
    "register.busy": "登记册正忙，请稍后再试：{path}。",
    "register.damaged": "登记册文件已损坏：{path}。请从备份恢复。",
    "register.exists": "{path} 中已有登记册。请打开它，或另选文件夹。",
    "register.file_missing": "找不到登记册数据文件：{path}。请从备份恢复。",
    "register.missing": "{path} 中没有登记册。请核对位置，或新建登记册。",
    "register.newer": "登记册由更新版本的程序建立：{path}。请升级本程序后再打开。",
    "register.upgrade_failed": "登记册升级后核对不符（{tables}），原文件未改动：{path}。请联系维护人员。",
    "registration.before_approval": "登记日期早于证书批准日期。请核对。",
    "registration.ends_before_start": "有效期至早于登记日期。请核对。",
    "registration.late": "登记日期超过批准后 {months} 个月的首次登记期限，按逾期登记保留。",
    "rule.missing": "规则表中没有 {day} 适用的规则 {rule}。请在“系统—规则”中补充。",
    "rule.not_a_number": "规则“{rule}”的数值“{value}”不是整数。请在“系统—规则”中改正。",
    "status.no_date": "未填状态日期，按某日统计时可能不准。",
    "course.ends_before": "结束日期早于开始日期。请核对。",
    "course.invited": "拟邀请",
    "course.places": "计划人数不能是负数。请核对。",
    "course.session_twice": "该培训班 {date} {half}已有日程。",
    "course.signed_up_twice": "此人已报名该培训班，不能重复报名。",
    "course.same_day": "同一天还报了“{titles}”。请核对。",
    "course.taken": "正式",
    "course.waiting": "候补第 {number} 位",
    "course.withdrawn": "已退出",
    "attendance.twice": "{date} {half}已有签到记录。",
    "undo.already": "第 {batch} 批已经撤销过。",
    "undo.unknown": "没有编号为 {batch} 的批次。",
    "workbook.area_too_large": (
        "工作表的使用范围过大（按占用的行列计超过 {cells} 个单元格）。请删除数据右侧和下方多余的内容，另存后再试。"
    ),
    "workbook.damaged": "该文件已损坏或不完整，无法读取。请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。",
    "workbook.empty": "该文件是空的，没有任何内容。请核对文件。",
    "workbook.lock_file": "这是表格软件打开文件时产生的临时文件。请选择文件名不以“~$”或“.~”开头的文件。",
    "workbook.locked": "该工作簿设有打开密码。请输入密码。",
    "workbook.locked_otherwise": (
        "该文件的加密方式在此无法解开。请用 WPS 或 Excel 打开，去掉密码，另存为 .xlsx 后再试。"
    ),
    "workbook.too_large": "该文件过大，为安全起见不读取。请拆分为几个文件后再试。",
    "workbook.unknown": "该文件不是可以读取的工作簿。请选择 .xlsx、.xls、.xlsb、.ods 或 .csv 文件。",
    "workbook.unsafe": (
        "该文件含有可能造成危害的内容，不予读取。请让提供者用 WPS 或 Excel 打开，另存为 .xlsx 后再报。"
    ),
    "workbook.wrong_password": "工作簿密码不正确。请重新输入。",
    "password.not_given": "没有给出密码。请用 --password-file，或设置环境变量 {variable}。",
    "words.no_condition": "看不懂“{word}”。请写成 字段=值。",
    "words.no_mapping": "看不懂“{word}”。请写成 表头=字段，可用字段：{known}。",
    "words.no_header": "表中没有表头“{header}”。请照原样书写。",
    "words.no_rule": "请写成 rules 或 rules show 名称。",
    "rule.unknown": "没有规则 {rule}。现有：{known}。",
    "record.not_found": "{register}中找不到该号码或序号。请核对。",
}


def sentence(code: str, **values: Any) -> str:
    return SENTENCES[code].format(**values)


VERDICTS = {Answer.YES: "符合", Answer.UNKNOWN: "不详", Answer.NO: "不符合"}
OUTCOMES = {
    Outcome.PASSED: "合格",
    Outcome.CARRYING: "部分合格(滚动)",
    Outcome.FAILED: "未合格",
    Outcome.ABSENT: "缺考",
    Outcome.PENDING: "待出成绩",
    Outcome.VOID: "违纪或无效",
}


def sentences_of_missing(verdict: Verdict, levels: CodeList) -> tuple[str, ...]:
    """Why somebody may not sit, or what is not known."""
    return tuple(
        sentence(one.code, **{key: levels.label(value) if key == "level" and isinstance(value, str) else value
                              for key, value in one.values.items()})
        for one in verdict.missing
    )  # fmt: skip


def sentence_of_problem(problem: Problem) -> str:
    return sentence(problem.code, **problem.values)


def sentence_of(error: CodedError) -> str:
    return sentence(error.code, **error.values)
