"""Words that make no command: told in Chinese and as any other error, where argparse says it in English and exits."""

import argparse
import re
import sys
from typing import NoReturn

from socialwork_app.foundation.errors import DomainError

_MISSING = re.compile(r"arguments are required: (.+)|one of the arguments (.+) is required|argument (\S+): expected ")
_UNREADABLE = re.compile(r"""(?:'(.*?)'|"(.*?)"|arguments: (.+)|option: (\S+))""")


class WordParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """DomainError `words.missing` or `words.unreadable`, after the usage."""
        self.print_usage(sys.stderr)
        if missing := _MISSING.search(message):
            raise DomainError("words.missing", word=missing[missing.lastindex or 0])
        found = _UNREADABLE.search(message)
        raise DomainError("words.unreadable", word=found[found.lastindex or 0] if found else message)
