"""Is there room, and is the folder on this machine's own disk?"""

import os
import re
import shutil
import sys
from itertools import chain
from pathlib import Path

from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import EnvironmentRefused, RegisterUnavailable

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "fuse.davfs"})

SYNCED = (
    ("OneDrive", r"onedrive( - .+)?"),
    ("坚果云", r"nutstore( files)?|(我的)?坚果云"),
    ("百度网盘", r"baidu(sync|netdisk|yun).*|百度(网盘|云).*"),
    ("WPS 云盘", r"wps ?(云盘|云文档|drive|cloud files).*"),
    ("iCloud", r"icloud ?drive|mobile documents|com~apple~clouddocs"),
    ("Dropbox", r"dropbox( \(.+\))?"),
    ("Syncthing", r"syncthing"),
)
"""Services that copy a folder elsewhere while it is written to, and what their folders are called by themselves."""
MARKERS = {".dropbox.cache": "Dropbox", ".dropbox": "Dropbox", ".stfolder": "Syncthing",
           ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive"}  # fmt: skip
"""What they leave at the top of a folder, whatever it is called."""
ROOTS = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
"""Variables that Windows sets to such a folder."""

_MOUNTS = Path("/proc/mounts")
_DRIVE_REMOTE = 4  # GetDriveTypeW


def require_free(folder: Path, bytes_needed: int) -> None:
    """Raises EnvironmentRefused("disk.full") before a large job; `folder` may not exist yet."""
    try:
        free = shutil.disk_usage(_existing(folder)).free
    except OSError as error:
        raise atomic.refusal(error, folder) from error
    if free < bytes_needed:
        raise EnvironmentRefused("disk.full", path=str(folder))


def require_local(folder: Path) -> None:
    """Raises RegisterUnavailable("register.network"): a network drive keeps neither locks nor write order."""
    if is_network(folder):
        raise RegisterUnavailable("register.network", path=str(folder))


def is_network(folder: Path) -> bool:
    """Whether the folder, or the place where it would be made, is on another machine."""
    real = _real(folder)
    if sys.platform == "win32":
        return is_unc(str(folder)) or is_unc(real) or _on_mapped_drive(real)
    return file_system(real, _mounts()) in NETWORK_FILE_SYSTEMS


def synced_by(folder: Path) -> str:
    """The service that keeps the folder on other machines as well, "" for none that is known."""
    real = Path(_real(folder))
    for place in (real, *real.parents):
        named = (service for service, pattern in SYNCED if re.fullmatch(pattern, place.name, re.IGNORECASE))
        marked = (service for marker, service in MARKERS.items() if (place / marker).exists())
        told = (service for variable, service in ROOTS.items() if _is(place, os.environ.get(variable)))
        if found := next(chain(named, marked, told), ""):
            return found
    return ""


def _real(folder: Path | str) -> str:
    """Where the path leads; as it stands where Windows can't say, as on the drives of some encrypting programs."""
    try:
        return os.path.realpath(folder)
    except OSError:
        return str(Path(folder).absolute())


def _is(place: Path, root: str | None) -> bool:
    return bool(root) and os.path.normcase(place) == os.path.normcase(_real(str(root)))


def is_unc(path: str) -> bool:
    r"""True for \\server\share in each spelling that Windows takes; \\?\C: and \\.\C: are this machine's."""
    text = path.replace("/", "\\").upper()
    if text.startswith(("\\\\?\\", "\\\\.\\")):
        return text[4:].startswith("UNC\\")
    return text.startswith("\\\\")


def file_system(folder: str, mounts: str) -> str:
    """The type of file system that holds an absolute path, "" if unknown; `mounts` as /proc/mounts has it."""
    found, longest = "", -1
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = _unescaped(point).rstrip("/")
        if len(point) >= longest and (folder == point or folder.startswith(point + "/")):
            found, longest = kind, len(point)
    return found


def _unescaped(text: str) -> str:
    r"""The kernel writes blanks and backslashes as \040 and \134."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""


def _on_mapped_drive(path: str) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(path)[0] + "\\") == _DRIVE_REMOTE


def _existing(folder: Path) -> Path:
    """The folder or its nearest parent that exists."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())
