"""What the window remembers between two starts, saved whenever it changes."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from socialwork_app.foundation import settings as store
from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.foundation.settings import Settings


class Remembered:
    def __init__(self, path: Path | None = None) -> None:
        """Without a path nothing is kept beyond this run."""
        self._path = path
        self.settings = store.load(path) if path else Settings()

    def columns(self, kind: str) -> list[str]:
        return self.settings.columns.get(kind, [])

    def set_columns(self, kind: str, keys: Sequence[str]) -> None:
        self._save(replace(self.settings, columns={**self.settings.columns, kind: list(keys)}))

    def set_last_register(self, folder: Path) -> None:
        self._save(replace(self.settings, last_register=str(folder)))

    def set_geometry(self, geometry: str) -> None:
        self._save(replace(self.settings, window_geometry=geometry))

    def _save(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        try:
            if self._path:
                store.save(self._path, settings)
        except EnvironmentRefused as error:
            # a comfort only: the work goes on, and the next start has the earlier settings
            logging.getLogger(__name__).warning("settings not saved: %s", error.code)
