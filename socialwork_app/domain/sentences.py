"""The one place where a code becomes a sentence: short, no blame, what happened and what to do."""

from typing import Any

from socialwork_app.foundation.errors import CodedError

SENTENCES: dict[str, str] = {
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
    "id_number.as_number": (
        "身份证号按数字存放，表格软件只保留前 15 位，末三位已丢失。"
        "请将该列设为文本后重新录入，或从其他名册取得号码。"
    ),
    "id_number.characters": "身份证号含有数字和末位 X 以外的字符。请核对。",
    "id_number.checksum": "身份证号校验不符，可能有一位录错。请与证件核对。",
    "id_number.county": (
        "身份证号开头 {county} 与出生年份对不上（晋宁 2016 年起用 530115，此前为 530122）。"
        "请核对，无误可保留。"
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
    "password.one_class": "密码只有一类字符，容易被猜到，建议字母、数字、符号混用。",
    "password.sequence": "密码是连续或重复的字符，容易被猜到，建议更换。",
    "password.short": "密码不足 8 位，容易被猜到，建议加长。",
    "password.wrong": "密码不正确。请重新输入，或使用恢复码。",
    "phone.unknown": "电话号码的写法无法识别，已按原样保留。请核对。",
    "recovery_code.mistyped": "恢复码有误：位数或字符不对。请与打印的恢复码逐组核对。",
    "recovery_code.wrong": "恢复码不是这个登记册现用的恢复码。请查找最近一次打印的恢复码。",
    "register.in_use": "登记册正被使用（计算机 {host}，进程 {pid}，自 {since} 起）。请先关闭另一处再打开。",
    "register.network": "登记册不能放在网络驱动器上：{path}。请选择本机磁盘上的文件夹。",
    "value.error_cell": "单元格是公式错误 {text}，没有可用的内容。请在表格中改正。",
}


def sentence(code: str, **values: Any) -> str:
    return SENTENCES[code].format(**values)


def sentence_of(error: CodedError) -> str:
    return sentence(error.code, **error.values)
