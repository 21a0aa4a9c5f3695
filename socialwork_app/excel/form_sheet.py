"""One sheet of a workbook as its XML: what its cells say, and other values written into them. Their styles stay."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from socialwork_app.excel import caps, document_text
from socialwork_app.excel.sheet_xml import position
from socialwork_app.foundation.errors import DomainError

Place = tuple[int, int]
"""Row and column, 0-based."""
Merge = tuple[int, int, int, int]
ERRORS = (SyntaxError, ValueError, TypeError, LookupError, AttributeError)
"""What comes of a part that is no such part; the parser's own errors are a SyntaxError."""
_REFERENCE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LAST_WIDE = 256
"""Column up to which widths matter to anybody."""
_SHARED, _INLINE = "s", "inlineStr"


def place(reference: str) -> Place:
    """Of B3 or $b$3."""
    plain = reference.strip().upper().replace("$", "")
    found = position(plain, -1, -1) if _REFERENCE.fullmatch(plain) else (-1, -1)
    if not (0 <= found[0] < caps.MAX_ROWS and 0 <= found[1] < caps.MAX_COLUMNS):
        raise DomainError("form.no_cell", cell=reference)
    return found


def reference(row: int, column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def worded(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def parse(xml: bytes) -> Any:
    """The root element; nothing is fetched and no entity resolved."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no declarations

    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.internalDTD is not None:
        raise caps.unsafe()
    return root


def serialised(root: Any) -> bytes:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no declarations

    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def namer(root: Any) -> Callable[[str], str]:
    """How the parser has the names of the root's own vocabulary, be it strict or transitional."""
    space = root.tag.rpartition("}")[0]
    return lambda local: f"{space}}}{local}" if space else local


class Sheet:
    """`shared`: the root of the workbook's shared texts, None where it has none."""

    def __init__(self, xml: bytes, shared: Any) -> None:
        self.root = parse(xml)
        self.written: list[Place] = []
        self.changed = False
        self._tag = namer(self.root)
        self._shared: list[Any] = [] if shared is None else list(shared.iterchildren(namer(shared)("si")))
        self._data: Any = self.root.find(self._tag("sheetData"))
        self._rows: dict[int, Any] = {}
        self._cells: dict[Place, Any] = {}
        self._index()
        self.merges = list(self._merges())
        self.texts()  # what is damaged fails here and not half-way

    def _index(self) -> None:
        row = -1
        for line in self._data.iterchildren(self._tag("row")):
            row, column = int(line.get("r", row + 2)) - 1, -1
            self._rows[row] = line
            for cell in line.iterchildren(self._tag("c")):
                _, column = position(cell.get("r", ""), row, column + 1)
                self._cells[row, column] = cell

    def _merges(self) -> Iterator[Merge]:
        for merge in self.root.iter(self._tag("mergeCell")):
            first, _, last = merge.get("ref", "").partition(":")
            yield *place(first), *place(last or first)

    # reading

    def places(self) -> list[Place]:
        return list(self._cells)

    def widths(self) -> dict[int, float]:
        """Of columns, in characters; those not told are as usual."""
        return {
            number - 1: float(columns.get("width"))
            for columns in self.root.iter(self._tag("col"))
            for number in range(int(columns.get("min")), min(int(columns.get("max")), LAST_WIDE) + 1)
            if columns.get("width")
        }

    def heights(self) -> dict[int, float]:
        """Of rows, in points."""
        return {row: float(line.get("ht")) for row, line in self._rows.items() if line.get("ht")}

    def upper_left(self, at: Place) -> Place:
        """Of the merged cells that it is one of, else the cell itself."""
        for top, left, bottom, right in self.merges:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return top, left
        return at

    def style(self, at: Place) -> int:
        return int(self._cells[at].get("s", 0))

    def texts(self) -> dict[Place, str]:
        said = ((at, self._text(cell)) for at, cell in self._cells.items())
        return {at: text for at, text in said if text}

    def formulas(self) -> frozenset[Place]:
        return frozenset(at for at, cell in self._cells.items() if cell.find(self._tag("f")) is not None)

    def _text(self, cell: Any) -> str:
        rich = self._rich(cell)
        if rich is not None:
            return "".join(piece.text or "" for piece in _pieces(rich))
        return cell.findtext(self._tag("v")) or ""

    def _rich(self, cell: Any) -> Any:
        """The element with the cell's text, None where it has another value."""
        if cell.get("t") == _INLINE:
            return cell.find(self._tag("is"))
        number = cell.findtext(self._tag("v")) if cell.get("t") == _SHARED else None
        return self._shared[int(number)] if number is not None else None

    # writing

    def write(self, at: Place, value: str | float) -> None:
        cell = self._emptied(at)
        if isinstance(value, str):
            if value:
                text = self._add(self._add(self._as_text(cell), "is"), "t")
                text.text = document_text.writable(value)
                text.set(_SPACE, "preserve")
        else:
            self._add(cell, "v").text = repr(value)

    def fill(self, at: Place, texts: Mapping[str, str]) -> None:
        """Each name in the cell's text gives way to its text; how the parts of the text look stays."""
        rich = self._rich(self._cells[at])
        if rich is None:
            return
        pieces = deepcopy(rich)
        kept = self._add(self._as_text(self._emptied(at)), "is")
        kept.extend(list(pieces))
        document_text.fill_pieces(_pieces(kept), texts)

    def set_height(self, row: int, points: float) -> None:
        self._row(row).attrib.update({"ht": f"{points:g}", "customHeight": "1"})

    def drop_results(self) -> bool:
        """Of formulas; whether there was one."""
        for at in self.formulas():
            cell = self._cells[at]
            cell.attrib.pop("t", None)
            for result in cell.findall(self._tag("v")):
                cell.remove(result)
                self.changed = True
        return bool(self.formulas())

    def _as_text(self, cell: Any) -> Any:
        cell.set("t", _INLINE)
        return cell

    def _emptied(self, at: Place) -> Any:
        self.changed = True
        self.written.append(at)
        cell = self._cells.get(at)
        if cell is None:
            cell = self._cells[at] = self._new_cell(at)
        cell.attrib.pop("t", None)
        for child in list(cell):
            cell.remove(child)
        return cell

    def _new_cell(self, at: Place) -> Any:
        row, column = at
        line = self._row(row)
        line.attrib.pop("spans", None)
        cell = line.makeelement(self._tag("c"), {"r": reference(row, column), **self._style(line, column)})
        right = [c for r, c in self._cells if r == row and c > column]
        if right:
            self._cells[row, min(right)].addprevious(cell)
        else:
            line.append(cell)
        return cell

    def _row(self, row: int) -> Any:
        if row not in self._rows:
            line = self._data.makeelement(self._tag("row"), {"r": str(row + 1)})
            below = [number for number in self._rows if number > row]
            if below:
                self._rows[min(below)].addprevious(line)
            else:
                self._data.append(line)
            self._rows[row] = line
        return self._rows[row]

    def _style(self, line: Any, column: int) -> dict[str, str]:
        """Of the row, else of the column."""
        found = line.get("s") if line.get("customFormat") in ("1", "true") else None
        for columns in self.root.iter(self._tag("col")):
            if found is None and int(columns.get("min")) <= column + 1 <= int(columns.get("max")):
                found = columns.get("style")
        return {"s": found} if found else {}

    def _add(self, parent: Any, local: str) -> Any:
        child = parent.makeelement(self._tag(local))
        parent.append(child)
        return child


def _pieces(rich: Any) -> list[Any]:
    """Of a text, without what says how it is read aloud."""
    tag = namer(rich)
    return [piece for piece in rich.iter(tag("t")) if piece.getparent().tag != tag("rPh")]
