"""Scans: their names come from elsewhere, and so may what stands in a register that was restored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.persistence import history
from socialwork_app.services import attachments
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records


@pytest.fixture
def person(save: Callable[..., int]) -> int:
    return save("people", name="张三")


def newest(opened: OpenRegister) -> int:
    with opened.database.read() as connection:
        return history.newest_change(connection, opened.schema)


def test_a_name_is_kept_as_far_as_it_can_be_one_anywhere(opened: OpenRegister, tmp_path: Path, person: int) -> None:
    path = tmp_path / "证明\u202efdp. .exe"
    path.write_bytes(b"scan")
    done = Attachments(opened).add("people", person, path)
    (row,) = Attachments(opened).of("people", person)
    assert (row.id, row.values["file_name"]) == (next(iter(done.ids)), "证明fdp. .exe")


def test_a_name_that_is_a_path_leads_nowhere(opened: OpenRegister, tmp_path: Path, person: int) -> None:
    """However it came in: by hand, by an import, in a register that somebody else has made."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"scan")
    (added,) = Attachments(opened).add("people", person, path).ids
    Records(opened, "attachments").save(Draft({"file_name": "..\\..\\Startup\\CON.exe"}, id=added))
    assert Attachments(opened).content(added) == ("_CON.exe", b"scan")


@pytest.mark.parametrize("kind", ["folder", "missing", "large"])
def test_what_can_not_be_added_leaves_the_register_as_it_was(
    opened: OpenRegister, tmp_path: Path, person: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 10)
    path = tmp_path / "scan.pdf"
    if kind == "folder":
        path.mkdir()
    elif kind == "large":
        path.write_bytes(b"more than ten")
    before = newest(opened)
    with pytest.raises((DomainError, EnvironmentRefused)) as refused:
        Attachments(opened).add("people", person, path)
    assert sentence_of(refused.value)
    assert Attachments(opened).of("people", person) == () and newest(opened) == before
