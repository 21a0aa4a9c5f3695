"""What the damaged things are given to. Each returns or refuses with a code; anything else is a finding."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

from socialwork_app import bootstrap
from socialwork_app.domain import credit_code, date_text, half_days, headers, id_number, phones, pinyin
from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.imports import KINDS, HeaderBook, slots
from socialwork_app.domain.masking import without_numbers
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.domain.values import Parser
from socialwork_app.excel import caps, documents, forms, reading
from socialwork_app.excel.cells import CellError
from socialwork_app.excel.documents import Letter
from socialwork_app.excel.sniffing import sniff
from socialwork_app.excel.tables import find_table
from socialwork_app.foundation import settings
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import history
from socialwork_app.security import recovery_code
from socialwork_app.security.keys import KeyFile
from socialwork_app.services import restoring
from socialwork_app.services.exam_signup import SignUp
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import block_lines
from socialwork_app.services.records import Draft, Records
from tests.fuzz import corpus
from tests.fuzz.mutations import mutated, mutated_text

Run = Callable[[Random], None]


@dataclass(frozen=True)
class Target:
    """`share` of all inputs, in thousandths. `begin` is given a folder of its own. `seconds`: no input may take longer.

    `apart`: the program reads it in a process of its own, so that one which takes too much is ended there, with a
    sentence; it counts as refused.
    """

    name: str
    share: int
    begin: Callable[[Path], Run]
    seconds: float = 10.0
    apart: bool = False


def _workbooks(kind: str) -> Callable[[Path], Run]:
    def begin(folder: Path) -> Run:
        whole = corpus.workbooks(folder)
        others = [data for made in whole.values() for data in made]

        def run(random: Random) -> None:
            _read(mutated(random.choice(whole[kind]), others, random), random)

        return run

    return begin


def _read(data: bytes, random: Random) -> None:
    form = sniff(data)
    password = random.choice((corpus.PASSWORD, corpus.PASSWORD, None, "x"))
    try:
        sheets = reading._read(data, form, password, Control(), alone=False)
    except caps.Large:
        sheets = reading._read(data, form, password, Control(), alone=True)
    for sheet in sheets:
        find_table(sheet, lambda header: len(header) < 5)


def _documents(_folder: Path) -> Run:
    whole, target = corpus.word_documents(), _folder / "out.docx"

    def run(random: Random) -> None:
        data = mutated(random.choice(whole), whole, random)
        names = documents.names(data)
        texts = dict.fromkeys(names.all, mutated_text("张三\n李四", (), random))
        documents.fill(data, [Letter(texts)], frozenset(), target)

    return run


def _forms(folder: Path) -> Run:
    whole, target = corpus.forms(), folder / "out.xlsx"

    def run(random: Random) -> None:
        data = mutated(random.choice(whole), whole, random)
        cells = {("", random.choice(("B2", "A1", "D7", "XFD1"))): mutated_text("=1+1", (), random)}
        forms.sheets(data)
        forms.fill(data, cells, dict.fromkeys(forms.names(data), 1.5), target)

    return run


def _imports(folder: Path) -> Run:
    opened, unchanged = _register(folder)
    whole = {name: made for name, made in corpus.workbooks(folder).items() if name in (".xlsx", "CSV", ".ods")}
    imports, kinds = Imports(opened), [kind.key for kind in KINDS]

    def run(random: Random) -> None:
        suffix = random.choice(list(whole))
        path = folder / f"in{suffix}"
        path.write_bytes(mutated(random.choice(whole[suffix]), [], random))
        kind = random.choice(kinds[:3] * 3 + kinds)
        preview = imports.check(imports.read(path, kind), random.choice(("skip", "fill", "update")))
        if random.random() < 0.5:
            imports.apply(preview)  # with rejected rows nothing may go in
            unchanged(bool(preview.counts["rejected"]))
        else:
            unchanged(True)

    return _watched(run, unchanged)


def _watched(run: Run, unchanged: Callable[[bool], None]) -> Run:
    def watched(random: Random) -> None:
        try:
            run(random)
        except CodedError:
            unchanged(True)
            raise

    return watched


def _register(folder: Path) -> tuple[OpenRegister, Callable[[bool], None]]:
    """With a look whether anything was written since the last look, where nothing may be."""
    opened = bootstrap.register_files().create(folder / "register", "测试单位", None)[0]
    for name, first17 in (("张三", "53011519900101999"), ("李四", "53011519920304998")):
        number = first17 + id_number.checksum(first17)
        assert Records(opened, "people").save(Draft({"name": name, "id_number": number})).id

    def newest() -> int:
        with opened.database.read() as connection:
            return history.newest_change(connection, opened.schema)

    seen = newest()

    def unchanged(expected: bool) -> None:
        nonlocal seen
        before, seen = seen, newest()
        assert seen == before or not expected, "the register was changed"

    return opened, unchanged


def _blocks(folder: Path) -> Run:
    opened, unchanged = _register(folder)
    signing = SignUp(opened, "assistant", 2026)
    lines = [
        "张三 530115199001019992\n李四\t女\t19900000002",
        "1、王五，男，某某社区",
        "530115199203049981",
        "zs\r\nlisi;99981",
    ]

    def run(random: Random) -> None:
        text = mutated_text(random.choice(lines), lines, random)
        block_lines(text)
        signing.judge_block(text)
        unchanged(True)

    return _watched(run, unchanged)


def _keys(folder: Path) -> Run:
    whole, path = corpus.key_files(folder), folder / "fuzzed.json"

    def run(random: Random) -> None:
        path.write_bytes(mutated(random.choice(whole), whole, random))
        KeyFile.read(path).unlock_with_either(random.choice((corpus.PASSWORD, "x")))

    return run


def _backups(folder: Path) -> Run:
    whole, path = corpus.backup(folder), folder / "fuzzed.zip"
    files, inside = bootstrap.register_files(), corpus.backup_members(folder)

    def run(random: Random) -> None:
        damaged = random.choice((whole, corpus.backed_up({**inside, **_one_damaged(inside, random)})))
        path.write_bytes(mutated(damaged, [], random) if damaged is whole else damaged)
        target = folder / "restored"
        try:
            restoring.needs_password(path)
            restoring.restore(files, path, target)
        except CodedError:
            assert not target.exists(), "a folder is left over"
            raise
        finally:
            rmtree(target, ignore_errors=True)

    return run


def _one_damaged(inside: Mapping[str, bytes], random: Random) -> dict[str, bytes]:
    name = random.choice(sorted(inside))
    return {name: mutated(inside[name], [b"[1]", b"null", b'{"counts": [1]}'], random)}


def _settings(folder: Path) -> Run:
    whole, path = corpus.settings_files(folder), folder / "fuzzed.json"

    def run(random: Random) -> None:
        path.write_bytes(mutated(whole[0], [b'{"columns": [1], "scale": "x"}'], random))
        settings.load(path)

    return run


def _recovery_codes(_folder: Path) -> Run:
    whole = [recovery_code.new_code() for _ in range(8)]

    def run(random: Random) -> None:
        recovery_code.canonical(mutated_text(random.choice(whole), whole, random))

    return run


CELLS: Sequence[Any] = (
    float("nan"), float("inf"), -0.0, 1e308, 10**400, -1, 0, 1.5, True, 5.3011519e17, 45000.5, 198503, 1985.1, date(1, 1, 1),
    date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59), time(8, 30), CellError("#N/A"), None,
)  # fmt: skip
TEXTS = (
    "530115199001019992", "53011519900101999X", "530115900101999", "'530115199001019992", "5.30115E+17", "1990-01-01", "1990年1月",
    "85.3.17", "至今", "2026/1/31 08:30", "19900000001", "0871-67891234转12", "(0871)6789123、19900000002", "+86 199-0000-0001",
    "16学时", "3.5小时", "91530115MA6K000000", "助理社会工作师、社会工作师", "是", "√", "缺考", "85分", "男", "云南省昆明市晋宁区",
    "晋民发〔2026〕12号", "第1天上午", "7月1日下午（签到）", "2026-07-01上午", "乡镇（街道）*", "证书编号_x000D_", "买买提·阿卜", "=HYPERLINK(1)",
)  # fmt: skip


def _cell(random: Random) -> Any:
    return random.choice(CELLS) if random.random() < 0.1 else mutated_text(random.choice(TEXTS), TEXTS, random)


def _of_text(*parse: Callable[[str], object]) -> Callable[[Path], Run]:
    def run(random: Random) -> None:
        text = mutated_text(random.choice(TEXTS), TEXTS, random)
        for each in parse:
            each(text)

    def begin(_folder: Path) -> Run:
        for each in parse:
            each(TEXTS[0])  # what is loaded on first use takes longer than any entry may
        return run

    return begin


def _of_cell(parse: Callable[[Any], object]) -> Callable[[Path], Run]:
    return lambda _folder: lambda random: _said(parse(_cell(random)))


def _said(read: object) -> None:
    if isinstance(read, tuple) and isinstance(read[-1], tuple):
        for problem in read[-1]:
            sentence_of_problem(problem)


def _fields(_folder: Path) -> Run:
    lists = bootstrap.code_lists()
    parser, catalogue = Parser(lists), bootstrap.register_files().catalogue
    fields: list[Field] = [field for register in catalogue.registers for field in register.fields]

    def run(random: Random) -> None:
        field = random.choice(fields)
        value, problems = parser.parse(field, _cell(random))
        for problem in problems:
            sentence_of_problem(problem)
        parser.display(field, value, masked=random.random() < 0.5)

    return run


def _half_days(_folder: Path) -> Run:
    held = [HalfDay("2026-07-01", "morning"), HalfDay("2026-07-02", "afternoon")]
    marks: CodeList = bootstrap.code_lists()["attendance_mark"]

    def run(random: Random) -> None:
        half_days.half_day(mutated_text(random.choice(TEXTS), TEXTS, random), held, random.choice(TEXTS))
        half_days.mark(mutated_text("迟到", TEXTS, random), "张三", marks)

    return run


def _headers(_folder: Path) -> Run:
    catalogue = bootstrap.register_files().catalogue
    books = [HeaderBook([slot.field for slot in slots(kind, catalogue).values()]) for kind in KINDS]
    labels = [field.label for register in catalogue.registers for field in register.fields]

    def run(random: Random) -> None:
        text = mutated_text(random.choice(labels), labels, random)
        headers.variants(text)
        random.choice(books).field_key(text, (random.choice(labels), text))

    return run


def _rules(_folder: Path) -> Run:
    whole = [dict(row) for row in bootstrap.seeds().plain["rules"]]

    def run(random: Random) -> None:
        rows = [dict(row) for row in random.sample(whole, 5)]
        for row in rows:
            key = random.choice(list(row))
            text = mutated_text(row[key], (), random)
            row[key] = date_text.parse(text)[0] or "" if key.startswith("valid") else text
        table = RuleTable(rows)
        table.number(random.choice(rows)["rule"], date(2026, 1, 1), or_first=random.random() < 0.5)

    return run


def targets() -> Iterator[Target]:
    yield Target(".xlsx", 150, _workbooks(".xlsx"))
    yield Target(".xlsb", 30, _workbooks(".xlsb"), apart=True)
    yield Target(".xls (Excel 2, 3, 4, 5, 97)", 130, _workbooks(".xls"), apart=True)
    yield Target(".ods", 60, _workbooks(".ods"))
    yield Target("XML and HTML as .xls", 80, _workbooks("XML, HTML"), apart=True)
    yield Target("CSV and the like", 60, _workbooks("CSV"))
    yield Target("locked workbooks", 6, _workbooks("locked"), 60.0, apart=True)
    yield Target("Word documents", 10, _documents)
    yield Target("forms", 25, _forms)
    yield Target("import: read, match, check, apply", 14, _imports)
    yield Target("pasted blocks", 15, _blocks, 60.0)
    yield Target("keys.json", 30, _keys)
    yield Target("backup files", 5, _backups)
    yield Target("settings.json", 30, _settings)
    yield Target("recovery codes", 30, _recovery_codes, 1.0)
    yield Target("ID numbers", 40, _of_cell(id_number.check), 1.0)
    yield Target("dates", 40, _of_cell(date_text.parse), 1.0)
    yield Target("phones", 40, _of_cell(phones.parse), 1.0)
    yield Target(
        "credit codes, pinyin, masking", 30, _of_text(credit_code.check, pinyin.search_keys, without_numbers), 1.0
    )
    yield Target("cells of every field (hours, levels, numbers of documents)", 100, _fields, 1.0)
    yield Target("half-days and marks", 25, _half_days, 1.0)
    yield Target("headers to fields", 30, _headers, 1.0)
    yield Target("rules", 15, _rules, 1.0)
