"""Patterns that are found in a text or not, quickly."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache


class Shows:
    """A pattern that is found in a text or not, whether in capitals or not."""

    def __init__(self, pattern: str, *, words: bool = False) -> None:
        """Take a pattern; it is compiled when it is first looked for.

        Args:
            pattern: a regular expression in lower case.
            words: whether it is found only where a word begins; all that it can begin with is then a letter or a digit.
        """
        self._words = words
        self._pattern = rf"\b(?:{pattern})" if words else pattern
        self.within = lru_cache(maxsize=2048)(self.now_within)  # one memory each: a large pattern takes long to be looked up by

    def now_within(self, text: str) -> bool:
        """Tell whether the pattern is found in a text, without remembering it."""
        # To look in lower case is quicker, and the same where no letter but those of English has a lower case.
        return bool(self._plain(f" {text.lower()}") if text.isascii() else re.search(self._pattern, text, re.IGNORECASE))

    def first(self, text: str) -> tuple[int, int]:
        """Return where the pattern is first found; the whole text where case alone hides it, as it does in a few letters."""
        found = re.search(self._pattern, text, re.IGNORECASE)
        return found.span() if found else (0, len(text))

    @cached_property
    def _plain(self) -> Callable[[str], re.Match[str] | None]:
        # A search leaps to what begins with a set of characters; it does not leap to `\b`.
        return re.compile(self._pattern.replace(r"\b", r"\W", 1) if self._words else self._pattern).search
