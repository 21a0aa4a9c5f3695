"""Words of letters, and what the names in a template mean."""

import pytest

from socialwork_app.domain.letters import KINDS, NameBook, words_of_day, words_of_span
from socialwork_app.services.register_files import RegisterFiles


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2026-07-01", "2026-07-02", "2026年7月1日至2日"),
        ("2026-07-01", "2026-07-01", "2026年7月1日"),
        ("2026-07-30", "2026-08-02", "2026年7月30日至8月2日"),
        ("2026-12-30", "2027-01-02", "2026年12月30日至2027年1月2日"),
        ("2026-07", "2026-09", "2026年7月至2026年9月"),
        ("2026-07", "2026-07-03", "2026年7月至2026年7月3日"),
        ("2026", "2027", "2026年至2027年"),
        ("", "2026-07-02", "2026年7月2日"),
        ("2026-07", None, "2026年7月"),
        (None, None, ""),
    ],
)
def test_a_span_says_of_its_last_day_what_is_not_the_first_ones(since: str | None, until: str | None, words: str):
    assert words_of_span(since, until) == words


def test_a_day_is_as_precise_as_it_is_known():
    assert [words_of_day(text) for text in ("2026-03-05", "2026-03", "2026", None)] == [
        "2026年3月5日", "2026年3月", "2026年", "",
    ]  # fmt: skip


def meant(files: RegisterFiles, kind: int, *names: str) -> list[tuple[str, str, bool] | None]:
    book = NameBook(KINDS[kind], files.catalogue)
    found = [book.meaning(name) for name in names]
    return [(one.register, one.field.key, one.listed) if one else None for one in found]


def test_names_are_labels_of_fields_or_other_words_for_them(files: RegisterFiles):
    assert meant(files, 0, "姓名", "身份证号码", " 培训 地点", "结业证书编号", "小时", "签发日期", "学费") == [
        ("people", "name", False), ("people", "id_number", False), ("courses", "place", False),
        ("training_signups", "completion_number", False), ("", "total", False), ("", "issued_on", False), None,
    ]  # fmt: skip


def test_of_a_list_come_first_the_names_of_its_items(files: RegisterFiles):
    assert meant(files, 1, "序号", "学习名称", "小时数", "学习时间", "合计小时", "小时", "备注") == [
        ("", "number", True), ("learning", "title", True), ("learning", "hours", True), ("", "learnt", True),
        ("", "total", False), ("", "total", False), ("learning", "note", True),
    ]  # fmt: skip
