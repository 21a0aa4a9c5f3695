"""What each role may do, as a table: who is refused what, by the services and so by window and commands alike."""

import ast
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from socialwork_app.domain import actions
from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.roles import PERMISSIONS, Permission, Role
from socialwork_app.domain.talents import Decision
from socialwork_app.foundation.errors import CodedError, DomainError
from socialwork_app.services import (
    appraisal_begin,
    appraisal_criteria,
    appraisal_decisions,
    appraisal_scoring,
    course_plan,
    leader_changes,
    samples,
    talents,
)
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.automatic_backups import AutomaticBackups
from socialwork_app.services.backups import Backups
from socialwork_app.services.bin import Bin
from socialwork_app.services.due import DueList
from socialwork_app.services.duplicates import Duplicates
from socialwork_app.services.exam_awards import Awards
from socialwork_app.services.exam_signup import SignUp
from socialwork_app.services.exports import Exports
from socialwork_app.services.form_files import FormFiles
from socialwork_app.services.forms import Forms
from socialwork_app.services.hand_over import HandOver
from socialwork_app.services.history import History
from socialwork_app.services.hours import Hours
from socialwork_app.services.imports import Imports
from socialwork_app.services.leader_changes import Handing
from socialwork_app.services.letter_templates import LetterTemplates, letter_kind
from socialwork_app.services.letters import Letters, Order
from socialwork_app.services.log import Log
from socialwork_app.services.merging import Merging
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.services.selection import Selection
from socialwork_app.services.statistics import Statistics
from socialwork_app.services.training_signup import TrainingSignUp

SERVICES = Path(samples.__file__).parent
DAY = date(2026, 7, 1)
DELETED = 28
"""Of the people of the sample, the one in the bin."""


class Call(NamedTuple):
    permission: Permission
    run: Callable[[OpenRegister, Path], object]


def first(opened: OpenRegister, kind: str, at: int = 0) -> int:
    table = opened.schema.tables[kind]
    with opened.file.read() as connection:
        return connection.execute(select(table.c.id).order_by(table.c.id).offset(at)).scalars().first() or 0


def newest(opened: OpenRegister, kind: str) -> int:
    with opened.file.read() as connection:
        return connection.execute(select(func.max(opened.schema.tables[kind].c.id))).scalar_one()


def undo(action: str, kind: str) -> Callable[[OpenRegister, Path], object]:
    """Of the newest change of this action on this register."""

    def run(opened: OpenRegister, _folder: Path) -> object:
        changes = opened.schema.changes
        query = select(changes.c.id).where(changes.c.action == action, changes.c.kind == kind)
        with opened.file.read() as connection:
            change_id = connection.execute(query.order_by(changes.c.id.desc())).scalars().first()
        assert change_id
        return History(opened).undo(change_id)

    return run


def saved(kind: str, **raw: object) -> Callable[[OpenRegister, Path], object]:
    """A change to the first record of a register."""
    return lambda opened, _folder: Records(opened, kind).save(Draft(raw, id=first(opened, kind)))


def written(folder: Path, text: str) -> Path:
    path = folder / "表.csv"
    path.write_text(text, encoding="utf-8")
    return path


def round_of(opened: OpenRegister) -> tuple[Selection, object]:
    selection = Selection(opened)
    return selection, selection.rounds()[0]


