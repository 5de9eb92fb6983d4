"""What a reader is shown: a view in one language, filled into a template; looks only there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from appealkit.language import Lang, say


@dataclass(frozen=True, slots=True)
class View:
    """Something in one language, ready for a notebook cell: HTML where it can be shown, text where not."""

    html: str
    text: str

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def render(template: str, lang: Lang, **values: object) -> str:
    """Fill one of the view templates: in HTML every value is escaped unless it is markup already, in plain text none is.

    Args:
        template: its file name in `templates`.
        lang: language of the page's own words.
        values: what the template asks for.

    Returns:
        The HTML or the text.
    """
    return _templates().get_template(template).render(values, lang=lang)


def stream(template: str, **values: object) -> Iterator[str]:
    """Fill a view template piece by piece, so that a long page need not fit into memory.

    Args:
        template: its file name in `templates`.
        values: what the template asks for, its language among it.

    Yields:
        The HTML or the text, from its first line to its last.
    """
    return _templates().get_template(template).generate(values)


def sentence(words: str, lang: Lang) -> View:
    """Show one sentence where a view will stand."""
    return View(render("note.html.j2", lang, words=words), words)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("appealkit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["say"] = say
    return made
