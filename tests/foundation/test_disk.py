import shutil
import sys
from pathlib import Path

import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation import disk
from socialwork_app.foundation.disk import file_system, is_network, is_unc, require_free, require_local
from socialwork_app.foundation.errors import EnvironmentRefused, RegisterUnavailable

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/共享\\040disk cifs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/over ext4 rw 0 0
//server/x /mnt/over cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/srv/register", "ext4"),
        ("/home", "nfs4"),
        ("/home/me/登记册", "nfs4"),
        ("/homework", "ext4"),
        ("/home/local/登记册", "ext4"),
        ("/mnt/共享 disk/登记册", "cifs"),
        ("/mnt/ssh/登记册", "fuse.sshfs"),
        ("/mnt/over/登记册", "cifs"),
    ],
)
def test_the_innermost_and_latest_mount_holds_the_folder(folder: str, kind: str):
    assert file_system(folder, MOUNTS) == kind


def test_without_a_list_of_mounts_nothing_is_known():
    assert file_system("/home", "") == ""


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (r"\\server\share\登记册", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\unc\server\share", True),
        (r"\\?\C:\登记册", False),
        (r"\\.\C:\登记册", False),
        (r"C:\登记册", False),
        (r"登记册\内", False),
        ("", False),
    ],
)
def test_is_unc(path: str, answer: bool):
    assert is_unc(path) is answer


def test_a_folder_of_this_machine_is_local_whether_it_exists_or_not(tmp_path: Path):
    for folder in (tmp_path, tmp_path / "登记册" / "内"):
        assert not is_network(folder)
        require_local(folder)


@pytest.fixture
def network_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if sys.platform == "win32":
        return Path(r"\\localhost\share\登记册")
    mounts = tmp_path / "mounts"
    mounts.write_text("server:/ / nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(disk, "_MOUNTS", mounts)
    return tmp_path


def test_a_network_folder_is_refused(network_folder: Path):
    with pytest.raises(RegisterUnavailable) as caught:
        require_local(network_folder)
    assert caught.value.code == "register.network"
    assert str(network_folder) in sentence_of(caught.value)


def test_room_is_measured_where_the_folder_is_or_will_be(tmp_path: Path):
    free = shutil.disk_usage(tmp_path).free
    for folder in (tmp_path, tmp_path / "a" / "b"):
        require_free(folder, 1)
        with pytest.raises(EnvironmentRefused) as caught:
            require_free(folder, free * 2 + 1)
        assert caught.value.code == "disk.full"
        assert str(folder) in sentence_of(caught.value)
    assert not (tmp_path / "a").exists()
