"""account: add one, disable, enable, give another role or password."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Context, read_line
from socialwork_app.domain.roles import LABELS, Role
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.accounts import Accounts

NAME, HELP = "account", "新建、停用、启用帐户，改角色，重设密码"
STEPS = ("add", "disable", "enable", "role", "reset")
WITH_PASSWORD, WITH_ROLE = ("add", "enable", "reset"), ("add", "role")


def add(parser: argparse.ArgumentParser) -> None:
    roles = "，".join(f"{role.value} {label}" for role, label in LABELS.items())
    parser.add_argument("step", choices=STEPS, help="add 新建，disable 停用，enable 启用，role 改角色，reset 重设密码")
    parser.add_argument("name", metavar="NAME", help="帐户名称")
    parser.add_argument("--role", type=Role, choices=tuple(Role), default=None, help=roles)
    parser.add_argument("--new-password-file", type=Path, default=None, metavar="FILE", help="新密码所在的文件")


def run(context: Context, arguments: argparse.Namespace) -> int:
    step, name = arguments.step, arguments.name
    role, password = _role(step, arguments.role), _password(context, step, arguments.new_password_file)
    with context.opened() as opened:
        accounts = Accounts(opened)
        if step == "add":
            accounts.add(name, role, password)
        elif step == "role":
            accounts.set_role(name, role)
        elif step == "disable":
            accounts.disable(name)
        else:
            (accounts.enable if step == "enable" else accounts.reset)(name, password)
        stands = accounts.one(name)
    context.answer({"name": name, "role": stands.role, "disabled": stands.disabled},
                   f"{name}：{stands.role.label}，{stands.state}。")  # fmt: skip
    return DONE


def _role(step: str, given: Role | None) -> Role:
    if step in WITH_ROLE and given is None:
        raise DomainError("words.missing", word="--role")
    return given or Role.EDITOR


def _password(context: Context, step: str, file: Path | None) -> str:
    if step not in WITH_PASSWORD:
        return ""
    if file is None:
        raise DomainError("words.missing", word="--new-password-file")
    return told_if_weak(context, read_line(file))


def told_if_weak(context: Context, password: str) -> str:
    if weak := context.files.weakness(password):
        context.say(sentence(weak))
    return password
