import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.atomic import keep_beside, refusal, replacing, swap, write_bytes
from socialwork_app.foundation.errors import EnvironmentRefused

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "内" / "名册.xlsx"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_name_as_long_as_any_and_one_that_is_longer(tmp_path: Path):
    """What stands beside it meanwhile has a name of its own, which must not be longer."""
    longest = tmp_path / ("名" * 83 + ".xlsx")
    write_bytes(longest, b"new")
    assert names(tmp_path) == [longest.name]
    with pytest.raises(EnvironmentRefused) as refused:
        write_bytes(tmp_path / ("名" * 300 + ".xlsx"), b"new")
    assert sentence_of(refused.value).startswith("文件名太长")


def test_a_new_file_and_its_folder(target: Path):
    write_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(target.parent) == [target.name]


def test_an_old_file_is_replaced_at_the_end_and_not_before(target: Path):
    write_bytes(target, b"old")
    with replacing(target) as temporary:
        temporary.write_bytes(b"new")
        assert target.read_bytes() == b"old"
        assert temporary.parent == target.parent
        assert temporary.suffix == target.suffix
    assert target.read_bytes() == b"new"
    assert names(target.parent) == [target.name]


def test_a_failure_leaves_the_old_file_and_nothing_else(target: Path):
    write_bytes(target, b"old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


def test_what_went_wrong_is_told_though_the_unfinished_file_stays(target: Path):
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.unlink()
        temporary.mkdir()  # which no unlink removes
        _ = 1 / 0


def test_a_kill_leaves_the_old_file(target: Path):
    write_bytes(target, b"old")
    half = (
        "import os, sys; from pathlib import Path\n"
        "from socialwork_app.foundation.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])) as temporary:\n"
        "    temporary.write_bytes(b'half'); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", half, str(target)], cwd=ROOT, check=False).returncode == 9
    assert target.read_bytes() == b"old"


def test_a_folder_in_the_targets_place_is_refused_and_stays(target: Path):
    target.mkdir(parents=True)
    with pytest.raises(EnvironmentRefused) as caught:
        write_bytes(target, b"new")
    assert sentence_of(caught.value)
    assert names(target.parent) == [target.name]


def test_a_file_in_the_folders_place_is_refused(target: Path):
    target.parent.write_bytes(b"")
    with pytest.raises(EnvironmentRefused) as caught:
        write_bytes(target, b"new")
    assert caught.value.code == "file.failed"
    assert sentence_of(caught.value)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.ENOENT, "file.missing"),
        (errno.EACCES, "file.refused"),
        (errno.EPERM, "file.refused"),
        (errno.EROFS, "file.refused"),
        (errno.EIO, "file.failed"),
    ],
)
def test_each_refusal_has_a_sentence_that_names_the_file(number: int, code: str):
    refused = refusal(OSError(number, "reason"), Path("名册.xlsx"))
    assert refused.code == code
    assert "名册.xlsx" in sentence_of(refused)


def test_a_reason_without_words_is_named_by_its_type():
    assert refusal(OSError(), Path("x")).values["reason"] == "OSError"


@given(data=st.binary(max_size=200), old=st.none() | st.binary(max_size=200))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes, old: bytes | None):
    target = tmp_path_factory.getbasetemp() / "any.bin"
    if old is not None:
        target.write_bytes(old)
    write_bytes(target, data)
    assert target.read_bytes() == data


def test_text_of_any_kind_survives(target: Path):
    text = json.dumps({"姓名": "𠮷"}, ensure_ascii=False)
    write_bytes(target, text.encode())
    assert target.read_text(encoding="utf-8") == text


def test_what_is_kept_beside_outlives_what_takes_its_place(tmp_path: Path):
    standing, made, kept = (tmp_path / name for name in ("册.db", "册.upgrading", "册.before"))
    for number in (b"first", b"second"):
        standing.write_bytes(number)
        made.write_bytes(b"new")
        keep_beside(standing, kept)
        assert standing.read_bytes() == kept.read_bytes() == number, "both stand, whenever the power goes"
        swap(made, standing)
        assert (standing.read_bytes(), kept.read_bytes()) == (b"new", number)
    assert names(tmp_path) == ["册.before", "册.db"]


def test_what_a_kill_left_long_ago_goes_when_the_file_is_written_again(target: Path):
    write_bytes(target, b"old")
    left, fresh, other = (
        target.with_name(name) for name in (".名册.ab12cd34.xlsx", ".名册.ef56ab78.xlsx", ".另册.ab12cd34.xlsx")
    )
    for path in (left, fresh, other):
        path.write_bytes(b"half")
    for path in (left, other):
        os.utime(path, (0, 0))
    write_bytes(target, b"new")
    assert names(target.parent) == sorted([target.name, fresh.name, other.name])
