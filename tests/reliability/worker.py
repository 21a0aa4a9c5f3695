"""`python -m tests.reliability.worker JOB FOLDER`: does the job and says on standard output what stands."""

import os
import sys
from pathlib import Path

from tests.reliability.jobs import JOBS


def say(text: str) -> None:
    """In one write, so that whoever listens has the whole line or nothing of it."""
    os.write(1, f"{text}\n".encode())


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    job = next(job for job in JOBS if job.name == name)
    say("begin")
    job.work(folder, say)


if __name__ == "__main__":
    main()
