"""Where the program's own files and the user's data stand."""

import sys
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The resources folder: in the PyInstaller folder, inside an installed wheel, or beside the package."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    installed = PACKAGE / "resources"
    return installed if installed.is_dir() else PACKAGE.parent / "resources"


def manual() -> Path:
    """The manual stands in docs/ in a checkout and beside the resources in a shipped program."""
    shipped = resources() / "manual" / "用户手册.md"
    return shipped if shipped.is_file() else PACKAGE.parent / "docs" / "用户手册.md"


def user_data() -> Path:
    return Path(platformdirs.user_data_dir("socialwork", appauthor=False))


def default_register() -> Path:
    return user_data() / "登记册"


def demo_register() -> Path:
    return user_data() / "示例登记册"


def settings_file() -> Path:
    return Path(platformdirs.user_config_dir("socialwork", appauthor=False)) / "settings.json"


def log_file() -> Path:
    return Path(platformdirs.user_log_dir("socialwork", appauthor=False)) / "socialwork.log"
