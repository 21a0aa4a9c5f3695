"""The Windows program made and tried: one folder, an installer, a portable zip. `nox -s windows`, on Windows or by wine.

What leaves here has been run: in a folder with Chinese and blanks in its path, in one deeper than old Windows reached,
installed and uninstalled without a question, unpacked. Sizes and seconds are printed at the end.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import bare_pc
import machine
from machine import Machine

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))
from socialwork_app import PROGRAM_TITLE, __version__  # noqa: E402 - stands beside this folder

WORK, DIST = REPOSITORY / "build" / "windows", REPOSITORY / "dist" / "windows"
PROGRAM, COMMAND = DIST / "socialwork", "socialwork-cli.exe"
INSTALLER = DIST / f"socialwork-{__version__}-windows-setup.exe"
PORTABLE = DIST / f"socialwork-{__version__}-windows-portable.zip"
PICTURE = DIST / "window.png"
ROOMS = ("domain", "foundation", "excel", "security", "persistence", "services", "cli")
"""Those whose tests need no window."""
ONLY_ON_WINDOWS = (
    "tests/foundation/test_apart.py::test_what_brings_it_down_leaves_us_standing[takes_memory]",
    "tests/foundation/test_atomic.py::test_a_name_as_long_as_any_and_one_that_is_longer",
)
"""wine keeps no limit of a process's memory, and cuts a name that is too long."""
PASSWORD = "只用一次 4242"
DEEP_OF_OLD, DEEP = 260, 300  # characters of a path
PATIENCE = 60  # seconds that an uninstaller takes, which goes on by itself

_told: list[str] = []


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    asked = _words()
    if lacking := machine.lacking():
        print(lacking)
        return 1
    with machine.here(WORK) as at, tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve() / "民政局 资料"
        place.mkdir()
        passed = test(at) if asked.tests else make(at, place)
    print("\n".join(["", *_told]))
    return 0 if passed else 1


def make(at: Machine, place: Path) -> bool:
    """Ends the program at whatever does not work."""
    build(at)
    try_folder(at, place)
    try_installer(at, place)
    try_portable(at, place)
    return True


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="the tests that need no window, in place of the program")
    return parser.parse_args()


def build(at: Machine) -> None:
    with timed("libraries"):
        install(at, "requirements-package.lock")
    with timed("PyInstaller"):
        words = [
            "--noconfirm",
            "--log-level",
            "WARN",
            "--distpath",
            at.seen(DIST),
            "--workpath",
            at.seen(WORK / "parts"),
        ]
        at.run(at.python, "-m", "PyInstaller", *words, at.seen(REPOSITORY / "build.spec"))
    size(PROGRAM)
    if bare_pc.main(PROGRAM):
        raise SystemExit("a bare PC could not run the program")


def install(at: Machine, lock: str) -> None:
    """Into the Python under wine; on Windows it is this one, and nox has done it."""
    if not at.is_wine:
        return
    target = at.python.parent / "Lib" / "site-packages"
    done = target / "installed.lock"
    wanted = (REPOSITORY / lock).read_bytes()
    if done.exists() and done.read_bytes() == wanted:
        return
    words = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", machine.windows_python.MINOR]
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", "-q", *words, "--only-binary", ":all:", "--require-hashes",
                    "--target", str(target), "-r", str(REPOSITORY / lock)], check=True)  # fmt: skip
    done.write_bytes(wanted)


def try_folder(at: Machine, place: Path) -> None:
    program = shutil.copytree(PROGRAM, place / "程序") / COMMAND
    with timed("start of a command"):
        at.run(program, "rosters")
    with timed("self-test, first"):
        told = self_test(at, program, place / "自检 一", "--window")
    shutil.copy(place / "自检 一" / Path(told["window"]["file"].replace("\\", "/")).name, PICTURE)
    tell(
        f"window: shown and filled after {told['window']['seconds']} s; code page: {told['encoding']}; {told['system']}"
    )
    if not machine.reaches_deep():
        tell(f"this Windows is set to paths of {DEEP_OF_OLD} characters: deeper ones are not tried")
        return
    deep = place / "很深的文件夹"
    while len(str(deep)) < DEEP:
        deep /= "再下一层的文件夹"
    with timed(f"self-test, in a path of {len(str(deep))} characters"):
        self_test(at, program, deep)


