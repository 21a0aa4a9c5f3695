"""What a change can be: its name in the log, the word for it, and the permission that it takes.

Every write says its action to `OpenRegister.change`; one that is not declared here is refused as a bug.
"""

from collections.abc import Mapping
from typing import NamedTuple

from socialwork_app.domain.roles import Permission


class Action(NamedTuple):
    word: str
    permission: Permission


ACTIONS: Mapping[str, Action] = {
    "create": Action("建册", Permission.ADMINISTER),
    "upgrade": Action("升级", Permission.ADMINISTER),
    "save": Action("修改", Permission.ENTER),
    "delete": Action("删除", Permission.ENTER),
    "import": Action("导入", Permission.ENTER),
    "undo": Action("撤销", Permission.ENTER),
    "export": Action("导出", Permission.EXPORT),
    "filter": Action("保存筛选", Permission.READ),
    "review": Action("审核", Permission.DECIDE),
    "select": Action("评选", Permission.DECIDE),
    "publish": Action("公示", Permission.DECIDE),
    "grant": Action("表彰决定", Permission.DECIDE),
    "grade": Action("评定等次", Permission.DECIDE),
    "decide": Action("处理决定", Permission.DECIDE),
    "award": Action("生成证书", Permission.DECIDE),
    "merge": Action("合并人员", Permission.DECIDE),
    "not_same": Action("确认不是同一人", Permission.DECIDE),
    "repair_id": Action("修复身份证号", Permission.DECIDE),
    "restore_record": Action("从回收站恢复", Permission.DECIDE),
    "setting": Action("设置", Permission.ARRANGE),
    "backup": Action("备份", Permission.BACKUP),
    "hand_over": Action("制作交接包", Permission.ADMINISTER),
    "account": Action("帐户", Permission.ADMINISTER),
    "rekey": Action("更换密钥", Permission.ADMINISTER),
}
PERSONAL: Mapping[str, str] = {
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "password": "更改密码",
    "clock": "时钟曾回拨",
}
"""What anybody's own account does, and what the program says by itself; it takes no permission."""
ARRANGED = frozenset({"rules", "eligibility_rules", "talent_schemes", "appraisal_criteria", "appraisal_items",
                      "grade_bands", "places", "holidays"})  # fmt: skip
"""Registers that say how the others are judged: entering something there is arranging."""
EXPORTED: Mapping[str, Permission] = {
    "letters": Permission.ENTER,
    "talent_forms": Permission.ENTER,
    "log": Permission.LOG,
}
"""What an export takes where it is no list of records: letters, filled forms, the log itself."""


def word(action: str) -> str:
    return ACTIONS[action].word if action in ACTIONS else PERSONAL.get(action, action)


def permission(action: str, kind: str = "") -> Permission | None:
    """What this action on records of this register takes; None for what is one's own. KeyError for one not declared."""
    if action in PERSONAL:
        return None
    if action in ("save", "delete") and kind in ARRANGED:
        return Permission.ARRANGE
    if action == "export" and kind in EXPORTED:
        return EXPORTED[kind]
    return ACTIONS[action].permission
