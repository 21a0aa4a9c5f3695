"""The power cut at random moments: of what was written and not yet synced, a random part is missing.

The job runs whole, with its writes noted in order (record_writes.c). For each moment the disk is then made as a cut could
have left it: of every file all that was written before its last sync; of what came later each write, or its beginning
in whole sectors, by chance; names given, changed and removed since the last sync of anything as far as a random one of them.
"""

import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmark.figures import REPOSITORY
from tests.reliability.jobs import JOBS, Job
from tests.reliability.kills import Outcome

SOURCE = Path(__file__).with_name("record_writes.c")
HEAD = struct.Struct("<IiqII")
OPEN, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, SAY, LINK = range(1, 9)
AS_IT_IS, EMPTIED, FOLDER = range(3)
SECTOR = 512
SHARED_MEMORY = "-shm"
"""What SQLite makes anew; it is mapped and never written."""


@dataclass(frozen=True, slots=True)
class Note:
    kind: int
    file: int
    offset: int
    first: bytes
    second: bytes


@dataclass(slots=True)
class Held:
    """A file by what of it is on the disk and what is only in memory."""

    stands: bytearray
    loose: list[Note] = field(default_factory=list["Note"])


def cut(folder: Path, moments: int, seed: int, only: str | None = None) -> Iterator[Outcome]:
    library = _built(folder)
    for job in JOBS:
        if only not in (None, job.name):
            continue
        source = random.Random(f"{seed} power {job.name}")
        template, whole, into = (folder / f"{job.name}-{name}" for name in ("before", "run", "notes"))
        job.prepare(template)
        shutil.copytree(template, whole)
        _run(job, whole, library, into)
        notes = list(_notes(into))
        outcome = Outcome(job.name)
        for number in range(moments):
            moment = source.randrange(len(notes))
            _one(job, template, whole, folder / f"{job.name}-{number}", notes[:moment], source, outcome)
        shutil.rmtree(template)
        shutil.rmtree(whole)
        yield outcome


def _built(folder: Path) -> Path:
    library = folder / "record_writes.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


def _run(job: Job, folder: Path, library: Path, into: Path) -> None:
    surroundings = {"LD_PRELOAD": str(library), "RECORD_ROOT": str(folder), "RECORD_INTO": str(into)}
    command = ["env", *(f"{name}={value}" for name, value in surroundings.items()), sys.executable, "-m",
               "tests.reliability.worker", job.name, str(folder)]  # fmt: skip
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)


def _notes(path: Path) -> Iterator[Note]:
    data, at = path.read_bytes(), 0
    while at < len(data):
        kind, file, offset, one, two = HEAD.unpack_from(data, at)
        at += HEAD.size
        yield Note(kind, file, offset, data[at : at + one], data[at + one : at + one + two])
        at += one + two


def _one(
    job: Job, template: Path, ran_in: Path, folder: Path, notes: list[Note], source: random.Random, outcome: Outcome
) -> None:
    """The folder as the cut left it, and the job's own check of it."""
    shutil.copytree(template, folder)
    said = _replayed(folder, str(ran_in), notes, source)
    (folder / "said").write_text(said)
    done = "done" in said.split()
    outcome.take(job, folder, f"{len(notes)} writes", done=done)


class _Disk:
    """Names and files: on the disk, and as the program last saw them."""

    def __init__(self, folder: Path, ran_in: str) -> None:
        self._folder, self._ran_in = folder, ran_in
        self.names: dict[str, Held] = {}
        self.loose_names: list[tuple[str, Held | None]] = []  # name and what it stands for from then on
        self.seen: dict[str, Held] = {}
        self.by_file: dict[int, Held] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                self.names[str(path)] = self.seen[str(path)] = Held(bytearray(path.read_bytes()))

    def name(self, raw: bytes) -> str:
        return str(self._folder) + raw.decode()[len(self._ran_in) :]

    def take(self, note: Note) -> None:
        if note.kind == OPEN:
            self._open(note)
        elif note.kind in (WRITE, TRUNCATE) and note.file in self.by_file:
            self.by_file[note.file].loose.append(note)
        elif note.kind == SYNC and note.file in self.by_file:
            self._sync(self.by_file[note.file])
        elif note.kind == RENAME:
            self._rename(self.name(note.first), self.name(note.second))
        elif note.kind == LINK:
            self._named(self.name(note.second), self.seen[self.name(note.first)])
        elif note.kind == UNLINK:
            self._named(self.name(note.first), None)

    def _open(self, note: Note) -> None:
        if note.offset == FOLDER:
            self.by_file[note.file] = Held(bytearray())
            return
        name = self.name(note.first)
        if name not in self.seen:
            self._named(name, Held(bytearray()))
        held = self.by_file[note.file] = self.seen[name]
        if note.offset == EMPTIED:
            held.loose.append(Note(TRUNCATE, note.file, 0, b"", b""))

    def _rename(self, old: str, new: str) -> None:
        """A folder's name stands for all that is in it."""
        for name in [name for name in self.seen if name == old or name.startswith(f"{old}/")]:
            held = self.seen[name]
            self._named(new + name[len(old) :], held)
            self._named(name, None)

    def _named(self, name: str, held: Held | None) -> None:
        self.loose_names.append((name, held))
        if held is None:
            self.seen.pop(name, None)
        else:
            self.seen[name] = held

    def _sync(self, held: Held) -> None:
        """The file's own writes, and with the journal of the file system every name so far."""
        for note in held.loose:
            _apply(held.stands, note)
        held.loose.clear()
        self._settle(len(self.loose_names))

    def _settle(self, count: int) -> None:
        for name, held in self.loose_names[:count]:
            if held is None:
                self.names.pop(name, None)
            else:
                self.names[name] = held
        del self.loose_names[:count]

    def cut(self, source: random.Random) -> None:
        self._settle(source.randint(0, len(self.loose_names)))
        shutil.rmtree(self._folder)
        for name, held in self.names.items():
            if name.endswith(SHARED_MEMORY):
                continue
            for note in held.loose:
                _apply_perhaps(held.stands, note, source)
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(held.stands)
        self._folder.mkdir(exist_ok=True)


def _replayed(folder: Path, ran_in: str, notes: list[Note], source: random.Random) -> str:
    """What the program had said by then."""
    disk = _Disk(folder, ran_in)
    for note in notes:
        disk.take(note)
    disk.cut(source)
    return b"".join(note.first for note in notes if note.kind == SAY).decode()


def _apply(stands: bytearray, note: Note) -> None:
    if note.kind == TRUNCATE:
        del stands[note.offset :]
        stands.extend(bytes(note.offset - len(stands)))
        return
    stands.extend(bytes(max(0, note.offset + len(note.first) - len(stands))))
    stands[note.offset : note.offset + len(note.first)] = note.first


def _apply_perhaps(stands: bytearray, note: Note, source: random.Random) -> None:
    chance = source.random()
    if chance < 0.4 and note.kind == WRITE:
        return
    if chance < 0.5 and note.kind == WRITE:
        kept = source.randrange(0, len(note.first) + 1, SECTOR) if len(note.first) >= SECTOR else 0
        note = Note(WRITE, note.file, note.offset, note.first[:kept], b"")
    _apply(stands, note)