def self_test(at: Machine, program: Path, folder: Path, *words: str) -> dict[str, Any]:
    told = json.loads(at.run(program, "selftest", "--json", "--folder", at.seen(folder), *words))
    wrong = [step for step in told["steps"] if step["found"] != step["expected"]]
    if wrong:
        raise SystemExit(f"self-test: {wrong}")
    return told


def try_installer(at: Machine, place: Path) -> None:
    with timed("installer made"):
        make_installer()
    size(INSTALLER)
    installed, register = at.user_data / "Programs" / "socialwork", at.user_data / "socialwork" / "登记册"
    if at.is_wine:
        shutil.rmtree(at.user_data)  # what an earlier run left behind
        at.user_data.mkdir()
    if installed.exists() or register.exists():
        raise SystemExit(f"{installed} or {register} stands already: an installation is not tried over it")
    setup = Path(shutil.copy(INSTALLER, place / "安装 程序.exe"))
    with timed("installed"):
        at.run(setup, "/S")
    with timed("self-test, installed"):
        self_test(at, installed / COMMAND, place / "自检 二", "--window")
    at.run(installed / COMMAND, "init", "--owner", "自检单位", more={"SOCIALWORK_PASSWORD": PASSWORD})
    with timed("installed over itself"):
        at.run(setup, "/S")
    with timed("uninstalled"):
        at.run(installed / "uninstall.exe", "/S")
        wait_until_gone(installed)
    if not (register / "register.db").is_file():
        raise SystemExit("the uninstaller took the register with it")
    tell("the register stands after uninstalling")
    shutil.rmtree(register)


def make_installer() -> None:
    side, here = WORK / "side.bmp", Path(__file__).parent
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(here / "icon.py"), str(side)], check=True)
    defined = {"TITLE": PROGRAM_TITLE, "VERSION": __version__, "PROGRAM": PROGRAM, "TARGET": INSTALLER, "SIDE": side,
               "SIZE": sum(path.stat().st_size for path in PROGRAM.rglob("*")) // 1024}  # fmt: skip
    words = [f"-D{name}={value}" for name, value in defined.items()]
    if sys.platform != "win32":
        words.append("-XTarget amd64-unicode")  # wine has no 32 bits; the NSIS for Windows makes 32 only
    command = [str(machine.tool("makensis")), "-V2", "-INPUTCHARSET", "UTF8", *words, str(here / "installer.nsi")]
    subprocess.run(command, check=True)


def wait_until_gone(folder: Path) -> None:
    """An uninstaller goes on as a copy of itself after it has ended."""
    until = time.monotonic() + PATIENCE
    while folder.exists():
        if time.monotonic() > until:
            raise SystemExit(f"after uninstalling there are {sorted(map(str, folder.rglob('*')))[:9]}")
        time.sleep(0.2)


def try_portable(at: Machine, place: Path) -> None:
    with timed("portable zip made"):
        shutil.make_archive(str(PORTABLE.with_suffix("")), "zip", DIST, PROGRAM.name)
    size(PORTABLE)
    shutil.unpack_archive(PORTABLE, place / "U 盘")
    with timed("self-test, unpacked"):
        self_test(at, place / "U 盘" / PROGRAM.name / COMMAND, place / "自检 三")


def test(at: Machine) -> bool:
    """Whether all tests passed that need no window; of those that failed the names are told."""
    install(at, "requirements-dev.lock")
    passed, left_out = True, [f"--deselect={name}" for name in ONLY_ON_WINDOWS] if at.is_wine else []
    for room in ROOMS:
        with timed(f"tests of {room}"):
            words = ["-m", "pytest", "-q", "--tb=short", f"tests/{room}", *left_out]
            status, said, complained = at.call(at.python, *words, more={"PYTHONPATH": at.seen(REPOSITORY)})
        if status:
            passed = False
            print(said, complained)
        lines = said.strip().splitlines() or [f"ended with {status}"]
        for line in [*(line for line in lines if line.startswith(("FAILED", "ERROR"))), lines[-1]]:
            tell(line)
    return passed


class timed:  # noqa: N801 - reads as a statement
    """Tells how long something took."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        print(f"{self._name} …", flush=True)
        self._started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        tell(f"{self._name}: {time.perf_counter() - self._started:.1f} s")


def size(path: Path) -> None:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    tell(f"{path.name}: {sum(one.stat().st_size for one in files) / 1e6:.0f} MB in {len(files)} files")


def tell(line: str) -> None:
    print(line, flush=True)
    _told.append(line)


if __name__ == "__main__":
    os.chdir(REPOSITORY)
    sys.exit(main())
