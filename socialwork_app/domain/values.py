"""What a cell of a workbook or an entry of a form means for a field, and how a stored value is shown."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple
from unicodedata import normalize

from socialwork_app.domain import credit_code, date_text, id_number, names, phones
from socialwork_app.domain.code_lists import CodeList, CodeLists
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.masking import mask
from socialwork_app.domain.problems import Problem, error, warning

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Signs that steer a terminal or turn the direction of writing among them: a number would look like another one."""
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?(?:\r\n?|\n|\x0b|\x0c|\u2028|\u2029) ?")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.0+)?")
_DECIMAL = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2}0*)?")
_UNIT_OF_HOURS = re.compile(r"(?:个?小时|学时|课时|h)$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_ERROR_CELL = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_CELL_SEPARATORS = re.compile(r"[、，,;；/／\r\n]+")
_QUOTES = "'\u2018\u2019`"
_EXACT_IN_WORKBOOKS = 15  # digits that Excel and WPS keep of a number
_REMEMBERED = 4096  # texts a field; columns with more different ones gain little from being remembered
_LONGEST_NAME = 100  # search keeps every end of a name: one of 32,000 characters would make gigabytes
_MOST_PARTS = 50  # more different ones are no list of codes, and each would be a problem of its own
_ECHOED = 12  # characters of an unknown word that its message repeats
_LONG_NUMBER = re.compile(r"[0-9]{5,}")  # not repeated in a message: it may be somebody's


class Parsed(NamedTuple):
    """The value to store, None where the cell is blank or not understood, and what is to be said about it.

    A tuple, as an import makes a million of them.
    """

    value: Value
    problems: tuple[Problem, ...] = ()


SEVERAL = "、"
SCORE_WORDS = {
    -1: ("缺考", "-1", "－1", "未考", "未参加"),
    -2: ("违纪", "-2", "－2", "作弊", "违规", "违纪作弊"),
    -4: ("成绩无效", "-4", "－4", "无效", "取消成绩"),
}
"""What stands in place of a score: how it is shown, and the other ways in which it is written."""

NOTHING = Parsed(None)

Parse = Callable[[object], Parsed]
_Reader = Callable[[Field, CodeLists, object], Parsed]


class Parser:
    """Reads and shows values of any field. Whether a field is required is not asked here."""

    def __init__(self, code_lists: CodeLists) -> None:
        self._code_lists = code_lists
        self._parsers: dict[Field, Parse] = {}

    def parse(self, field: Field, raw: object) -> Parsed:
        return self.parser_for(field)(raw)

    def parser_for(self, field: Field) -> Parse:
        """The field's own function, to be looked up once a column; it remembers words that come again."""
        parse = self._parsers.get(field)
        if parse is None:
            parse = _parse(field, self._code_lists)
            parse = _Remembered(parse).__getitem__ if field.kind in _REPETITIVE else parse
            self._parsers[field] = parse
        return parse

    def display(self, field: Field, value: Value, masked: bool = False) -> str:
        """For people. `masked` hides what the field declares sensitive."""
        if value is None:
            return ""
        if masked and field.sensitive:
            return mask(field.kind, str(value))
        code_list = self._list_of(field)
        if isinstance(value, float):
            return f"{value:.7g}"  # five digits and two behind the point, as they are read
        if field.kind is Kind.SCORE:
            return SCORE_WORDS.get(int(value), (str(value),))[0]
        if code_list and field.kind is Kind.CODES:
            return SEVERAL.join(map(code_list.label, str(value).split(SEVERAL)))
        return code_list.label(str(value)) if code_list else str(value)

    def _list_of(self, field: Field) -> CodeList | None:
        name = _list_name(field)
        return self._code_lists[name] if name else None


def split_cell(text: str) -> list[str]:
    """The parts of a cell that holds several, in order: parted by 、 , ; / or line breaks."""
    return [part for part in map(str.strip, _CELL_SEPARATORS.split(text)) if part]


def split_levels(text: str, level_list: CodeList) -> tuple[str, ...]:
    """The levels in one cell, in order. A part that is no level stays as typed: the parser refuses it."""
    return tuple(level_list.match(part) or part for part in split_cell(text))


def _parse(field: Field, lists: CodeLists) -> Parse:
    """Blank and error cells are the same for every kind."""
    read, key = _READERS[field.kind], field.key

    def parse(raw: object) -> Parsed:
        if isinstance(raw, str):
            if not raw or raw.isspace():
                return NOTHING
            if raw[0] == "#" and _ERROR_CELL.fullmatch(raw):
                return _refused(error("value.error_cell", key, text=raw))
            return read(field, lists, raw)
        if raw is None:
            return NOTHING
        text = getattr(raw, "text", None)  # an error cell as the workbook reader gives it
        return read(field, lists, raw) if text is None else _refused(error("value.error_cell", key, text=text))

    return parse


class _Remembered(dict[object, Parsed]):
    """What texts and numbers mean, worked out when they are first looked up: what comes again costs no call of ours."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, raw: object) -> Parsed:
        parsed = self._parse(raw)
        if type(raw) is str or (type(raw) is int and raw > 1):  # to a dict 1 and True are the same key, 0 and False
            if len(self) >= _REMEMBERED:
                self.clear()
            self[raw] = parsed
        return parsed


def _refused(problem: Problem) -> Parsed:
    return Parsed(None, (problem,))


def _checked(key: str, value: str | None, problems: tuple[Problem, ...]) -> Parsed:
    return Parsed(value, tuple(replace(problem, field=key) for problem in problems) if problems else ())


def as_text(raw: object) -> str:
    """A cell's content as text: 3.0 is 3, a date is ISO, midnight is no time of day."""
    if type(raw) is str:
        return raw
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw)
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "seconds")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def _tidy(raw: object) -> str:
    """Composed (NFC), single ordinary blanks, \\n for every line break, nothing at the ends."""
    text = _INVISIBLE.sub("", normalize("NFC", as_text(raw)))
    return _LINE_ENDS.sub("\n", _BLANKS_IN_LINE.sub(" ", text.replace("\r\n", "\n"))).strip()


