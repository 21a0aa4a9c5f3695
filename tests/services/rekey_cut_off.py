"""Begins to re-key a register and is cut off after the n-th step that changes its files; ends with 9 when it was."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from socialwork_app import bootstrap
from socialwork_app.services import rekeying
from socialwork_app.services.register_files import RegisterFiles

CUT_OFF = 9


def cut_off_after(left: int) -> None:
    """The copy, and every file that takes another's place."""

    def counting(act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: Any, **more: Any) -> Any:
            nonlocal left
            done = act(*words, **more)
            left -= 1
            if left < 0:
                os._exit(CUT_OFF)
            return done

        return counted

    Path.replace = counting(Path.replace)
    rekeying.backup.copy_under = counting(rekeying.backup.copy_under)


def main(folder: str, password: str, at: str) -> None:
    files: RegisterFiles = bootstrap.register_files()
    opened = files.open(Path(folder), password)
    cut_off_after(int(at))
    rekeying.rekey(opened, password)


if __name__ == "__main__":
    main(*sys.argv[1:])