R, E, D, X, A = Permission.READ, Permission.ENTER, Permission.DECIDE, Permission.EXPORT, Permission.ARRANGE
CALLS: dict[str, Call] = {
    # reading
    "list": Call(R, lambda o, _: list(Records(o, "people").all_rows(*everything()))),
    "record": Call(R, lambda o, _: Records(o, "people").record(first(o, "people"))),
    "history of a record": Call(R, lambda o, _: History(o).of("people", first(o, "people"))),
    "batches": Call(R, lambda o, _: History(o).batches()),
    "quality": Call(R, lambda o, _: Quality(o).findings()),
    "hours": Call(R, lambda o, _: list(Hours(o).of_people(DAY, [first(o, "people")]))),
    "due": Call(R, lambda o, _: DueList(o).on(DAY)),
    "statistics": Call(R, lambda o, _: Statistics(o).as_of(DAY)),
    "attachment": Call(R, lambda o, _: Attachments(o).content(1)),
    "bin": Call(R, lambda o, _: Bin(o).window().close()),
    "duplicates": Call(R, lambda o, _: Duplicates(o).suggested()),
    "the log": Call(Permission.LOG, lambda o, _: Log(o).window().close()),
    # entering
    "Records.save": Call(E, lambda o, _: Records(o, "people").save(Draft({"name": "新来"}))),
    "Records.set_all": Call(E, lambda o, _: Records(o, "people").set_all([first(o, "people")], "note", "记")),
    "Records.delete": Call(E, lambda o, _: Records(o, "people").delete([first(o, "people", 29)])),
    "Attachments.add": Call(E, lambda o, f: Attachments(o).add("people", first(o, "people"), written(f, "扫描件"))),
    "History.undo": Call(E, undo("save", "people")),
    "Imports.apply": Call(E, lambda o, f: imported(o, written(f, "姓名,联系电话\n新人,19900001111\n"))),
    "fast_entry.enter_all": Call(E, lambda o, _: signed_up(o)),
    "TrainingSignUp.enter": Call(E, lambda o, _: entered(o)),
    "TrainingSignUp.invite": Call(E, lambda o, _: TrainingSignUp(o, first(o, "courses")).invite([first(o, "people", 25)])),
    "course_plan.plan": Call(E, lambda o, _: course_plan.plan(o, newest(o, "courses"))),
    "Attendance.tick": Call(E, lambda o, _: attendance(o).tick([], HalfDay("2026-07-01", "am"), "present")),
    "Attendance.credit": Call(E, lambda o, _: attendance(o).credit()),
    "appraisal_begin.begin": Call(E, lambda o, _: appraisal_begin.begin(o, scheme(o), o.today().year)),
    "appraisal_scoring.set_score": Call(E, lambda o, _: scored(o)),
    "talents.expire": Call(E, lambda o, _: talents.expire(o, date(2040, 1, 1))),
    "leader_changes.change_leader": Call(E, lambda o, _: leader_changes.change_leader(
        o, [first(o, "people")], Handing(first(o, "leaders"), date(2040, 1, 1)))),
    "leader_changes.replace_leader": Call(E, lambda o, _: leader_changes.replace_leader(
        o, first(o, "leaders"), Handing(first(o, "leaders", 1), date(2040, 1, 1)))),
    "FormFiles.add": Call(E, lambda o, f: FormFiles(o).add("表二", letter(o, f))),
    "FormFiles.replace": Call(E, lambda o, f: FormFiles(o).replace(FormFiles(o).all()[0], letter(o, f))),
    "FormFiles.save_cells": Call(E, lambda o, _: Records(o, "form_cells").save(Draft(
        {"cell": "A1", "value": "姓名"}, owner_id=first(o, "talent_forms")))),
    "Forms.fill": Call(E, lambda o, f: Forms(o, FormFiles(o).all()[0], 2026).fill(first(o, "people"), f / "填好.docx")),
    "Letters": Call(E, lambda o, f: Letters(o).of_course(
        "completion", first(o, "courses"), Order(f / "证书.docx", DAY, "存档"))),
    # deciding
    "Records.save of a decision": Call(D, saved("exam_entries", review_state="核查通过")),
    "Records.set_all of a decision": Call(D, lambda o, _: Records(o, "exam_entries").set_all(
        [first(o, "exam_entries")], "review_state", "未核查")),
    "History.undo of a decision": Call(D, undo("review", "exam_entries")),
    "Selection.move": Call(D, lambda o, _: moved(o)),
    "Selection.publish": Call(D, lambda o, _: published(o)),
    "Selection.decide": Call(D, lambda o, _: granted(o)),
    "appraisal_scoring.grade_all": Call(D, lambda o, _: appraisal_scoring.grade_all(o, scheme(o), year(o))),
    "appraisal_decisions.decide": Call(D, lambda o, _: appraisal_decisions.decide(
        o, [first(o, "appraisals")], appraisal_decisions.Decided(Decision.KEEP, "2026-07-01", reason="核实"))),
    "Awards.award": Call(D, lambda o, _: Awards(o).award([], "2026-05-24")),
    "Duplicates.not_same": Call(D, lambda o, _: Duplicates(o).not_same(first(o, "people"), first(o, "people", 1))),
    "Merging.merge": Call(D, lambda o, _: Merging(o).merge(first(o, "people"), first(o, "people", 28))),
    "Bin.restore": Call(D, lambda o, _: Bin(o).restore("people", DELETED)),
    # handing out
    "Exports.export": Call(X, lambda o, f: Exports(o).export("certified", f / "名册.xlsx")),
    "Exports.sheets": Call(X, lambda o, _: Exports(o).sheets("certified")),
    "Log.export": Call(Permission.LOG, lambda o, f: Log(o).export(f / "日志.xlsx")),
    "Backups.backup": Call(Permission.BACKUP, lambda o, f: Backups(o).backup(f / "备份.swbak")),
    # arranging
    "Records.save of a rule": Call(A, saved("rules", note="已核对")),
    "History.undo of a rule": Call(A, undo("save", "rules")),
    "Records.save of a place": Call(A, saved("places", note="旧名")),
    "appraisal_criteria.copy_version": Call(A, lambda o, _: appraisal_criteria.copy_version(
        o, first(o, "appraisal_criteria"), 2040, "新标准")),
    "OpenRegister.set_setting": Call(A, lambda o, _: o.set_setting("owner", "某局")),
    "LetterTemplates.replace": Call(A, lambda o, f: LetterTemplates(o).replace(letter_kind("completion"), letter(o, f))),
    "LetterTemplates.reset": Call(A, lambda o, _: LetterTemplates(o).reset(letter_kind("completion"))),
    "AutomaticBackups.arrange": Call(A, lambda o, _: AutomaticBackups(o).arrange(AutomaticBackups(o).arrangement())),
    # administering
    "Accounts.list": Call(Permission.ADMINISTER, lambda o, _: Accounts(o).list()),
    "Accounts.add": Call(Permission.ADMINISTER, lambda o, _: Accounts(o).add("甲", Role.EDITOR, "密码 4242x")),
    "Accounts.set_role": Call(Permission.ADMINISTER, lambda o, _: Accounts(o).set_role("管理员", Role.ADMINISTRATOR)),
    "Accounts.new_recovery_code": Call(Permission.ADMINISTER, lambda o, _: Accounts(o).new_recovery_code("")),
    "HandOver.pack": Call(Permission.ADMINISTER, lambda o, f: HandOver(o).pack(f / "交接.zip", "", "")),
}  # fmt: skip
ELSEWHERE = {
    "Accounts._write", "Accounts.change_password",  # test_accounts
    "BulkEdit.set_all",  # as Records.set_all
    "Attendance.give_numbers",  # one sign-up's number as set_all, see Records
    "AutomaticBackups._set", "Backups.note", "Exports._log", "Forms._log", "HandOver._log", "Letters._log",
    "IdRepair.accept",  # test_id_repair
    "OpenRegister._permission_of",
    "samples.fill",  # for a new register alone
    "rekeying._encrypt_anew", "seeding.seed", "seeding.seed_what_is_new", "signing_in._add_first",
}  # fmt: skip
"""What writes and is reached by a call of the table, or is tested beside it."""


