"""A packaged program tried where it will run: with nothing of this machine's Python around it, and how old a Linux may be."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

GLIBC = re.compile(rb"\x00GLIBC_(\d+)\.(\d+)")
KEPT = ("DISPLAY", "XAUTHORITY", "QT_QPA_PLATFORM", "SYSTEMROOT", "TEMP")


def main(bundle: Path) -> int:
    command = bundle.resolve() / ("socialwork-cli.exe" if sys.platform == "win32" else "socialwork-cli")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "民政局 资料"
        place.mkdir()
        started = time.perf_counter()
        run(command, place, "rosters")
        print(f"start of a command: {time.perf_counter() - started:.1f} s")
        words = ["--window"] if os.environ.get("DISPLAY") or sys.platform == "win32" else []
        told = json.loads(run(command, place, "selftest", "--json", "--folder", str(place / "自检"), *words))
    print(json.dumps(told, ensure_ascii=False))
    size = sum(path.stat().st_size for path in files(bundle))
    print(f"{size / 1e6:.0f} MB in {sum(1 for _ in files(bundle))} files")
    if sys.platform == "linux":
        (major, minor), name = max(needed(bundle))
        print(f"needs glibc {major}.{minor}, as {name} does")
    return 0 if all(step["found"] == step["expected"] for step in told["steps"]) else 1


def run(command: Path, home: Path, *words: str) -> str:
    """What it said; of the environment it has what a screen needs and no more."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}
    return subprocess.run(
        [command, *words], env=environment, cwd=home, stdout=subprocess.PIPE, check=True
    ).stdout.decode()


def files(bundle: Path) -> Iterator[Path]:
    return (path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())


def needed(bundle: Path) -> Iterator[tuple[tuple[int, ...], str]]:
    """The newest version of the C library that each file names, as its table of versions has it."""
    for path in files(bundle):
        content = path.read_bytes()
        if content.startswith(b"\x7fELF"):
            yield max((tuple(map(int, found)) for found in GLIBC.findall(content)), default=(0, 0)), path.name


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
