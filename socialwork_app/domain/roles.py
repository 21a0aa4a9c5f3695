"""Who may do what: a role is a set of permissions. Services ask for them, so that window and commands obey alike."""

from collections.abc import Iterable
from enum import StrEnum

from socialwork_app.foundation.errors import DomainError

FIRST = "管理员"
"""The account that a register begins with."""
RECOVERY = "恢复码"
"""In place of an account, where the recovery code opened: it is a way in for an administrator, and nobody's own."""

OWNER = "owner"
"""What the first account was called in the key file when it was the only one."""
LONGEST_NAME = 20


class Permission(StrEnum):
    """The value is what it lets one do, in words."""

    READ = "查看登记册"
    ENTER = "录入、修改和导入"
    EXPORT = "导出名册"
    DECIDE = "审核和决定"
    BACKUP = "备份"
    ARRANGE = "修改规则和设置"
    ADMINISTER = "管理帐户、更换密钥和恢复备份"
    LOG = "查看日志"


class Role(StrEnum):
    """As it is stored and as commands name it."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self]

    @property
    def duties(self) -> str:
        if self is Role.ADMINISTRATOR:
            return "全部"
        return "、".join(permission.value for permission in Permission if self.may(permission))

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self]

    def require(self, *permissions: Permission) -> None:
        """DomainError("role.refused") with the role and who may instead."""
        for permission in permissions:
            if not self.may(permission):
                others = who_may(permission)
                raise DomainError("role.refused", role=self.label, doing=permission.value, others=_listed(others))


LABELS = {Role.ADMINISTRATOR: "管理员", Role.EDITOR: "录入员", Role.REVIEWER: "审核员", Role.AUDITOR: "审计员"}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.EDITOR: frozenset({Permission.READ, Permission.ENTER, Permission.EXPORT, Permission.BACKUP}),
    Role.REVIEWER: frozenset({Permission.READ, Permission.DECIDE, Permission.EXPORT, Permission.BACKUP}),
    Role.AUDITOR: frozenset({Permission.LOG}),
}


def fit_name(name: str) -> str:
    """The name of an account as it is kept; DomainError("account.name_unfit")."""
    fit = name.strip()
    if not fit or len(fit) > LONGEST_NAME or not fit.isprintable() or fit in (RECOVERY, OWNER):
        raise DomainError("account.name_unfit", longest=LONGEST_NAME)
    return fit


def who_may(permission: Permission) -> tuple[Role, ...]:
    return tuple(role for role in Role if role.may(permission))


def _listed(roles: Iterable[Role]) -> str:
    return "、".join(role.label for role in roles)
