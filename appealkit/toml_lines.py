"""On which line of a TOML file a value stands: the standard library's parser does not tell, and stops at the first mistake."""

import re
from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""Where a value stands: names of tables and keys, and numbers, from 0, of list items or of the lines of a text."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|\n|[A-Za-z0-9_-]+|[^\S\n]+|[\s\S]"
)
_HEADER = re.compile(r"""\[\[?\s*([\w-]+(?:[ \t]+[\w-]+)*|"[^"\n]*"|'[^'\n]*')\s*([\].])""")
"""The header of a table, by any name: one in other letters than a to z, or of several words, needs quotes; without them only its own table
is unreadable."""

_FIRST = re.compile(rf"(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*{_HEADER.pattern}")


def blocks(text: str) -> Iterator[tuple[list[int], str]]:
    r"""Cut a file into its tables; what stands inside one belongs to it, also further below, as TOML has it.

    Args:
        text: the file, which need not be TOML.

    Yields:
        A piece: for each of its lines the one on which it stands in the file, from 1, and its text.

    >>> list(blocks("[a]\nx = 1\n[c]\n[[a.b]]\n"))
    [([1, 2, 4], '[a]\nx = 1\n[[a.b]]\n'), ([3], '[c]\n')]
    """
    heads: list[tuple[int, str, bool]] = [(0, "", False)]
    begins: int | None = 0
    for token in _TOKEN.finditer(text):
        if begins is not None and (header := _HEADER.match(text, token.start())):
            heads.append((begins, header[1].strip("\"'"), header[2] == "]"))
        begins = token.end() if token[0] == "\n" else begins if token[0].isspace() else None
    pieces: list[tuple[list[int], list[str]]] = []
    latest: dict[str, tuple[list[int], list[str]]] = {}
    headed: set[str] = set()
    line = 1
    for (start, name, head), end in zip(heads, [*(start for start, _, _ in heads[1:]), len(text)], strict=True):
        if name not in latest or (head and name in headed):  # a second header of one name is a second table
            latest[name] = [], []
            pieces.append(latest[name])
        if head:
            headed.add(name)
        part = text[start:end]
        lines, parts = latest[name]
        lines += range(line, line := line + part.count("\n") + (part[-1:] not in {"", "\n"}))
        parts.append(part)
    yield from ((lines, piece) for lines, parts in pieces if (piece := "".join(parts)).strip())


def headed(block: str) -> str:
    r"""Return the name in the first header of a piece of a file; empty when it has none.

    >>> headed("# next\n[rugs wrong]\nkind = 'mend'")
    'rugs wrong'
    """
    found = _FIRST.match(block)
    return found[1].strip("\"'") if found else ""


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """Return the line of a value, or of the nearest thing around it that has one.

    Args:
        lines: what `lines_of_keys` returned.
        place: of the value.

    Returns:
        The line, from 1.
    """
    return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 1)


def lines_of_keys(text: str) -> dict[Place, int]:
    r"""Return for each table, key and item of a list the line on which it stands.

    Args:
        text: TOML that the parser has read: so tokens are enough.

    Returns:
        The lines, from 1.

    >>> lines_of_keys("[mugs]\nfaults = [\n'blame',\n'denial']")["mugs", "faults", 1]
    4
    """
    lines: dict[Place, int] = {}
    tables: dict[Place, int] = {}
    table: Place = ()
    for statement in _statements(text):
        words, line = [word for word, _ in statement], statement[0][1]
        if words[0] == "[":
            table = _table(words, tables)
            lines[table] = line
            continue
        equals = words.index("=")
        place = (*table, *_names(words[:equals]))
        lines[place] = line
        value = statement[equals + 1 :]
        lines |= {(*place, number): begins for number, begins in enumerate((*_items(value), *_text_lines(*value[0])))}
    return lines


def _statements(text: str) -> Iterator[list[tuple[str, int]]]:
    """Yield the words of each header and of each key with its value, with the lines on which they begin."""
    statement: list[tuple[str, int]] = []
    line = 1
    depth = 0
    for word in _TOKEN.findall(text + "\n"):
        if not (word.isspace() or word.startswith("#")):
            statement.append((word, line))
            depth += (word in "[{") - (word in "]}")
        elif word == "\n" and statement and depth == 0:
            yield statement
            statement = []
        line += word.count("\n")


def _items(value: list[tuple[str, int]]) -> Iterator[int]:
    """Yield for each item of a list the line on which it begins."""
    depth, ahead = 0, False
    for word, line in value if value[0][0] == "[" else ():
        if ahead and word != "]":
            yield line
        depth += (word in "[{") - (word in "]}")
        ahead = depth == 1 and word in "[,"


def _text_lines(text: str, begins: int) -> range:
    """Return for each line of a text of several lines the one on which it stands; none where an escape may make or hide lines."""
    if not text.startswith(('"""', "'''")) or "\\" in text:
        return range(0)
    return range(begins + text[3:].startswith("\n"), begins + text.count("\n") + 1)


def _table(statement: list[str], tables: dict[Place, int]) -> Place:
    """Return where a header leads; a table of an array is the newest one of its name."""
    several = statement[:2] == ["[", "["]
    names = _names([word for word in statement if word not in "[]"])
    place: Place = ()
    for number, name in enumerate(names):
        place = (*place, name)
        if several and number == len(names) - 1:
            tables[place] = tables.get(place, -1) + 1
        if place in tables:
            place = (*place, tables[place])
    return place


def _names(tokens: list[str]) -> list[str]:
    return [word.strip("\"'") for word in tokens if word != "."]
