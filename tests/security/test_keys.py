import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_app.domain.roles import FIRST, RECOVERY
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError, DomainError, RegisterUnavailable
from socialwork_app.security.keys import Cost, KeyFile, Wrap
from socialwork_app.security.recovery_code import new_code

QUICK = Cost(memory=16, iterations=1, lanes=1)
PASSWORD = "滇池 Matou 7351"


def code_of(action: Any, *arguments: Any) -> str:
    with pytest.raises(CodedError) as caught:
        action(*arguments)
    assert sentence_of(caught.value)
    return caught.value.code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def content(path: Path) -> dict[str, Any]:
    """A written key file's JSON, password wrap last."""
    keys, _, _ = KeyFile.create(PASSWORD, QUICK)
    keys.write(path)
    return json.loads(path.read_bytes())


def read(path: Path, content: Any) -> KeyFile:
    path.write_text(json.dumps(content), encoding="utf-8")
    return KeyFile.read(path)


def test_password_and_recovery_code_give_the_same_key_after_a_round_trip(path: Path):
    keys, raw_key, code = KeyFile.create(PASSWORD, QUICK)
    keys.write(path)
    again = KeyFile.read(path)
    assert again == keys
    assert again.needs_password
    assert len(raw_key) == 32
    assert again.unlock(PASSWORD).key == again.unlock_with_recovery(code.lower()).key == raw_key
    assert again.unlock_with_either(PASSWORD) == (raw_key, FIRST, None)
    assert again.unlock_with_either(code) == (raw_key, RECOVERY, None)


def test_a_wrong_secret_is_told_from_a_slip(path: Path):
    keys, _, code = KeyFile.create(PASSWORD, QUICK)
    slipped = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert code_of(keys.unlock, PASSWORD + "x") == "password.wrong"
    assert code_of(keys.unlock, code) == "password.wrong"
    assert code_of(keys.unlock, "") == "password.empty"
    assert code_of(keys.unlock_with_recovery, new_code()) == "recovery_code.wrong"
    assert code_of(keys.unlock_with_recovery, slipped) == "recovery_code.mistyped"


def test_the_password_is_taken_at_either_width():
    keys, raw_key, _ = KeyFile.create("Ａｂ１２３＃", QUICK)
    assert keys.unlock("Ab123#").key == raw_key


def test_neither_key_nor_secret_stands_in_the_file_or_in_a_repr(path: Path):
    keys, raw_key, code = KeyFile.create(PASSWORD, QUICK)
    keys.write(path)
    written = path.read_text(encoding="utf-8")
    for secret in (base64.b64encode(raw_key).decode(), raw_key.hex(), code, PASSWORD):
        assert secret not in written
        assert secret not in repr(keys)


def test_the_sample_registers_key_is_open_and_marked(path: Path):
    keys, raw_key, code = KeyFile.create(None)
    keys.write(path)
    again = KeyFile.read(path)
    assert code == ""
    assert not again.needs_password
    assert again.unlock("").key == again.unlock("anything").key == raw_key
    assert json.loads(path.read_bytes())["wraps"] == [
        {"kind": "open", "unprotected_key": base64.b64encode(raw_key).decode()}
    ]
    assert repr(raw_key) not in repr(again)


def test_a_password_closes_an_open_register():
    keys, raw_key, _ = KeyFile.create(None)
    closed = keys.with_password(raw_key, PASSWORD, cost=QUICK)
    assert closed.needs_password
    assert code_of(closed.unlock, "anything") == "password.wrong"
    assert closed.unlock(PASSWORD).key == raw_key


def test_a_new_password_ends_the_old_one_and_leaves_the_rest():
    keys, raw_key, code = KeyFile.create(PASSWORD, QUICK)
    changed = keys.with_password(raw_key, "another 1", cost=QUICK)
    assert len(changed.wraps) == 2
    assert changed.unlock("another 1").key == changed.unlock_with_recovery(code).key == raw_key
    assert code_of(changed.unlock, PASSWORD) == "password.wrong"
    assert keys.unlock(PASSWORD).key == raw_key


def test_a_second_name_has_a_password_of_its_own():
    keys, raw_key, _ = KeyFile.create(PASSWORD, QUICK)
    both = keys.with_password(raw_key, "deputy's 2", "副手", QUICK)
    assert both.unlock(PASSWORD).key == both.unlock("deputy's 2").key == raw_key


def test_a_new_recovery_code_ends_the_old_one():
    keys, raw_key, old = KeyFile.create(PASSWORD, QUICK)
    changed, new = keys.with_new_recovery(raw_key, QUICK)
    assert changed.unlock_with_recovery(new).key == changed.unlock(PASSWORD).key == raw_key
    assert code_of(changed.unlock_with_recovery, old) == "recovery_code.wrong"


def test_an_empty_password_makes_no_register():
    with pytest.raises(DomainError) as caught:
        KeyFile.create(" ", QUICK)
    assert caught.value.code == "password.empty"


def test_no_two_registers_share_anything():
    first, second = (KeyFile.create(PASSWORD, QUICK) for _ in range(2))
    assert first[1] != second[1]
    assert {wrap.salt for wrap in first[0].wraps}.isdisjoint(wrap.salt for wrap in second[0].wraps)


