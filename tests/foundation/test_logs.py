import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.foundation import logs
from socialwork_app.foundation.errors import DomainError

ROOT = Path(__file__).resolve().parents[2]
NAME = "王小明"
ID = "530122199003079962"
PHONE = "19900001234"


@pytest.fixture(autouse=True)
def silence_afterwards() -> Iterator[None]:
    root, program = logging.getLogger(), logging.getLogger("socialwork_app")
    before = root.handlers[:], root.level, program.level
    yield
    logs.configure(None)
    root.handlers[:], level, program_level = before
    root.setLevel(level)
    program.setLevel(program_level)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "日志" / "socialwork.log"
    assert logs.configure(place)
    return place


def written(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def the_file() -> logging.Handler:
    """The program's own handler; pytest has a plain FileHandler beside it."""
    handlers = logging.getLogger().handlers
    return next(each for each in handlers if isinstance(each, RotatingFileHandler))


def log() -> logging.Logger:
    return logging.getLogger("socialwork_app.services.people")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ID, "<number>"),
        ("11010119900307996X", "<number>"),
        ("11010119900307996x.", "<number>."),
        ("530122900307996", "<number>"),
        ("530122 19900307 9962", "<number>"),
        ("530122-19900307-996X", "<number>"),
        ("530122１９９００３０７９９６Ｘ", "<number>"),
        (f"tel{PHONE}tel", "tel<number>tel"),
        ("199 0000 1234", "<number>"),
        ("199-0000-1234", "<number>"),
        ("0871-67891234", "<number>"),
        ("6228480000000000000", "<number>"),
        ("batch 123456 of 999999", "batch 123456 of 999999"),
        ("as of 2026-03-17", "as of 2026-03-17"),
        (f"C:\\Users\\{NAME}\\x.db", "C:\\Users\\<text>\\x.db"),
        ("𠮷 is a name", "<text> is a name"),
        ("saved 5 rows", "saved 5 rows"),
    ],
)
def test_redacted(text: str, expected: str):
    assert logs.redacted(text) == expected


@given(st.text(), st.from_regex(r"[0-9]{17}[0-9Xx]|[0-9]{15}|1[0-9]{10}", fullmatch=True), st.text())
def test_no_long_number_and_no_chinese_survives(before: str, number: str, after: str):
    left = logs.redacted(before + NAME + number + after)
    assert not re.search(r"\d{7}", left)
    assert number not in left
    assert not re.search("[一-鿿]", left)


def test_values_of_a_message_are_masked(path: Path):
    log().info("saved %s with %s and %d", NAME, ID, int(PHONE))
    log().info("saved %(name)s", {"name": NAME})
    text = written(path)
    assert "INFO socialwork_app.services.people saved <text> with <number> and <number>\n" in text
    assert "saved <text>\n" in text


def test_a_value_cannot_forge_a_line(path: Path):
    log().info("read %s", "a\r\n2026-01-01 INFO forged")
    assert len(written(path).splitlines()) == 1


def test_an_error_as_a_value_is_only_its_type_and_code(path: Path):
    log().warning("refused: %s", DomainError("id_number.invalid", value="zhangsan"))
    log().warning(ValueError("zhangsan"))
    log().warning("no room: %s", OSError(28, "zhangsan"))
    text = written(path)
    assert "refused: socialwork_app.foundation.errors.DomainError id_number.invalid\n" in text
    assert "builtins.ValueError\n" in text
    assert "no room: builtins.OSError errno=28\n" in text
    assert "zhangsan" not in text


def fails(secret: str) -> None:
    try:
        {}[secret]
    except KeyError as error:
        error.add_note(secret)
        raise ValueError(f"{secret} {NAME} {ID}") from error