def everything() -> tuple[object, ...]:
    from socialwork_app.domain.filters import Filter

    return Filter(), ("name",)


def scheme(opened: OpenRegister) -> int:
    table = opened.schema.tables["appraisals"]
    with opened.file.read() as connection:
        return connection.execute(select(table.c.scheme)).scalars().first() or 0


def year(opened: OpenRegister) -> int:
    table = opened.schema.tables["appraisals"]
    with opened.file.read() as connection:
        return connection.execute(select(table.c.year)).scalars().first() or 0


def attendance(opened: OpenRegister) -> Attendance:
    return Attendance(opened, first(opened, "courses"))


def imported(opened: OpenRegister, path: Path) -> object:
    imports = Imports(opened)
    return imports.apply(imports.check(imports.read(path, "people")))


def signed_up(opened: OpenRegister) -> object:
    sign_up = SignUp(opened, "assistant", 2030)
    return sign_up.enter_all([sign_up.propose(first(opened, "people"))])


def entered(opened: OpenRegister) -> object:
    sign_up = TrainingSignUp(opened, first(opened, "courses"))
    return sign_up.enter(sign_up.propose(first(opened, "people", 26)))


def scored(opened: OpenRegister) -> object:
    return appraisal_scoring.set_score(opened, first(opened, "appraisals"), "王五", "职业道德", "1")


def moved(opened: OpenRegister) -> object:
    selection, of = round_of(opened)
    return selection.move(of, [selection.candidates(of.id)[0].id], "reviewed")


def published(opened: OpenRegister) -> object:
    selection, of = round_of(opened)
    return selection.publish(of, [selection.candidates(of.id)[1].id], "2026-07-01", None)


def granted(opened: OpenRegister) -> object:
    selection, of = round_of(opened)
    return selection.decide(of, [selection.candidates(of.id)[2].id], "文号", DAY)


