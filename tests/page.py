"""Pages as a browser takes them apart."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "meta"}


@dataclass
class Element:
    """An element of a page, and the text in it and below."""

    tag: str
    attributes: dict[str, str]
    above: "Element | None" = None
    text: str = ""

    @property
    def classes(self) -> set[str]:
        """The classes of the element."""
        return set(self.attributes.get("class", "").split())

    @property
    def lang(self) -> str:
        """The language in which its text is read out."""
        return self.attributes.get("lang") or (self.above.lang if self.above else "")

    def within(self, name: str) -> bool:
        """Tell whether it stands in an element of a class."""
        return self.above is not None and (name in self.above.classes or self.above.within(name))


@dataclass
class Page(HTMLParser):
    """A page as a browser takes it apart; `letter` is what stands in it of the letter's own text."""

    html: str
    elements: list[Element] = field(default_factory=list)
    letter: str = ""
    _open: list[Element] = field(default_factory=list)
    _behind_label: bool = False

    def __post_init__(self) -> None:
        """Take the page apart."""
        super().__init__()
        self.feed(self.html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends; none is left open in another one."""
        element = self._open.pop()
        assert element.tag == tag
        self._behind_label = "ak-label" in element.classes

    def handle_data(self, data: str) -> None:
        """Note the text of all elements that are open; labels and the space behind them are not the letter's."""
        for element in self._open:
            element.text += data
        classes = set().union(*(element.classes for element in self._open))
        if "ak-letter" in classes and not classes & {"ak-label", "ak-note"}:
            self.letter += data.removeprefix(" ") if self._behind_label else data
        self._behind_label = False

    def having(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        return [element for element in self.elements if name in element.classes]

    def tags(self, tag: str) -> list[Element]:
        """Return the elements with a tag."""
        return [element for element in self.elements if element.tag == tag]