def test_a_traceback_keeps_the_places_and_no_message(path: Path):
    with pytest.raises(ValueError) as caught:
        fails("zhangsan")
    log().error("import failed", exc_info=caught.value)
    text = written(path)
    assert re.search(r"test_logs\.py:\d+ fails\n", text)
    assert text.index("  builtins.ValueError\n") < text.index("  builtins.KeyError\n")
    for secret in ("zhangsan", NAME, ID):
        assert secret not in text


def test_a_traceback_that_another_handler_wrote_is_not_taken_over(path: Path, caplog: pytest.LogCaptureFixture):
    log().error("failed", exc_info=ValueError("zhangsan"))
    assert "zhangsan" in caplog.text
    assert "zhangsan" not in written(path)


def test_an_error_that_is_its_own_cause_ends(path: Path):
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    log().error("failed", exc_info=first)
    assert written(path).count("ValueError") == 1


def test_a_hidden_context_stays_hidden(path: Path):
    error = ValueError()
    error.__context__, error.__suppress_context__ = KeyError(), True
    log().error("failed", exc_info=error)
    assert "KeyError" not in written(path)


def test_a_bug_is_found_by_the_number_the_user_was_shown(path: Path):
    references = {logs.report_bug(ValueError(NAME)) for _ in range(20)}
    assert len(references) == 20
    for reference in references:
        assert re.fullmatch("[0-9A-F]{6}", reference)
        assert f"bug {reference}\n" in written(path)


def test_libraries_are_heard_from_warnings_on(path: Path):
    logging.getLogger("somebody").info("quiet")
    logging.getLogger("somebody").warning("loud")
    assert "quiet" not in written(path)
    assert "loud" in written(path)


def test_the_file_turns_over(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logs, "MOST_BYTES", 500)
    logs.configure(path)
    for number in range(200):
        log().info("line %d", number)
    files = sorted(each.name for each in path.parent.iterdir())
    assert files == ["socialwork.log"] + [f"socialwork.log.{number}" for number in range(1, 6)]
    assert "line 199" in written(path)
    assert all(each.stat().st_size <= 500 for each in path.parent.iterdir())


def test_a_turn_that_is_refused_loses_no_line(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logs, "MOST_BYTES", 500)
    logs.configure(path)
    path.with_name("socialwork.log.4").touch()
    path.with_name("socialwork.log.5").mkdir()
    for number in range(50):
        log().info("line %d", number)
    assert len(written(path).splitlines()) == 50


def test_configuring_again_moves_the_log(path: Path, tmp_path: Path):
    other = tmp_path / "other.log"
    assert logs.configure(other)
    log().info("moved")
    assert written(path) == ""
    assert written(other).count("moved") == 1


def test_a_folder_that_refuses_is_said_and_nothing_is_raised(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    assert logs.configure(tmp_path / "file" / "socialwork.log") is False
    assert re.fullmatch("[0-9A-F]{6}", logs.report_bug(ValueError(NAME)))


def test_without_a_log_nothing_reaches_standard_error():
    silent = (
        "from socialwork_app.foundation import logs\n"
        "assert logs.configure(None) is False\n"
        "logs.report_bug(ValueError())\n"
    )
    ended = subprocess.run([sys.executable, "-c", silent], cwd=ROOT, capture_output=True, check=True)
    assert (ended.stdout, ended.stderr) == (b"", b"")


def test_half_a_character_is_written_as_its_number(path: Path):
    # handed to the file alone: a report with half a character can't be sent between test processes
    the_file().handle(logging.LogRecord("x", logging.INFO, "", 0, "a surrogate %s", ("\ud800",), None))
    assert "a surrogate \\ud800\n" in written(path)


@pytest.mark.parametrize("values", [(1,), ("x", "y"), ()])
def test_a_line_that_cannot_be_written_does_not_disturb(
    path: Path, capfd: pytest.CaptureFixture[str], values: tuple[object, ...]
):
    the_file().handle(logging.LogRecord("x", logging.ERROR, "", 0, "%s and %d", values, None))
    log().info("still there")
    assert "still there" in written(path)
    assert capfd.readouterr() == ("", "")
