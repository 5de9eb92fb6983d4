"""Words of an exercise in both languages, or in the one that a trainer writes."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from appealkit.language import LANGS, Lang
from appealkit.strict import refuse


def _both(said: object) -> object:
    """Let words without a language stand for both."""
    return dict.fromkeys(LANGS, said) if isinstance(said, str) else said


def _filled(words: dict[Lang, str]) -> dict[Lang, str]:
    """Let the words of one language stand for the other where a trainer writes only one."""
    told = {lang: text for lang, text in words.items() if text.strip()}
    if not told:
        refuse("no-words")
    return {lang: told.get(lang) or next(iter(told.values())) for lang in LANGS}


Said = Annotated[dict[Lang, str], BeforeValidator(_both), AfterValidator(_filled)]
