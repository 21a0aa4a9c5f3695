"""Keys by which a name is found: its characters, its full pinyin, its initials, from any character on.

pypinyin is loaded on first use: its tables cost a quarter of a second. A character that they lack is
passed over in pinyin.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from socialwork_app.domain.names import is_han, without_blanks, without_dots

Sound = tuple[tuple[str, ...], tuple[str, ...]]
"""Syllables without tones, and their first letters: more than one where a character is read in more ways."""

_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "查": "zha", "朴": "piao", "解": "xie", "盖": "ge", "区": "ou",
    "乐": "yue le", "覃": "qin tan", "缪": "miao mou", "员": "yun", "黑": "he", "秘": "bi", "祭": "zhai",
    "折": "she", "么": "yao", "召": "shao", "翟": "zhai di", "隗": "wei kui", "谌": "chen shen",
    "乜": "nie", "佴": "nai", "繁": "po", "句": "gou", "宓": "mi fu", "尉": "wei yu", "都": "du",
    "种": "chong", "长": "chang zhang", "行": "xing hang", "柏": "bai bo", "薄": "bo", "牟": "mou mu",
    "强": "qiang jiang", "粘": "nian zhan", "能": "nai", "角": "jue", "郇": "huan xun", "洗": "xian",
    "郗": "xi chi", "阚": "kan", "晟": "cheng sheng", "藏": "zang", "适": "kuo",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "尉迟": ("yu wei", "chi"), "长孙": ("zhang chang", "sun"), "万俟": ("mo wan", "qi si"),
    "澹台": ("tan dan", "tai"), "单于": ("chan shan", "yu"), "乐正": ("yue le", "zheng"),
    "鲜于": ("xian", "yu"), "子车": ("zi", "ju che"), "拓跋": ("tuo ta", "ba"),
    "中行": ("zhong", "hang xing"),
}  # fmt: skip
_GIVEN_NAMES = {
    "乐": "le yue", "茜": "qian xi", "行": "xing hang", "长": "chang zhang", "重": "zhong chong",
    "朝": "chao zhao", "晟": "sheng cheng", "娜": "na nuo", "莘": "xin shen", "盛": "sheng cheng",
    "传": "chuan zhuan", "曾": "zeng ceng", "单": "dan shan", "觉": "jue jiao", "参": "can shen",
    "柏": "bai bo", "都": "du dou", "钥": "yue yao", "藏": "cang zang", "蔚": "wei yu", "卜": "bu",
    "薄": "bo",
}  # fmt: skip
_MOST_TAILS = 8  # readings of the rest of a name that are followed up: ten characters could else make 59,049


def normalise_query(text: str) -> str:
    """Typed text and names made comparable: no case, blanks, full width, or dots between name parts."""
    if is_han(text):
        return text
    return without_dots(without_blanks(text)).casefold()


def search_keys(name: str) -> tuple[str, ...]:
    """Every suffix of the name, of its full pinyin by syllables and of its initials, in all its readings.

    A single initial is no key: the syllable that it begins is found by it.
    """
    text = normalise_query(name)
    if not text:
        return ()
    head = _compound_surname(text[:2]) or (_surname(text[0]),)
    keys, full, short = _ending(text[len(head) :], len(text))
    keys = [*(text[start:] for start in range(len(text))), *keys]
    for sound in reversed(head):
        full, short = _before(sound, full, short)
        keys += filter(None, full)
        keys += [key for key in short if len(key) > 1]
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=65_536)
def sounds(name: str) -> tuple[tuple[str, ...], ...]:
    """Character by character the syllables that it may be; a character that the tables lack is its own."""
    text = normalise_query(name)
    if not text:
        return ()
    head = _compound_surname(text[:2]) or (_surname(text[0]),)
    read = [*head, *_given_sounds(text[len(head) :], len(text))]
    return tuple(sound[0] or (character,) for sound, character in zip(read, text, strict=True))


@lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """The first reading of the whole: what most names that sound alike have in common, and all that are the same."""
    return "".join(readings[0] for readings in sounds(name))


@lru_cache(maxsize=65_536)
def _ending(characters: str, length: int) -> tuple[list[str], list[str], list[str]]:
    """The keys that begin after the surname in a name of this length, and the readings that the surname goes before.
    Given names come again: half of the work is done once."""
    keys, full, short = list[str](), [""], [""]
    for sound in reversed(_given_sounds(characters, length)):
        full, short = _before(sound, full, short)
        keys += filter(None, full)
        keys += [key for key in short if len(key) > 1]
    return keys, full, short


def _before(sound: Sound, full: list[str], short: list[str]) -> tuple[list[str], list[str]]:
    """The readings of the rest of a name with one character more before them."""
    syllables, initials = sound
    if not syllables:
        return full, short
    return (
        [syllable + tail for syllable in syllables for tail in full[:_MOST_TAILS]],
        [initial + tail for initial in initials for tail in short[:_MOST_TAILS]],
    )


def _given_sounds(characters: str, length: int) -> Sequence[Sound]:
    """One a character, by the phrase where the given name is one (重庆): of four characters the last two."""
    given = characters if length != 4 else characters[-2:]
    sounds = [_given(character) for character in characters]
    if len(given) > 1 and given in _phrases():
        sounds[-len(given) :] = _phrase(given)
    return sounds


@cache
def _surname(character: str) -> Sound:
    return _sound((*_SURNAMES.get(character, "").split(), *_usual(character)))


@cache
def _given(character: str) -> Sound:
    return _sound((*_GIVEN_NAMES.get(character, "").split(),) or _usual(character))


def _compound_surname(characters: str) -> tuple[Sound, ...]:
    readings = _COMPOUND_SURNAMES.get(characters)
    return tuple(_sound(reading.split()) for reading in readings) if readings else ()


def _phrase(phrase: str) -> list[Sound]:
    return [_sound([_plain(reading) for reading in readings]) for readings in _phrases()[phrase]]


def _usual(character: str) -> tuple[str, ...]:
    """The commonest reading, a letter or digit itself, or nothing."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    readings = _characters().get(ord(character), "")
    return tuple(filter(None, (_plain(readings.split(",")[0]),)))


def _sound(syllables: Sequence[str]) -> Sound:
    spelt = tuple(dict.fromkeys(form for syllable in syllables for form in _spellings(syllable)))
    return spelt, tuple(dict.fromkeys(form[0] for form in spelt))


def _spellings(syllable: str) -> tuple[str, ...]:
    """ü is typed as v, as u, and as yu on a passport."""
    if "v" not in syllable or len(syllable) == 1:
        return (syllable,)
    return syllable, syllable.replace("v", "u"), syllable.replace("v", "yu")


def _plain(syllable: str) -> str:
    """lǚ → lv, zhòng → zhong."""
    decomposed = normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in decomposed if letter.isascii())


@cache
def _characters() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


@cache
def _phrases() -> Mapping[str, Sequence[Sequence[str]]]:
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT
