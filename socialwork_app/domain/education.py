"""Education: which of several studies is the highest, and how a combined cell is taken apart."""

import re

_SCHOOL = re.compile(r"(.*?(?:大学|学院|学校|党校|中专|中学))[\s/、,，·]*(.*)")


def split_school_and_major(text: str) -> tuple[str, str]:
    """毕业院校及专业 in one cell: what ends in 大学, 学院 … is the school. Without such an ending all is the school."""
    match = _SCHOOL.fullmatch(text.strip())
    return (match.group(1), match.group(2).strip()) if match else (text.strip(), "")
