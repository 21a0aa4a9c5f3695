"""The fuzz run itself: it finds what it is there to find, and the same input comes again."""

from random import Random

from socialwork_app.foundation.errors import DomainError
from tests.fuzz.mutations import mutated, mutated_text
from tests.fuzz.runs import Result, _one
from tests.fuzz.targets import Target


def a_target(apart: bool = False, seconds: float = 60) -> Target:
    return Target("x", 1, lambda _folder: lambda _random: None, seconds, apart)


def result_of(error: BaseException | None, apart: bool = False) -> Result:
    def run(_random: Random) -> None:
        if error is not None:
            raise error

    result = Result()
    _one(a_target(apart), run, 0, 1, result)
    return result


def test_what_counts_as_bad() -> None:
    assert [result_of(None).taken, result_of(DomainError("x")).refused] == [1, 1]
    assert "KeyError: 'x' at test_runs.py" in result_of(KeyError("x")).bad[0][1]
    assert result_of(MemoryError()).bad
    assert result_of(MemoryError(), apart=True).ended == 1
    assert not result_of(MemoryError(), apart=True).bad


def test_an_input_that_took_longer_than_it_may_is_bad() -> None:
    result = Result()
    _one(a_target(seconds=0), lambda _random: None, 7, 1, result)
    assert result.bad == [(7, "took too long")]


def test_damage_is_of_many_kinds_and_the_same_each_time() -> None:
    whole = "姓名,性别\n张三,男\n".encode() * 5
    made = [mutated(whole, [b"other"], Random(number)) for number in range(200)]
    assert made == [mutated(whole, [b"other"], Random(number)) for number in range(200)]
    assert len(set(made)) > 150
    assert any(len(one) < len(whole) for one in made) and any(len(one) > len(whole) for one in made)
    assert len({mutated_text("530115199001019992", (), Random(number)) for number in range(200)}) > 150
