"""The cells of a file of orders: which tell a defect, which tell none, and which are not understood."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

import polars as pl

from appealkit.figures.orders.heading import Places
from appealkit.tables import load
from appealkit.written import plain_name

_BAD, _GOOD = range(1, 3), range(3, 6)  # stars that are negative feedback, and those that are none
_STARRED = {"rating", "negative-feedback"}
_MARKS = r"[^\p{L}\p{N}]"
_A_COUNT = r"^(?:[2-9]|[1-9]\d{1,3})$"  # more than a yes or no, and no number of a claim or a day


def defects(places: Mapping[str, int], doubts: Mapping[str, pl.Expr]) -> dict[str, pl.Expr]:
    """Say for each kind of defect whether an order has it, by its own column, by a column that names kinds, or by its stars."""
    told: dict[str, list[pl.Expr]] = {}
    for kind in load("health.toml")["kinds"]:
        if kind in places:
            understood = [doubts[f"{kind}?"].not_()] if f"{kind}?" in doubts else []
            told.setdefault(kind, []).append(pl.all_horizontal(is_no(kind, places[kind]).not_(), *understood))
        if "kind" in places:
            told.setdefault(kind, []).append(_kinds_in(places["kind"]).str.contains_any(_spellings()[kind]))
    if "rating" in places:
        told.setdefault("negative-feedback", []).append(cell(places["rating"]).is_in(yes_words("rating")))
    return {kind: pl.any_horizontal(ways) for kind, ways in told.items()}


def is_unknown(part: str, number: int) -> pl.Expr:
    """Say whether a cell of a column is not understood: it is no defect then, and no order without one."""
    if part != "kind":
        understood = is_no(part, number) | cell(number).is_in(yes_words(part))
        return (understood if part == "rating" else understood | is_taken_as_yes(number)).not_()
    return (names_kind(number) | is_no(part, number)).not_()


def names_kind(number: int) -> pl.Expr:
    """Say whether a cell names a kind of defect."""
    return _kinds_in(number).str.contains_any([spelling for spellings in _spellings().values() for spelling in spellings])


def is_no(part: str, number: int) -> pl.Expr:
    """Say whether a cell tells that there is no defect."""
    return cell(number).is_in([*load("health.toml")["values"]["no"], *_stars(part, _GOOD)]) | is_read_as_no(part, number)


def is_read_as_no(part: str, number: int) -> pl.Expr:
    """Say whether a cell was read as no in a way that is told: a claim that does not count, or a cross in a column that has ticks, too."""
    values = load("health.toml")["values"]
    crossed = cell(number).is_in(values["crosses"]) & cell(number).is_in(values["ticks"]).any()
    return _is_dropped(part, number) if part in {"kind", "rating"} else _is_dropped(part, number) | crossed


def _is_dropped(part: str, number: int) -> pl.Expr:
    """Say whether a cell tells of a claim that was denied or withdrawn, and so does not count."""
    words = load("health.toml")["values"]["dropped"]
    if part not in {"kind", "a-to-z"}:
        return cell(number).is_in(words)
    claims = [name.strip(";") for name in _spellings()["a-to-z"]]
    known = {plain_name(f"{claim}{word}") for word in words for claim in ("", *claims)}
    return cell(number).str.replace_all(_MARKS, "").is_in(sorted(known))


@cache
def yes_words(part: str) -> list[str]:
    """Return the cells that are known to tell a defect, such as its own name; a yes is no number of stars."""
    stored = load("health.toml")
    values, names = stored["values"], (*stored["kinds"].get(part, ()), *stored["columns"][part])
    words = [*([] if part == "rating" else [*values["yes"], *map(str.lower, names)]), *(values["negative"] if part in _STARRED else ())]
    return [*words, *_stars(part, _BAD)]


@cache
def _stars(part: str, numbers: range) -> list[str]:
    """Return how so many stars are written, in a column that may hold them; among kinds of defect only in words, such as "3 stars"."""
    if part not in {*_STARRED, "kind"}:
        return []
    known = load("health.toml")["stars"]
    in_words = [form for form in known["forms"] if any(map(str.isalpha, form))]
    forms = in_words if part == "kind" else known["forms"]
    named = [form.replace("#", name) for number in numbers for name in known["numbers"][number - 1] for form in forms]
    if part == "kind":
        return named
    drawn = [number * sign + hollow for number in numbers for sign in known["signs"] for hollow in ("", (5 - number) * known["empty"])]
    return [*named, *drawn]


def is_count(part: str, number: int) -> pl.Expr:
    """Say whether a cell is a count, and neither a yes nor a number of stars."""
    counts = cell(number).str.contains(_A_COUNT)
    return counts & cell(number).is_in([*_stars(part, _BAD), *_stars(part, _GOOD)]).not_() if part in _STARRED else counts


def is_taken_as_yes(number: int) -> pl.Expr:
    """Say whether a cell is none of the words that tell a defect, and yet taken for one; that it was read so is told."""
    return _is_told_by_digits(number) | _is_yes_with_more(number)


def _is_told_by_digits(number: int) -> pl.Expr:
    """Say whether a cell is an amount, a day or the number of a claim, which nobody writes where there is none."""
    return cell(number).str.contains(r"\d") & cell(number).str.contains(r"^\P{L}*(?:\p{L}{1,4}\P{L}+){0,3}\p{L}{0,4}\P{L}*$")


def _is_yes_with_more(number: int) -> pl.Expr:
    """Say whether a cell is a yes with a remark behind it, such as "yes, lost", that does not take it back."""
    values = load("health.toml")["values"]
    words = "|".join(word for word in values["yes"] if word.isalpha() and (len(word) > 1 or not word.isascii()))
    taken_back = cell(number).str.contains_any([*values["taken_back"], *values["dropped"]])
    return cell(number).str.contains(rf"^(?:{words})\s?[,;:(/\u2013\u2014\uff0c\uff1b\uff1a\uff08-]") & taken_back.not_()


def _kinds_in(number: int) -> pl.Expr:
    """Return the kinds that a cell names, each between two semicolons."""
    plain = cell(number).str.replace_all(r"[+,|/&\u3001\uff0c\uff1b]", ";").str.replace_all(r"[^\p{L}\p{N};]", "")
    return pl.format(";{};", plain)


@cache
def _spellings() -> dict[str, list[str]]:
    stored = load("health.toml")
    stars = {"negative-feedback": _stars("kind", _BAD)}
    return {
        kind: sorted(
            {f";{plain};" for name in (kind, *names, *stored["columns"][kind], *stars.get(kind, ())) if (plain := plain_name(name))}
        )
        for kind, names in stored["kinds"].items()
    }


def place_in(part: str, number: int, given: Sequence[str]) -> pl.Expr:
    """Return the marketplace or the way of fulfilment; the latter by Amazon's own names where it is one of them.

    A name that the file writes in capitals here and small there is one name: the first of them in the order of characters.
    """
    ways = load("health.toml")["fulfilment"].items() if part == "fulfilment" else ()
    names = {name.lower(): name for name in reversed(given) if name} | {word: way for way, words in ways for word in words}
    return name_in(number).str.to_lowercase().replace_strict(names, default=None, return_dtype=pl.String)


def name_in(number: int) -> pl.Expr:
    """Return the name in a cell, as far as it can be read."""
    return pl.col(f"c{number}").fill_null("").str.replace_all(r"\p{C}", "").str.strip_chars().str.slice(0, 60)


def answered(part: str, places: Places) -> pl.Expr:
    """Return the cells of a column with a yes for the words that the user calls defects, and a no for those that are another part's."""
    number = places.numbers[part]
    others = [words for other, words in places.words.items() if other != part and places.numbers[other] == number]
    ours, theirs = (
        named(pl.lit(pl.Series([*words], dtype=pl.String))).str.to_lowercase().implode()
        for words in (places.words[part], chain.from_iterable(others))
    )
    given = named(pl.col(f"c{number}")).str.to_lowercase()
    return pl.when(given.is_in(ours)).then(pl.lit("1")).when(given.is_in(theirs)).then(pl.lit("0")).otherwise(pl.col(f"c{number}"))


def named(cells: pl.Expr) -> pl.Expr:
    """Return what cells say as the user can name it: without what no one can read."""
    return cells.str.replace_all(r"\p{C}", "").str.strip_chars()


def cell(number: int) -> pl.Expr:
    """Return what a cell says, in small letters."""
    return pl.col(f"c{number}").fill_null("").str.strip_chars().str.to_lowercase()
