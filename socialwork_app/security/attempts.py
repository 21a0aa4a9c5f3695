"""Failed tries to sign in, kept beside the key file, so that starting the program anew doesn't forget them.

After some tries an account has to wait, longer each time. Who copies the folder elsewhere has nothing to wait for;
against that stands what one try costs (security.keys). The recovery code is counted by itself, so that wrong passwords
never lock it out.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from socialwork_app.foundation import atomic

FREE = 5
"""So many tries in a row are nobody's fault but the keyboard's."""
FIRST_WAIT, LONGEST_WAIT = 60, 3600
"""Seconds after that many tries, doubled with each one more, and at most."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`failed`: tries since the last sign-in; `untold` of them not yet in the log, the first of these at `since`.
    Times are seconds since 1970."""

    failed: int = 0
    untold: int = 0
    since: float = 0
    last: float = 0

    def __post_init__(self) -> None:
        whole = all(type(number) is int and number >= 0 for number in (self.failed, self.untold))
        if not whole or not all(type(time) in (int, float) for time in (self.since, self.last)):
            raise ValueError("tally")

    @property
    def wait(self) -> int:
        """Seconds from the last try on."""
        beyond = min(self.failed - FREE, LONGEST_WAIT.bit_length())
        return min(FIRST_WAIT << beyond, LONGEST_WAIT) if beyond >= 0 else 0

    def failed_at(self, now: float) -> "Tally":
        return Tally(self.failed + 1, self.untold + 1, self.since if self.untold else now, now)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The content of `attempts.json`, a tally an account. Immutable, as the key file."""

    tallies: Mapping[str, Tally] = field(default_factory=dict[str, Tally])

    @classmethod
    def read(cls, path: Path) -> "Attempts":
        """Nothing where the file is missing or damaged: who can damage it can as well remove it."""
        try:
            content: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
            return cls({name: Tally(**tally) for name, tally in content.items()})
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    def write(self, path: Path) -> None:
        content = {name: asdict(tally) for name, tally in self.tallies.items()}
        atomic.write_bytes(path, json.dumps(content, ensure_ascii=False, indent=2).encode())

    def wait(self, name: str, now: float) -> int:
        """Whole seconds until the next try."""
        tally = self.tallies.get(name, Tally())
        return max(0, int(tally.last + tally.wait - now + 0.999))

    def seen_at(self, now: float) -> "Attempts":
        """Where the clock was moved back, a wait begins anew: it gets neither shorter nor longer than it is."""
        return Attempts({name: replace(tally, last=min(tally.last, now)) for name, tally in self.tallies.items()})

    def failed(self, name: str, now: float) -> "Attempts":
        return Attempts({**self.tallies, name: self.tallies.get(name, Tally()).failed_at(now)})

    def told(self) -> "Attempts":
        """All of it stands in the log."""
        return _of({name: replace(tally, untold=0) for name, tally in self.tallies.items()})

    def succeeded(self, name: str) -> "Attempts":
        """No wait any more; what was tried is still to be told."""
        return _of({**self.tallies, name: replace(self.tallies.get(name, Tally()), failed=0)})


def _of(tallies: Mapping[str, Tally]) -> Attempts:
    return Attempts({name: tally for name, tally in tallies.items() if tally.failed or tally.untold})
