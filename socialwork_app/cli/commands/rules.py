"""rules: the rule tables in force."""

import argparse

from socialwork_app.cli.context import DONE, Context
from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.records import Records

NAME, HELP = "rules", "列出规则表及其文件依据"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="[show NAME]")


def run(context: Context, arguments: argparse.Namespace) -> int:
    wanted = _wanted(arguments.what)
    with context.opened() as opened:
        records = Records(opened, "rules")
        keys = records.register.field_keys()
        found = [dict(row.values) for row in records.all_rows(Filter(), keys)]
    chosen = [rule for rule in found if not wanted or rule["rule"] == wanted]
    if not chosen:
        raise DomainError("rule.unknown", rule=wanted, known="、".join(str(rule["rule"]) for rule in found))
    lines = [
        f"{rule['rule']}\t{rule['title']}\t{rule['value']}{rule['unit'] or ''}\t{rule['document'] or ''}"
        for rule in chosen
    ]
    context.answer(chosen, "\n".join(lines))
    return DONE


def _wanted(words: list[str]) -> str:
    if not words:
        return ""
    if len(words) == 2 and words[0] == "show":
        return words[1]
    raise DomainError("words.no_rule")
