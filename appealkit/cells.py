"""Cells of a table that a spreadsheet opens."""

_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""With these a cell begins that a spreadsheet may run; the last four are full-width."""


def harmless(words: str) -> str:
    """Keep a spreadsheet from running what somebody else wrote.

    Args:
        words: the content of a cell.

    Returns:
        The content; with an apostrophe in front when a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("Mei")
    ("'=1+1", 'Mei')
    """
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words