def _text(_field: Field, _lists: CodeLists, raw: object) -> Parsed:
    if type(raw) is str and raw.isascii() and raw.isalnum():
        return Parsed(raw)
    return Parsed(_tidy(raw).replace("\n", " ") or None)


def _long_text(_field: Field, _lists: CodeLists, raw: object) -> Parsed:
    return Parsed(_tidy(raw) or None)


def _name(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    text = as_text(raw)
    if len(text) > _LONGEST_NAME:
        return _refused(error("name.too_long", field.key, label=field.label, longest=_LONGEST_NAME))
    if names.is_han(text):
        return Parsed(text)
    return Parsed(names.clean(text if text.isprintable() else _INVISIBLE.sub("", text)) or None)


def _identifier(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    """Numbers that are text. A workbook's number keeps 15 digits; what was longer is lost and not guessed."""
    if type(raw) is str and raw.isascii() and raw.isdecimal() and not raw.endswith("000"):
        return Parsed(raw)
    text = as_text(raw)
    if not (text.isascii() and text.isalnum()):
        text = names.without_blanks(_INVISIBLE.sub("", text)).strip(_QUOTES)
    is_number = isinstance(raw, int | float) and abs(raw) >= 10**_EXACT_IN_WORKBOOKS
    if is_number or _SCIENTIFIC.fullmatch(text):
        return _refused(error("identifier.as_number", field.key))
    if len(text) > _EXACT_IN_WORKBOOKS and text.isdecimal() and text.endswith("000"):
        return Parsed(text, (warning("identifier.ends_zero", field.key),))
    return Parsed(text or None)


def _id_number(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    return _checked(field.key, *id_number.check(raw))


def _credit_code(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    return _checked(field.key, *credit_code.check(raw))


def _phone(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    return _checked(field.key, *phones.parse(raw))


def _date(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    return _checked(field.key, *date_text.parse(raw))


def _integer(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    if type(raw) is int and abs(raw) < 10**_EXACT_IN_WORKBOOKS:
        return Parsed(raw)
    text = names.without_blanks(as_text(raw)).replace(",", "")
    if not _WHOLE_NUMBER.fullmatch(text):
        return _refused(error("integer.unknown", field.key, label=field.label))
    return Parsed(int(text.partition(".")[0]))


def _code(field: Field, lists: CodeLists, raw: object) -> Parsed:
    text = as_text(raw)
    code_list = lists[_list_name(field)]
    value = code_list.match(text)
    if value is None:
        nearest = "、".join(code_list.nearest(text))
        echo = _LONG_NUMBER.sub("…", text.strip())[:_ECHOED]
        return _refused(error("code.unknown", field.key, label=field.label, text=echo, nearest=nearest))
    return Parsed(value)


def _codes(field: Field, lists: CodeLists, raw: object) -> Parsed:
    """Several entries in the list's order, however they were written."""
    code_list = lists[field.code_list]
    whole = code_list.match(as_text(raw))
    parts = [whole] if whole else list(dict.fromkeys(split_cell(as_text(raw))))
    if len(parts) > _MOST_PARTS:
        return _code(field, lists, raw)
    found = [_code(field, lists, part) for part in parts]
    problems = tuple(problem for one in found for problem in one.problems)
    named = {one.value for one in found}
    values = [entry.value for entry in code_list.entries if entry.value in named]
    return Parsed(SEVERAL.join(values) or None, problems)


def _score(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    if type(raw) is int and 0 <= raw < 10**_EXACT_IN_WORKBOOKS:
        return Parsed(raw)
    text = names.without_blanks(as_text(raw)).removesuffix("分")
    for value, words in SCORE_WORDS.items():
        if text in words:
            return Parsed(value)
    if not _WHOLE_NUMBER.fullmatch(text) or int(text.partition(".")[0]) < 0:
        return _refused(error("score.unknown", field.key, label=field.label))
    return Parsed(int(text.partition(".")[0]))


def _hours(field: Field, _lists: CodeLists, raw: object) -> Parsed:
    """Of learning: 8, 3.5, 16学时, 24 小时."""
    text = _UNIT_OF_HOURS.sub("", names.without_blanks(as_text(raw)))
    if not _DECIMAL.fullmatch(text):
        return _refused(error("hours.unknown", field.key, label=field.label))
    value = float(text)
    return Parsed(int(value) if value.is_integer() else value)


def _yes_no(field: Field, lists: CodeLists, raw: object) -> Parsed:
    found = _code(field, lists, raw)
    return found if found.value is None else Parsed(int(found.value))


def _list_name(field: Field) -> str:
    return "yes_no" if field.kind is Kind.YES_NO else field.code_list


_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.NAME: _name,
    Kind.IDENTIFIER: _identifier,
    Kind.ID_NUMBER: _id_number,
    Kind.CREDIT_CODE: _credit_code,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.INTEGER: _integer,
    Kind.HOURS: _hours,
    Kind.SCORE: _score,
    Kind.YES_NO: _yes_no,
    Kind.REFERENCE: _text,
}
_REPETITIVE = frozenset(
    (Kind.TEXT, Kind.DATE, Kind.CODE, Kind.CODES, Kind.INTEGER, Kind.SCORE, Kind.YES_NO, Kind.REFERENCE)
)
