"""Where Windows programs run: on Windows as they are, elsewhere under wine in a prefix of its own.

The prefix is set up as an office PC is: code page 936, a user whose name is Chinese with a blank.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import windows_python

TOOLS = {"wine64": "wine64", "makensis": "nsis", "Xvfb": "xvfb", "localedef": "locales",
         f"{windows_python.COMPILER}gcc": "gcc-mingw-w64-x86-64-win32"}  # fmt: skip
"""What making Windows programs here needs, and the Debian package of each."""
ELSEWHERE = [os.environ.get("PATH", ""), "/usr/lib/wine", r"C:\Program Files (x86)\NSIS"]
USER_DATA = r"C:\users\张三 民政局\AppData\Local"
FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
LONGEST = 3600  # seconds; the tests of the services take a quarter of that
OWN_PYTHON = "WINDOWS_PYTHON"
"""A variable: the folder of a Python for Windows to take in place of the one put together here."""


@dataclass(frozen=True, slots=True)
class Machine:
    """`before`: what stands before a program's name; `user_data`: where the programs that run see %LOCALAPPDATA%."""

    python: Path
    user_data: Path
    before: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def is_wine(self) -> bool:
        return bool(self.before)

    def seen(self, path: Path) -> str:
        """The path as Windows programs see it."""
        return "Z:" + str(path).replace("/", "\\") if self.is_wine else str(path)

    def call(self, program: Path | str, *words: str, more: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Exit status, standard output, standard error: pipes, since wine hands on no file and no null device."""
        done = subprocess.run(
            [*self.before, str(program), *words], input=b"", capture_output=True, timeout=LONGEST, check=False,
            env=os.environ | self.environment | (more or {}),
        )  # fmt: skip
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def run(self, program: Path | str, *words: str, more: dict[str, str] | None = None) -> str:
        """What it said, when all went well."""
        status, said, complained = self.call(program, *words, more=more)
        if status:
            raise SystemExit(f"{program} {' '.join(words)} ended with {status}:\n{said}{complained}")
        return said


def tool(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join(ELSEWHERE))


def lacking() -> str:
    """One sentence on what is missing to make Windows programs here, '' where nothing is."""
    wanted = {"makensis": "nsis"} if sys.platform == "win32" else TOOLS
    absent = [name for name in wanted if tool(name) is None]
    packages = " ".join(wanted[name] for name in absent)
    return f"The Windows program needs {', '.join(absent)}; Debian has them in {packages}." if absent else ""


def reaches_deep() -> bool:
    """Whether programs that say so may use long paths: a switch of Windows, off unless somebody turned it on."""
    if sys.platform != "win32":
        return True
    import winreg

    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
        return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])


@contextmanager
def here(work: Path) -> Generator[Machine]:
    if sys.platform == "win32":
        yield Machine(Path(sys.executable), Path(os.environ["LOCALAPPDATA"]))
        return
    with ExitStack() as stack:
        wine, prefix = tool("wine64") or "", work / "prefix"
        environment = {
            "WINEPREFIX": str(prefix), "WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=;mscms=n",
            "DISPLAY": stack.enter_context(_screen()), "LOCPATH": str(_chinese(work)), "LC_ALL": "zh_CN.UTF-8",
        }  # fmt: skip
        user_data = prefix / "drive_c" / USER_DATA.removeprefix("C:\\").replace("\\", "/")
        machine = Machine(_python(work), user_data, (wine,), environment)
        if not user_data.exists():
            _set_up(machine, prefix, work)
        try:
            yield machine
        finally:
            subprocess.run([tool("wineserver") or "wineserver", "-k"], env=os.environ | environment, check=False)


def _python(work: Path) -> Path:
    given = os.environ.get(OWN_PYTHON)
    return Path(given) / "python.exe" if given else windows_python.make(work / "python", work / "made")


def _set_up(machine: Machine, prefix: Path, work: Path) -> None:
    machine.run("wineboot", "-i")
    windows_python.make_missing(prefix / "drive_c/windows/system32", work / "made")
    machine.run("winecfg", "/v", "win10")
    machine.run("reg", "add", FOLDERS, "/v", "Local AppData", "/d", USER_DATA, "/f")
    machine.user_data.mkdir(parents=True)


def _chinese(work: Path) -> Path:
    """A locale by which wine takes code page 936."""
    folder = work / "locale"
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", str(folder / "zh_CN.UTF-8")], check=True)
    return folder


@contextmanager
def _screen() -> Generator[str]:
    """A screen of its own; its number is told by Xvfb itself."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()
