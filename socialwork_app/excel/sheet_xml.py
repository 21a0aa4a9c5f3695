"""Where the cells of a worksheet part stand, and which of them are errors: the slow and exact way."""

from collections.abc import Iterable
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from socialwork_app.excel import caps

XML_ERRORS = (ExpatError, ValueError, LookupError)
"""What comes of a part that is no XML, or says that it is in an encoding which nobody knows."""
_LONGEST_TAG = 4 * 2**20
Errors = dict[tuple[int, int], str]
"""The text of each error cell by row and column, 0-based."""


def scan_cells(xml: Iterable[bytes]) -> tuple[Errors, bool]:
    """The error cells, and whether one stands far away. Raises DomainError when the values take in too large an area."""
    scanner = _Scanner()
    with caps.damaged_if(*XML_ERRORS):
        parse(scanner.parser, xml)
    return scanner.errors, caps.is_far(scanner.last_row + 1, scanner.last_column + 1)


class _Scanner:
    def __init__(self) -> None:
        self.row = self.column = self.last_row = self.last_column = -1
        self.errors: Errors = {}
        self.is_error = False
        self.text: list[str] = []
        self.parser = parser = safe_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "v" | "is":
                self._value()
            case "row":
                self._row(attributes.get("r", ""))
            case _:
                pass

    def _row(self, number: str) -> None:
        self.row = int(number) - 1 if number.isdecimal() else self.row + 1
        self.column = -1

    def _cell(self, attributes: dict[str, str]) -> None:
        self.row, self.column = position(attributes.get("r", ""), self.row, self.column + 1)
        self.is_error = attributes.get("t") == "e"

    def _value(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.is_error:
            self.text.clear()
            self.parser.CharacterDataHandler = self.text.append

    def _end(self, name: str) -> None:
        if self.is_error and name.rpartition(":")[2] == "v":
            self.parser.CharacterDataHandler = None
            self.errors[self.row, self.column] = "".join(self.text)


def safe_parser() -> XMLParserType:
    """An expat parser that refuses a document type: without one there are no entities to resolve."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def parse(parser: XMLParserType, pieces: Iterable[bytes]) -> None:
    """Piece by piece. What a tag is made of is looked through anew with each piece until the tag ends: so it has to."""
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)
        fed += len(piece)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise caps.unsafe()
    parser.Parse(b"", True)


def local_names(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes without their prefixes; where two share a local name the later one counts."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


def position(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a reference such as B7, 0-based; `row` and `column` where it says nothing."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    return int(digits) - 1 if digits else row, _column(letters) if letters else column


def _column(letters: str) -> int:
    """A → 0, AA → 26; more than five letters are beyond any sheet."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _refuse(*_declaration: object) -> None:
    raise caps.unsafe()
