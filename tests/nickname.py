"""A field more, as a colleague would add it: one declaration and one migration."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from socialwork_app.domain.fields.field import Field
from socialwork_app.persistence import migrate
from socialwork_app.services.register_files import RegisterFiles

NICKNAME = Field("nickname", "曾用名字", synonyms=("别名",))
NEXT = f"{int(migrate.HEAD) + 1:04}"
MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{migrate.HEAD}"


def upgrade():
    for table in ("people", "people_history"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("nickname", sa.Text()))
"""


def declare(files: RegisterFiles, folder: Path, monkeypatch: pytest.MonkeyPatch) -> RegisterFiles:
    """The program with the field declared and its migration beside the released ones."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / f"{NEXT}_nickname.py").write_text(MIGRATION, encoding="utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    people = files.catalogue["people"]
    wider = replace(people, fields=(*people.fields, NICKNAME))
    registers = tuple(wider if one.key == "people" else one for one in files.catalogue.registers)
    return RegisterFiles(replace(files.catalogue, registers=registers), files.seeds)
