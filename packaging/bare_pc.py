"""Whether a packaged Windows program brings every library that a bare Windows lacks: the imports of all its files, walked.

wine supplies some of them itself, as a developer's PC does, and would hide that one is missing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pefile

SYSTEM = {
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "comctl32", "comdlg32", "crypt32", "d2d1", "d3d11", "d3d12",
    "d3d9", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "kernelbase",
    "mpr", "msvcrt", "ncrypt", "netapi32", "ntdll", "ole32", "oleaut32", "opengl32", "pdh", "powrprof", "propsys",
    "psapi", "rpcrt4", "secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32", "userenv",
    "uxtheme", "version", "winhttp", "winmm", "winspool", "ws2_32", "wtsapi32",
}  # fmt: skip
"""In System32 of Windows 10 1809 and later, as Qt 6 asks for."""
UNWANTED = ("opengl32sw.dll",)


def main(bundle: Path) -> int:
    findings = sorted({*missing(bundle), *unwanted(bundle)})
    print("\n".join(findings) or f"{len(list(binaries(bundle)))} files import nothing that a bare Windows lacks")
    return 1 if findings else 0


def binaries(bundle: Path) -> Iterator[Path]:
    return (path for path in bundle.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd"))


def missing(bundle: Path) -> Iterator[str]:
    """What a file imports and neither its own folder, nor the folder of all libraries, nor Windows has.

    PySide6 and shiboken6 add their folders to the search themselves.
    """
    libraries = bundle / "_internal"
    searched = {folder: names(folder) for folder in (libraries, libraries / "PySide6", libraries / "shiboken6")}
    for path in binaries(bundle):
        qt = "PySide6" in path.parts
        near = names(path.parent) | searched[libraries]
        near |= searched[libraries / "PySide6"] | searched[libraries / "shiboken6"] if qt else set()
        for wanted in imports(path):
            if wanted not in near and not of_windows(wanted):
                yield f"{path.relative_to(bundle)} imports {wanted}, which nothing brings"


def unwanted(bundle: Path) -> Iterator[str]:
    for path in binaries(bundle):
        if path.name.lower() in UNWANTED or b"Wine builtin DLL" in path.read_bytes()[:0x100]:
            yield f"{path.relative_to(bundle)} does not belong into the program"


def names(folder: Path) -> set[str]:
    return {path.name.lower() for path in folder.iterdir()}


def imports(path: Path) -> Iterator[str]:
    """Those that Windows resolves before the file is used; late ones may be optional."""
    parsed = pefile.PE(str(path), fast_load=True)
    parsed.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
    for entry in getattr(parsed, "DIRECTORY_ENTRY_IMPORT", ()):
        yield entry.dll.decode().lower()
    parsed.close()


def of_windows(name: str) -> bool:
    return name.startswith(("api-ms-win-", "ext-ms-")) or name.rsplit(".", 1)[0] in SYSTEM


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
