"""The house's rules that a reader relies on, checked on the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from socialwork_app.domain.fields.computed import COMPUTED_FIELDS
from socialwork_app.domain.sentences import SENTENCES
from socialwork_app.services.register_files import RegisterFiles

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "socialwork_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))


def strings(path: Path) -> set[str]:
    """String constants of a file that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    }


def test_no_label_of_a_field_is_spelled_out_again(files: RegisterFiles):
    generic = ("rules", "attachments")  # 文件, 规则: words that every screen needs
    declared = [register for register in files.catalogue.registers if register.key not in generic]
    labels = {field.label for register in declared for field in register.fields}
    labels |= {field.label for field in COMPUTED_FIELDS}
    again = {
        f"{path.relative_to(PACKAGE)}: {label}"
        for path in SOURCES
        if "domain" not in path.parts
        for label in strings(path) & labels
    }
    assert again == set()


def coded(path: Path) -> set[str]:
    """Codes that a file raises or reports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {"DomainError", "RegisterUnavailable", "EnvironmentRefused", "error", "warning", "sentence"}
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in names
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_code_has_its_sentence():
    used = set().union(*(coded(path) for path in SOURCES))
    assert used - SENTENCES.keys() == set()


def test_sentences_stand_in_one_place_and_use_no_exclamation_mark():
    assert not [code for code, text in SENTENCES.items() if "！" in text or "!" in text]


def test_the_clock_is_asked_in_one_place():
    asking = {
        str(path.relative_to(PACKAGE))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now") and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime")
    }  # fmt: skip
    assert asking - {"foundation/clock.py", "foundation/locking.py", "foundation/logs.py"} == set()


def test_files_and_functions_stay_short():
    written = [path for path in SOURCES if "migrations" not in path.parts]  # which are derived from the declarations
    long_files = {path.name for path in written if len(path.read_text(encoding="utf-8").splitlines()) > 520}
    long_functions = {
        f"{path.name}:{node.name}"
        for path in written
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 50
    }
    assert (long_files, long_functions) == (set(), set())


@pytest.mark.parametrize(
    ("imported", "absent"),
    [
        ("socialwork_app.bootstrap", ("PySide6", "alembic", "pypinyin", "openpyxl", "xlsxwriter", "numpy", "lxml")),
        (
            "socialwork_app.ui.app",
            ("alembic", "pypinyin", "openpyxl", "xlsxwriter", "sqlalchemy", "python_calamine", "lxml"),
        ),
    ],
)
def test_heavy_libraries_wait_until_they_are_needed(imported: str, absent: tuple[str, ...]):
    script = f"import sys, {imported}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_names_an_index_or_a_machine():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-package.lock", "README.md"):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        assert "http://" not in text
        assert "https://" not in text