def letter(opened: OpenRegister, folder: Path) -> Path:
    path = folder / "证书模板.docx"
    path.write_bytes((Path(samples.__file__).parents[2] / "resources" / "letters" / "completion.docx").read_bytes())
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, files: RegisterFiles) -> Path:
    """A register with all that the calls need, made once."""
    folder = tmp_path_factory.mktemp("roles")
    opened, _ = files.create(folder / "册", "测试单位", None)
    samples.fill(opened, 30, subjects=True)
    saved("people", note="改过")(opened, folder)
    saved("exam_entries", review_state="核查不通过")(opened, folder)
    saved("rules", note="核对中")(opened, folder)
    Records(opened, "leaders").save(Draft({"name": "另一位"}))
    Records(opened, "courses").save(Draft({"title": "未排的班", "from": "2026-07-01", "to": "2026-07-02"}))
    Attachments(opened).add("people", first(opened, "people"), written(folder, "扫描"))
    FormFiles(opened).add("表一", letter(opened, folder))
    Records(opened, "people").delete([DELETED])
    opened.close()
    return folder / "册"


@pytest.fixture
def opened(tmp_path: Path, files: RegisterFiles, sample: Path) -> Iterator[OpenRegister]:
    shutil.copytree(sample, tmp_path / "册")
    made = files.open(tmp_path / "册")
    yield made
    made.close()


def refused(call: Call, opened: OpenRegister, folder: Path) -> bool:
    """Whether the role was refused. Another refusal, such as of a backup without a password, is the matter's own."""
    try:
        call.run(opened, folder)
    except CodedError as error:
        return error.code == "role.refused"
    return False


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_stands_in_the_table_and_nothing_else(opened: OpenRegister, tmp_path: Path, role: Role):
    opened.role = role
    wrong = {name for name, call in CALLS.items()
             if refused(call, opened, tmp_path) is (call.permission in PERMISSIONS[role])}  # fmt: skip
    assert wrong == set()


def test_who_is_refused_is_told_who_may(opened: OpenRegister):
    opened.role = Role.REVIEWER
    with pytest.raises(DomainError) as caught:
        Records(opened, "people").delete([1])
    assert caught.value.values == {"role": "审核员", "doing": "录入、修改和导入", "others": "管理员、录入员"}


def test_a_form_that_changes_both_takes_both(opened: OpenRegister, tmp_path: Path):
    both = saved("exam_entries", review_state="核查通过", note="看过材料")
    for role in (Role.EDITOR, Role.REVIEWER):
        opened.role = role
        assert refused(Call(E, both), opened, tmp_path)
    opened.role = Role.ADMINISTRATOR
    assert not refused(Call(E, both), opened, tmp_path)


def test_nothing_is_written_before_the_role_is_asked(opened: OpenRegister, tmp_path: Path):
    before = set(tmp_path.iterdir())
    opened.role = Role.AUDITOR
    for name in ("Exports.export", "Letters", "Forms.fill", "Backups.backup", "HandOver.pack"):
        assert refused(CALLS[name], opened, tmp_path), name
    opened.role = Role.REVIEWER
    for name in ("Letters", "Forms.fill"):
        assert refused(CALLS[name], opened, tmp_path), name
    assert set(tmp_path.iterdir()) == before


def changing() -> Iterator[tuple[str, ast.expr]]:
    """Where the services begin a change: class and function, and the action as it is written there."""
    for path in sorted(SERVICES.glob("*.py")):
        yield from _changing(ast.parse(path.read_text(encoding="utf-8")), (path.stem,))


def _changing(node: ast.AST, within: tuple[str, ...]) -> Iterator[tuple[str, ast.expr]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _changing(child, (child.name,))
        elif isinstance(child, ast.FunctionDef):
            yield from _changing(child, (within[0], child.name))
        else:
            if isinstance(child, ast.Call) and _begins(child.func):
                yield ".".join(within), child.args[0]
            yield from _changing(child, within)


def _begins(function: ast.expr) -> bool:
    """`opened.change`, and not what import calls so."""
    return isinstance(function, ast.Attribute) and function.attr == "change" and "opened" in ast.unparse(function.value)


def test_every_action_that_is_written_has_a_permission():
    for place, action in changing():
        for one in ast.walk(action):
            if isinstance(one, ast.Constant):
                assert one.value in actions.ACTIONS.keys() | actions.PERSONAL.keys(), place


def test_every_service_that_writes_is_in_the_table():
    places = {place for place, _ in changing()}
    assert places - CALLS.keys() - ELSEWHERE == {"OpenRegister.change"} & places
