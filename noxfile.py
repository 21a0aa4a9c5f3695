"""What this project runs: nox makes each session its own environment from the lock files and keeps it."""

import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["tests"]


def install(session: nox.Session, lock: str) -> None:
    """From wheels alone, with the hashes of the lock; quick when nothing changed."""
    done = Path(session.virtualenv.location) / "installed.lock"
    wanted = Path(lock).read_bytes()
    if not done.exists() or done.read_bytes() != wanted:
        session.install("-q", "--require-hashes", "--only-binary", ":all:", "-r", lock)
        done.write_bytes(wanted)


@nox.session
def demo(session: nox.Session) -> None:
    """The window on a sample register of invented people."""
    install(session, "requirements.lock")
    session.run("python", "-m", "socialwork_app", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Style, types, import contracts and the test suite; options after -- go to pytest."""
    install(session, "requirements-dev.lock")
    session.run("ruff", "check", ".")
    session.run("basedpyright", "--level", "error", "--pythonpath", sys_python(session))
    session.run("lint-imports", "--no-cache")
    session.run("python", "-m", "pytest", "-q", "-n", "2", *session.posargs, env={"QT_QPA_PLATFORM": "offscreen"})


@nox.session
def benchmark(session: nox.Session) -> None:
    """Speed and memory as ratios to a floor measured in the same run; written to docs/benchmarks.md."""
    install(session, "requirements-dev.lock")
    session.run("python", "-m", "tests.benchmark", *session.posargs)


@nox.session
def reliability(session: nox.Session) -> None:
    """The program killed and its power cut in the middle of its long jobs; the figures of docs/reliability.md."""
    install(session, "requirements-dev.lock")
    session.run("python", "-m", "tests.reliability", *(session.posargs or ("--surroundings",)))


@nox.session
def fuzz(session: nox.Session) -> None:
    """A hundred thousand damaged files and entries, given to every reader and parser; options after -- go to it."""
    install(session, "requirements-dev.lock")
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Pictures of every screen for README and manual."""
    install(session, "requirements-dev.lock")
    session.run("python", "-m", "tests.screenshots", *session.posargs, env={"QT_QPA_PLATFORM": "offscreen"})


@nox.session
def lock(session: nox.Session) -> None:
    """Resolve the dependencies anew; the locks name no index and no host."""
    session.install("-q", "uv")
    for target, group in (("requirements", None), ("requirements-dev", "dev"), ("requirements-package", "package")):
        extra = ["--group", group] if group else []
        session.run("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
                    "--no-emit-index-url", "--no-header", "-q", "pyproject.toml", *extra, "-o", f"{target}.lock")  # fmt: skip


@nox.session
def package(session: nox.Session) -> None:
    """The one-folder program of this platform, by PyInstaller from build.spec, tried on invented people."""
    install(session, "requirements-package.lock")
    session.run("pyinstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    session.run("python", "packaging/tried.py", "dist/socialwork")


@nox.session
def windows(session: nox.Session) -> None:
    """The Windows program, its installer and a portable zip, each tried; elsewhere by wine. After -- `--tests`: the tests."""
    tests_here = sys.platform == "win32" and "--tests" in session.posargs  # elsewhere the Python under wine gets them
    install(session, "requirements-dev.lock" if tests_here else "requirements-package.lock")
    session.run("python", "packaging/windows.py", *session.posargs)


def sys_python(session: nox.Session) -> str:
    folder, name = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return str(Path(session.virtualenv.location) / folder / name)
