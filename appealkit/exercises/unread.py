"""What in an answer is no English: it is told before anything else, since no other reason can be seen in it."""

import re
from collections import Counter
from collections.abc import Iterator

from appealkit.annotate import Annotation
from appealkit.language import Lang, say
from appealkit.segment import FRAME
from appealkit.spelling import known
from appealkit.text import short

_OTHER_SCRIPT = re.compile(r"[^\u0000-\u024f\u2000-\u206f\u20a0-\u20bf\u2100-\u21ff\u2460-\u24ff\u25a0-\u25ff]{2,}")
_NO_WORDS = 3  # in a row that English does not have: two may be a name, or slips
_OFTEN, _HARDLY = 3, 3  # times that a sentence stands there, and sentences of which hardly one is another
_SHOWN = 60


def nothing_told(answer: Annotation, lang: Lang) -> str:
    """Say why there is nothing to judge in an answer: it is no English, no letter, or little but one sentence again and again.

    Args:
        answer: the answer, annotated.
        lang: language of the reason, `en` or `zh-Hant`.

    Returns:
        The reason; empty when there is something to judge.
    """
    if answer.unjudged:
        return answer.unjudged.say(lang)
    told = Counter(sentence.text for sentence in answer.sentences if sentence.layout not in FRAME)
    most, times = told.most_common(1)[0] if told else ("", 0)
    repeated = times > _OFTEN and len(told) * _HARDLY <= told.total()
    return say("lesson.repeated", lang, words=short(most, _SHOWN), count=times) if repeated else ""


def not_english(answer: Annotation, start: str, lang: Lang) -> Iterator[str]:
    """Name what in an answer is no English.

    Args:
        answer: the answer, annotated.
        start: the text that was handed out.
        lang: language of the reasons, `en` or `zh-Hant`.

    Yields:
        One reason for each stretch; names, as they stand in a sign-off, are none.
    """
    for sentence in answer.sentences:
        if sentence.layout not in FRAME:
            for words in (*_OTHER_SCRIPT.findall(sentence.text), *_no_words(sentence.text)):
                if words not in start:
                    yield say("lesson.not-english", lang, words=short(words, _SHOWN))


def _no_words(text: str) -> Iterator[str]:
    row: list[str] = []
    for word in [*text.split(), ""]:
        bare = word.strip(".,;:!?()\"'").lower()
        if bare.isalpha() and bare.isascii() and word[:1].islower() and not known(bare):
            row.append(word)
        else:
            if len(row) >= _NO_WORDS:
                yield " ".join(row)
            row = []
