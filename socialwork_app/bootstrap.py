"""Puts the parts together; the only place that knows all of them."""

from socialwork_app.domain.code_lists import CodeLists, build
from socialwork_app.domain.registers.catalogue import catalogue
from socialwork_app.foundation import paths
from socialwork_app.services.register_files import RegisterFiles, read_csv
from socialwork_app.services.seeding import NAMED_BY, Seeds


def code_lists() -> CodeLists:
    folder = paths.resources() / "code_lists"
    return {path.stem: build(path.stem, read_csv(path)) for path in sorted(folder.glob("*.csv"))}


def seeds() -> Seeds:
    resources = paths.resources()
    plain = {kind: read_csv(resources / f"{kind}.csv") for kind in NAMED_BY}
    return Seeds(read_csv(resources / "places.csv"), plain)


def register_files() -> RegisterFiles:
    return RegisterFiles(catalogue(code_lists()), seeds())
