"""Cards: dated facts with their sources, as the rules and the lessons cite them."""

from collections.abc import Mapping
from typing import Any

from appealkit.language import Lang, beside, say
from appealkit.tables import load
from appealkit.view import View, render


def card(name: str, lang: Lang) -> View:
    """Show a dated fact with its source, and the reminder to check one's own notice.

    Args:
        name: key of the card in `data/cards.toml`.
        lang: `en` or `zh-Hant`.

    Returns:
        The view.

    Raises:
        KeyError: when there is no such card.

    >>> print(str(card("limits", "en")).splitlines()[0])
    Limits on characters and files
    """
    stored = load("cards.toml")[name]
    marketplace = say("lesson.card-everywhere", lang) if stored["marketplace"] == "all" else stored["marketplace"]
    notes = [
        say("view.labelled", lang, label=say("view.source", lang), words=_source(stored, lang)),
        say("view.labelled", lang, label=say("lesson.card-marketplace", lang), words=marketplace),
        *([say("lesson.card-disputed", lang)] if stored.get("disputed") else []),
        say("lesson.card-check", lang),
    ]
    title, text = stored["title"][lang], stored["text"][lang]
    return View(render("card.html.j2", lang, title=title, text=text, notes=notes), "\n".join([title, text, *notes]))


def cited(card: str, lang: Lang) -> str:
    """Name a card as the source of something.

    Args:
        card: its key in `data/cards.toml`.
        lang: `en` or `zh-Hant`.

    Returns:
        Its title, with its source and the month in which that was read.
    """
    stored = load("cards.toml")[card]
    return beside(stored["title"][lang], _source(stored, lang), lang)


def _source(card: Mapping[str, Any], lang: Lang) -> str:
    return say("lesson.card-source", lang, source=card["source"][lang], month=f"{card['as_of']:%Y-%m}")
