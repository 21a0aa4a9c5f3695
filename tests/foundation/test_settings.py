import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.foundation.settings import Settings, load, save

FULL = Settings(
    last_register="D:\\登记册",
    window_geometry="AdnQywAD",
    scale=125,
    columns={"people": ["name", "phone"], "certificates": []},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def aside(path: Path) -> Path:
    return path.with_name("settings.damaged.json")


def test_what_was_saved_is_loaded(path: Path):
    save(path, FULL)
    assert load(path) == FULL
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_the_first_start_has_the_defaults_and_writes_nothing(path: Path):
    assert load(path) == Settings()
    assert not path.parent.exists()


names = st.text(max_size=8)


@given(
    settings=st.builds(
        Settings,
        last_register=names,
        window_geometry=names,
        scale=st.integers(50, 300),
        columns=st.dictionaries(names, st.lists(names, max_size=3), max_size=3),
    )
)
def test_any_settings_come_back(tmp_path_factory: pytest.TempPathFactory, settings: Settings):
    path = tmp_path_factory.getbasetemp() / "any_settings.json"
    save(path, settings)
    assert load(path) == settings


def test_another_versions_keys_are_left_out_and_missing_ones_are_defaults(path: Path):
    put(path, json.dumps({"scale": 150, "theme": "dark"}).encode())
    assert load(path) == Settings(scale=150)
    save(path, load(path))
    assert "theme" not in json.loads(path.read_bytes())


def test_a_byte_order_mark_of_an_editor_is_no_damage(path: Path):
    put(path, b"\xef\xbb\xbf" + json.dumps({"last_register": "登记册"}).encode())
    assert load(path) == Settings(last_register="登记册")


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"{", b"[]", b"null", b"5", b"[" * 100_000, "{设置".encode("gbk")])
def test_a_damaged_file_is_set_aside(path: Path, data: bytes):
    put(path, data)
    assert load(path) == Settings()
    assert aside(path).read_bytes() == data
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("last_register", None),
        ("window_geometry", 5),
        ("scale", "100"),
        ("scale", True),
        ("scale", 49),
        ("scale", 301),
        ("columns", []),
        ("columns", {"people": "name"}),
        ("columns", {"people": [1]}),
    ],
)
def test_a_value_of_another_shape_is_damage(path: Path, key: str, value: Any):
    put(path, json.dumps({key: value}).encode())
    assert load(path) == Settings()
    assert aside(path).exists()


def test_the_newest_damaged_file_is_kept(path: Path):
    for data in (b"first", b"second"):
        put(path, data)
        load(path)
    assert aside(path).read_bytes() == b"second"
    save(path, FULL)
    assert load(path) == FULL


def test_a_file_that_cannot_be_read_or_set_aside_does_not_keep_the_window_shut(path: Path):
    path.mkdir(parents=True)
    assert load(path) == Settings()
    path.rmdir()
    put(path, b"{")
    aside(path).mkdir()
    assert load(path) == Settings()


def test_saving_where_nothing_can_be_written_says_so(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentRefused):
        save(tmp_path / "file" / "settings.json", FULL)
