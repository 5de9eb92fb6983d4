"""What sentences are searched for: patterns made of the words in `data/checks.toml`, compiled once."""

import re

from appealkit.tables import load
from appealkit.vocabulary import below_hundred, in_words, month_names


class Search:
    """A pattern that sentence after sentence is searched for."""

    def __init__(self, pattern: str, *, needs: str, lower: bool = False) -> None:
        """Compile a pattern.

        Args:
            pattern: a regular expression.
            needs: a simpler one that is found wherever the pattern is: looking for it is quicker.
            lower: whether the text is searched in lower case.
        """
        self.first = re.compile(needs).search
        self.all = re.compile(pattern).finditer
        self.lower = lower


def any_of(kind: str) -> str:
    """Return a pattern of the words that `data/checks.toml` lists under a name."""
    words = "|".join(load("checks.toml")["pattern"][kind])
    return f"(?:{words.replace('{number}', below_hundred())})"


NUMBER = rf"(?:\d(?:[,.]?\d){{0,14}}+|{in_words()})"  # neither long nor tried in parts: a text may be all digits and commas
MONTH = f"(?:{month_names()})"
# Each begins with a set of characters, so that a search leaps from one of them to the next.
DIGIT_DATE = Search(r"\d(?<![\d/.-]\d)\d?([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-]|\.\d)", needs=r"[/.-](?<=\d.)\d")
PERCENT = Search(
    r"(?<!\d)(?<!\d[.,])(?:\d{1,9}(?:[.,]\d{1,9})?|(?<!\w)\.\d{1,9})\s?(?:%|per ?cent\b|pct\b)", lower=True, needs="%|cent|pct"
)
EMAIL = Search(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}", needs="@")
PHONE = Search(
    r"\d(?<![\d-]\d)(?:\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,6}|\d \d{4} \d{4})(?![\d-])"
    r"|\+\d{1,3}[ -]?\(?\d{2,5}\)?[ -]?\d{3,4}[ -]?\d{3,6}(?![\d-])",
    needs=r"[\d+](?:(?<=\+)\d|(?<=[\d)][ -]\d)\d\d)",
)
ADDRESS = Search(
    rf"\d(?<!\w\d)\d{{0,3}},? (?:(?:[A-Z]\w+ ){{1,3}}(?:{any_of('street')}\b|(?<= )[A-Z]\w+, [A-Z][a-z]+)"
    rf"|{any_of('street_behind')} (?:(?:de|du|des|la|le|les) ){{0,2}}(?:[ld]['\u2019])?[A-Z]\w+)",
    needs=rf"\d,? (?:[A-Z]|{any_of('street_behind')} )",
)
STREET = Search(
    rf"\b{any_of('street_before')}(?:,? |(?<=\.))\d{{1,4}}\b",
    needs=r"\d(?:(?<=[.,\w] \d)|(?<=tr\.\d))",
)
TITLE = Search(rf"(?<![\"\u201c'\u2018])\b{any_of('title')}\b\.? [A-Z]\w+(?: [A-Z]\w+)*", needs=rf"{any_of('title')}\b\.? [A-Z]")
_NAME = r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+"
_NO_NAME = rf"(?!(?i:{any_of('no_buyer')}|{MONTH})\b)"
_NAMED = rf"{_NO_NAME}(?:{_NAME} |(?:[A-Z]\. ?){{1,3}})"
_REFUNDED = ("refunded ", "repaid ", "reimbursed ", "compensated ")
NAMED_BUYER = Search(
    rf"\b{_NAME} {_NAME}(?={any_of('known_buyer')})"
    rf"|(?:(?<=buyer )|(?<=customer )){_NAMED}{_NAME}\b"
    rf"|(?:(?<=buyer, )|(?<=customer, )){_NAMED}{_NAME}(?=[,.;)]|$)(?!{any_of('staff')})"
    rf"|(?:{'|'.join(f'(?<={verb})' for verb in _REFUNDED)}){_NO_NAME}(?:{_NAMED})?{_NAME}(?={any_of('behind_buyer')})",
    needs=rf"{any_of('known_buyer')}|(?:buyer,? |customer,? |{'|'.join(_REFUNDED)})[A-Z\u00c0-\u00de]",
)
SEARCHES = (DIGIT_DATE, PERCENT, EMAIL, PHONE, ADDRESS, STREET, TITLE, NAMED_BUYER)
