"""The one place where a code becomes a sentence: short, no blame, what happened and what to do."""

from typing import Any

from socialwork_app.foundation.errors import CodedError

SENTENCES: dict[str, str] = {
    "disk.full": "磁盘空间不足，未写入 {path}。请清理磁盘后再试。",
    "file.missing": "找不到文件 {path}。请核对位置。",
    "file.refused": "无法写入或读取 {path}：没有权限，或正被其他程序打开。请关闭该文件后再试。",
    "file.failed": "无法使用文件 {path}（{reason}）。",
}


def sentence(code: str, **values: Any) -> str:
    return SENTENCES[code].format(**values)


def sentence_of(error: CodedError) -> str:
    return sentence(error.code, **error.values)