def test_the_strong_cost_is_the_default_and_stands_in_the_file(path: Path):
    keys, raw_key, _ = KeyFile.create(None)
    closed = keys.with_password(raw_key, PASSWORD)
    closed.write(path)
    (wrap,) = json.loads(path.read_bytes())["wraps"]
    assert wrap["params"] == {"kdf": "argon2id", "memory": 65536, "iterations": 3, "lanes": 2}
    assert KeyFile.read(path).unlock(PASSWORD).key == raw_key


def test_a_missing_file_and_a_folder_in_its_place(path: Path):
    assert code_of(KeyFile.read, path) == "key_file.missing"
    path.mkdir()
    assert code_of(KeyFile.read, path) in {"file.failed", "file.refused"}


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"\xff\xfe\x00", b"null", b"[]", b"{}", b'{"format": 1}', b"[" * 100_000]
    + [b'{"format": %s, "wraps": []}' % version for version in (b"0", b"1", b'"1"', b"null", b"true")]
    + [b'{"format": 1, "wraps": %s}' % wraps for wraps in (b"{}", b"5", b'"x"', b"[null]", b'[{"kind": "open"}]')],
)
def test_what_is_no_key_file_is_damaged(path: Path, data: bytes):
    path.write_bytes(data)
    assert code_of(KeyFile.read, path) == "key_file.damaged"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("kind", "magic"),
        ("kind", None),
        ("name", 5),
        ("salt", ""),
        ("nonce", "AAAA"),
        ("sealed", "not base64"),
        ("sealed", "AAAA"),
        ("params", None),
        ("params", {"kdf": "md5", "memory": 64, "iterations": 1, "lanes": 1}),
    ],
)
def test_a_damaged_wrap_is_a_damaged_file(path: Path, content: dict[str, Any], part: str, value: Any):
    content["wraps"][-1][part] = value
    assert code_of(read, path, content) == "key_file.damaged"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("memory", 100 * 1024 * 1024),
        ("memory", 7),
        ("memory", "64"),
        ("memory", 64.0),
        ("iterations", 0),
        ("iterations", 10**9),
        ("iterations", True),
        ("lanes", 0),
        ("lanes", 10**6),
        ("lanes", -1),
    ],
)
def test_a_tampered_cost_is_refused_before_it_is_paid(path: Path, content: dict[str, Any], number: str, value: Any):
    content["wraps"][-1]["params"][number] = value
    assert code_of(read, path, content) == "key_file.damaged"


def test_signs_that_base64_has_not_are_damage(path: Path, content: dict[str, Any]):
    content["wraps"][-1]["sealed"] += "!"
    assert code_of(read, path, content) == "key_file.damaged"


def test_one_open_wrap_opens_the_register_whatever_stands_beside_it():
    keys, _, _ = KeyFile.create(PASSWORD, QUICK)
    sample, raw_key, _ = KeyFile.create(None)
    both = KeyFile(keys.wraps + sample.wraps)
    assert not both.needs_password
    assert both.unlock("anything").key == raw_key


def test_too_many_wraps_are_refused(path: Path, content: dict[str, Any]):
    content["wraps"] *= 100
    assert code_of(read, path, content) == "key_file.damaged"


def test_a_newer_format_is_not_called_damaged(path: Path):
    assert code_of(read, path, {"format": 2, "ways": []}) == "key_file.newer"


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_a_changed_byte_opens_nothing(path: Path, content: dict[str, Any], part: str):
    wrap = content["wraps"][-1]
    changed = bytearray(base64.b64decode(wrap[part]))
    changed[-1] ^= 1
    wrap[part] = base64.b64encode(changed).decode()
    assert code_of(read(path, content).unlock, PASSWORD) == "password.wrong"


def test_a_wrap_opens_only_under_its_own_name_and_kind(path: Path, content: dict[str, Any]):
    content["wraps"][-1]["name"] = "somebody else"
    assert code_of(read(path, content).unlock, PASSWORD) == "password.wrong"
    _, _, code = KeyFile.create(PASSWORD, QUICK)
    keys, raw_key, _ = KeyFile.create(code.replace("-", ""), QUICK)
    password = next(wrap for wrap in keys.wraps if wrap.kind == "password")
    moved = Wrap("recovery", password.name, password.salt, password.params, password.nonce, password.sealed)
    assert keys.unlock(code.replace("-", "")).key == raw_key
    assert code_of(KeyFile((moved,)).unlock_with_recovery, code) == "recovery_code.wrong"


def test_a_damaged_file_is_told_without_its_text(path: Path):
    path.write_text('{"unprotected_key": "secret"', encoding="utf-8")
    with pytest.raises(RegisterUnavailable) as caught:
        KeyFile.read(path)
    assert caught.value.__suppress_context__
    assert caught.value.values == {"path": str(path)}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["format", "wraps", "kind", "name", "params", "salt"]), inner, max_size=4)
    ),
)


@settings(max_examples=200)
@given(value=json_values)
def test_any_json_is_refused_with_a_code(tmp_path_factory: pytest.TempPathFactory, value: Any):
    path = tmp_path_factory.getbasetemp() / "any.json"
    with pytest.raises(RegisterUnavailable) as caught:
        read(path, value)
    assert caught.value.code in {"key_file.damaged", "key_file.newer"}


@settings(max_examples=50)
@given(password=st.text(min_size=1, max_size=12).filter(str.strip))
def test_any_password_opens_what_it_locked(password: str):
    keys, raw_key, _ = KeyFile.create(password, QUICK)
    assert keys.unlock(password).key == raw_key
