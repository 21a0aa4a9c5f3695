"""How the stages of an import are called on screen."""

from collections.abc import Mapping

from socialwork_app.domain.imports import Mode, Outcome

OUTCOMES = {
    Outcome.CREATED: "新增",
    Outcome.UPDATED: "更新",
    Outcome.UNCHANGED: "无变化",
    Outcome.SKIPPED: "跳过",
    Outcome.REJECTED: "不能导入",
}
TONES = {Outcome.CREATED: "good", Outcome.UPDATED: "good", Outcome.REJECTED: "overdue"}
MODES = {Mode.SKIP: "跳过已有记录", Mode.FILL: "只补空项", Mode.UPDATE: "以表中内容覆盖"}
STEPS = {"check": "正在检查", "compare": "正在与登记册核对"}


def counted(counts: Mapping[str, int]) -> str:
    """Read 120 rows: 100 new, …; outcomes that did not occur are left out."""
    parts = [f"{word} {counts[outcome]:,}" for outcome, word in OUTCOMES.items() if counts[outcome]]
    return f"读取 {counts['read']:,} 行" + (f"：{'，'.join(parts)}" if parts else "")
