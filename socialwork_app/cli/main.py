"""The command line: words in, a service called, an exit status out."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from socialwork_app import PROGRAM_TITLE
from socialwork_app.cli import context
from socialwork_app.cli.commands import (
    account,
    accounts,
    appraise,
    award,
    backup,
    batches,
    bin_,
    check,
    course,
    demo,
    due,
    duplicates,
    eligibility,
    expire,
    export,
    fill,
    forecast,
    hand_over,
    history,
    hours,
    import_,
    init,
    leader,
    letters,
    list_,
    log,
    merge,
    new,
    not_same,
    password,
    reconcile,
    rekey,
    repair_ids,
    restore,
    restore_field,
    restore_record,
    results,
    rosters,
    round_,
    rules,
    selftest,
    set_,
    shortfall,
    show,
    stats,
    template,
    undo,
)
from socialwork_app.cli.words import WordParser
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError, DomainError, EnvironmentRefused
from socialwork_app.foundation.memory import collector_paused
from socialwork_app.services.register_files import RegisterFiles

COMMANDS = (init, demo, import_, batches, undo, list_, show, new, set_, export, rosters, template, stats, due, history,
            log, bin_, restore_record, restore_field, check, backup, restore, hand_over,
            rules, eligibility, results, forecast, award, reconcile,
            hours, shortfall, course, letters, round_, expire, appraise, leader, fill, selftest,
            accounts, account, password, rekey, duplicates, merge, not_same, repair_ids)  # fmt: skip


def run(words: Sequence[str], files: RegisterFiles, picture: context.Picture = context.no_picture) -> int | Path:
    """The exit status, or the folder of a register that the window is to be opened on: of one that is only named."""
    arguments = argparse.Namespace(json="--json" in words, register=None, password_file=None, account=None, run=None)
    try:
        parser = _parser()
        parser.parse_args(words, arguments)
        if arguments.run is None:
            return arguments.register or parser.error("arguments are required: COMMAND")
        given = context.Context(
            files, arguments.register or context.default_folder(), arguments.password_file, arguments.json, picture,
            arguments.account,
        )  # fmt: skip
        with collector_paused():  # a command soon ends, and what it goes through row by row has no cycles
            return arguments.run(given, arguments)
    except CodedError as error:
        return _refuse(error, as_json=arguments.json)


def _refuse(error: CodedError, *, as_json: bool) -> int:
    print(sentence_of(error), file=sys.stderr)
    if as_json:
        print(json.dumps({"error": error.code, "message": sentence_of(error)}, ensure_ascii=False))
    if isinstance(error, EnvironmentRefused):
        return context.REFUSED
    return context.WRONG_WORDS if isinstance(error, DomainError) else context.UNAVAILABLE


def _parser() -> WordParser:
    common = WordParser(add_help=False)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="输出 JSON")
    common.add_argument("--register", type=Path, default=argparse.SUPPRESS, metavar="FOLDER", help="登记册文件夹")
    common.add_argument("--password-file", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="密码文件")
    common.add_argument("--account", default=argparse.SUPPRESS, metavar="NAME", help="帐户；只有一个时不用写")
    parser = WordParser("socialwork", description=PROGRAM_TITLE, parents=[common])
    words = parser.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        added = words.add_parser(command.NAME, help=command.HELP, description=command.HELP, parents=[common])
        command.add(added)
        added.set_defaults(run=command.run)
    return parser
