"""A web page in one file (MHTML), which old web systems and Excel itself write as .xls: its tables."""

from email import message_from_bytes
from email.errors import MessageError

from socialwork_app.excel import caps, html_table
from socialwork_app.excel.cells import RawSheet
from socialwork_app.excel.sniffing import decode
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control


def read(data: bytes, control: Control) -> list[RawSheet]:
    """One sheet for each table of each page. Raises DomainError where there is none."""
    sheets = [sheet for page in _pages(data) if "<table" in page.lower() for sheet in html_table.read(page, control)]
    if not sheets:
        raise DomainError("workbook.unknown")
    return sheets


def _pages(data: bytes) -> list[str]:
    with caps.damaged_if(MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
        found = [part.get_payload(decode=True) for part in parts]
    return [decode(page) for page in found if isinstance(page, bytes)]
