import shutil
import sys
from pathlib import Path

import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation import disk
from socialwork_app.foundation.disk import file_system, is_network, is_unc, require_free, require_local, synced_by
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


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive/文档/登记册", "OneDrive"),
        ("OneDrive - 某区民政局/登记册", "OneDrive"),
        ("我的坚果云/登记册", "坚果云"),
        ("Nutstore Files/a", "坚果云"),
        ("BaiduSyncdisk/登记册", "百度网盘"),
        ("百度网盘同步空间/登记册", "百度网盘"),
        ("WPS云盘/登记册", "WPS 云盘"),
        ("WPSDrive/123/a", "WPS 云盘"),
        ("iCloudDrive/a", "iCloud"),
        ("Dropbox (Office)/a", "Dropbox"),
        ("onedrive-old/登记册", ""),
        ("登记册/备份", ""),
    ],
)
def test_a_folder_that_is_synchronised_is_known_by_its_name(tmp_path: Path, folder: str, service: str):
    assert synced_by(tmp_path / folder) == service


def test_a_folder_that_is_synchronised_is_known_by_what_lies_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    register = tmp_path / "办公" / "登记册"
    register.mkdir(parents=True)
    assert synced_by(register) == ""
    (tmp_path / "办公" / ".dropbox.cache").mkdir()
    assert synced_by(register) == "Dropbox"
    (tmp_path / "办公" / ".dropbox.cache").rmdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "办公"))
    assert synced_by(register) == "OneDrive"
