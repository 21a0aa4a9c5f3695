"""A CPython for Windows put together from packages, so that the program can be made and tried on Linux under wine.

The interpreter and its extension modules are those of python.org, as a wheel of panda3d brings them for programs that
it packages; its Lib is that of the Python that runs this, which may be of another patch level. What is given to
offices is made on Windows (`.github/workflows/release.yml`).
"""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pefile

SOURCES = Path(__file__).parent / "wine"
COMPILER = "x86_64-w64-mingw32-"
MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
DLL = f"python{MINOR.replace('.', '')}.dll"
BESIDE_PROGRAM = (DLL, "vcruntime140.dll", "vcruntime140_1.dll")
LEFT_OUT = ("api-ms", "_test", "xxlimited", "tcl", "tk", "_tkinter", "_wmi")
NOT_IN_LIB = ("site-packages", "lib-dynload", "test", "idlelib", "__pycache__", "config-*", "dist-packages")


def make(folder: Path, work: Path) -> Path:
    """python.exe in the folder, made in half a minute where it does not stand yet."""
    program = folder / "python.exe"
    if program.exists():
        return program
    shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    _unpack(_wheel(work), folder)
    shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=shutil.ignore_patterns(*NOT_IN_LIB))
    (folder / "Lib" / "site-packages").mkdir()
    _forward_stable_names(folder, work)
    _start(program, work)
    return program


def make_missing(system: Path, work: Path) -> None:
    """Libraries that wine 8 lacks and Windows has, into the prefix alone."""
    work.mkdir(parents=True, exist_ok=True)
    for source, needs in (("bcryptprimitives", ["-ladvapi32"]), ("icuuc", []), ("mscms", [])):
        target = work / f"{source}.dll"
        _compile("gcc", "-O2", "-s", "-shared", SOURCES / f"{source}.c", "-o", target, *needs)
        shutil.copy(target, system)


def _wheel(work: Path) -> Path:
    words = ["--no-deps", "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", MINOR]
    command = [sys.executable, "-m", "pip", "download", "-q", *words, "-d", str(work), "--require-hashes"]
    subprocess.run([*command, "-r", str(SOURCES / "carrier.lock")], check=True)
    return next(work.glob(f"panda3d-*-cp{MINOR.replace('.', '')}-win_amd64.whl"))


def _unpack(wheel: Path, folder: Path) -> None:
    (folder / "DLLs").mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            place, _, name = member.partition("/")
            if place != "deploy_libs" or name.startswith(LEFT_OUT) or "t-win_amd64" in name:
                continue
            target = folder if name.lower() in BESIDE_PROGRAM else folder / "DLLs"
            (target / name).write_bytes(archive.read(member))


def _forward_stable_names(folder: Path, work: Path) -> None:
    """python3.dll, by which libraries for any Python 3 find this one."""
    lines = (f"  {name}={Path(DLL).stem}.{name}{kind}" for name, kind in _exported(folder / DLL) if "Py" in name[:3])
    (work / "python3.def").write_text("LIBRARY python3.dll\nEXPORTS\n" + "\n".join(lines) + "\n", encoding="ascii")
    (work / "empty.c").write_text(
        "int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n", encoding="ascii"
    )
    _compile("gcc", "-s", "-shared", "-nostdlib", "-Wl,--entry=DllMain", work / "empty.c", work / "python3.def",
             "-o", folder / "python3.dll")  # fmt: skip


def _exported(library: Path) -> list[tuple[str, str]]:
    """Names, and the word that a definition file wants after those of variables."""
    parsed = pefile.PE(str(library), fast_load=True)
    parsed.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    code = [section for section in parsed.sections if section.IMAGE_SCN_CNT_CODE]
    found = [
        (symbol.name.decode(), "" if any(part.contains_rva(symbol.address) for part in code) else " DATA")
        for symbol in parsed.DIRECTORY_ENTRY_EXPORT.symbols
        if symbol.name
    ]
    parsed.close()
    return found


def _start(program: Path, work: Path) -> None:
    (work / "python.def").write_text(f"LIBRARY {DLL}\nEXPORTS\n  Py_Main\n", encoding="ascii")
    (work / "python.rc").write_text(f'1 24 "{SOURCES / "python.manifest"}"\n', encoding="utf-8")
    _compile("dlltool", "-d", work / "python.def", "-l", work / "libpython.a")
    _compile("windres", work / "python.rc", "-O", "coff", "-o", work / "python.res")
    _compile("gcc", "-O2", "-s", "-municode", SOURCES / "python.c", work / "python.res", "-o", program,
             f"-L{work}", "-lpython")  # fmt: skip


def _compile(tool: str, *words: str | Path) -> None:
    subprocess.run([COMPILER + tool, *map(str, words)], check=True)
