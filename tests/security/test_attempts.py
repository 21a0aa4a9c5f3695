"""Waiting after wrong passwords, over the times of an invented clock."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.security.attempts import FIRST_WAIT, FREE, LONGEST_WAIT, Attempts

HOUR = 3600
START = 1_800_000_000.0


def after(tries: int, at: float = START) -> Attempts:
    attempts = Attempts()
    for _ in range(tries):
        attempts = attempts.failed("王芳", at)
    return attempts


def test_a_few_slips_cost_no_time():
    assert after(FREE - 1).wait("王芳", START) == 0


@pytest.mark.parametrize(("beyond", "wait"), [(0, 60), (1, 120), (2, 240), (5, 1920), (6, 3600), (400, 3600)])
def test_the_wait_doubles_up_to_an_hour(beyond: int, wait: int):
    assert after(FREE + beyond).wait("王芳", START) == wait


def test_the_wait_runs_out_and_belongs_to_one_account():
    attempts = after(FREE)
    assert attempts.wait("王芳", START + FIRST_WAIT - 1) == 1
    assert attempts.wait("王芳", START + FIRST_WAIT) == 0
    assert attempts.wait("李强", START) == 0


def test_it_is_remembered_across_starts(tmp_path: Path):
    after(FREE + 2).write(tmp_path / "attempts.json")
    assert Attempts.read(tmp_path / "attempts.json") == after(FREE + 2)


@given(back=st.integers(0, 10**9), tries=st.integers(FREE, 30))
def test_a_clock_moved_back_neither_shortens_nor_lengthens_a_wait(back: int, tries: int):
    now = START - back
    seen = after(tries).seen_at(now)
    whole = after(tries).wait("王芳", START)
    assert seen.wait("王芳", now) == whole <= LONGEST_WAIT
    assert seen.wait("王芳", now + whole) == 0


def test_a_sign_in_ends_the_wait_and_keeps_what_is_to_be_told():
    attempts = after(FREE).succeeded("王芳")
    assert attempts.wait("王芳", START) == 0
    assert attempts.tallies["王芳"].untold == FREE
    assert attempts.told() == Attempts()


def test_the_first_and_the_last_of_those_not_yet_told_are_kept():
    tally = after(1).failed("王芳", START + HOUR).tallies["王芳"]
    assert (tally.since, tally.last, tally.untold) == (START, START + HOUR, 2)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"王芳": 3}', '{"王芳": {"failed": -1}}', '{"王芳": {"failed": true}}', '{"王芳": {"x": 1}}'],
)
def test_a_damaged_file_is_no_obstacle(tmp_path: Path, content: str):
    (tmp_path / "attempts.json").write_text(content, encoding="utf-8")
    assert Attempts.read(tmp_path / "attempts.json") == Attempts()


def test_a_number_put_in_by_hand_is_no_longer_wait(tmp_path: Path):
    tally = {"failed": 10**12, "untold": 0, "since": 0, "last": START}
    (tmp_path / "attempts.json").write_text(json.dumps({"王芳": tally}), encoding="utf-8")
    assert Attempts.read(tmp_path / "attempts.json").wait("王芳", START) == LONGEST_WAIT
