"""The first question about a notice, before a word of a letter is written: is a letter the answer at all?"""

from typing import Any

from appealkit.cards import cited
from appealkit.language import Lang, say
from appealkit.notice import PLAN, Notice, kind_name
from appealkit.reading import read_notice
from appealkit.tables import load
from appealkit.view import View, render, sentence


def triage(notice: str | Notice, lang: Lang) -> View:
    """Tell which answer a notice asks for, by its kind: a letter, documents, or something else.

    Args:
        notice: the notice as it was pasted, in English or Chinese, or as `read_notice` returned it.
        lang: language of the explanation, `en` or `zh-Hant`.

    Returns:
        The view: the answer, the kind with the words of the notice that tell it, the reason, what to do first, and the source.

    >>> print(str(triage("Please upload a passport to verify your identity.", "en")).splitlines()[0])
    A letter is not the answer: matching documents are.
    """
    read = notice if isinstance(notice, Notice) else read_notice(notice)
    if not read.has_kind:
        return sentence(read.advice(lang), lang)
    told: dict[str, Any] = load("triage.toml")[read.kind]
    if read.words("refusal"):
        told = told | told.get("refused", {})
    if not any(issue.asks(question) for issue in read.issues for question in PLAN):
        told = told | told.get("no-plan", {})
    lines = [(say("notice.kind", lang), kind_name(read.kind, lang))]
    if words := read.words("kind"):
        quoted = " ".join(say("notice.words", lang, words=word) for word in words)
        lines.append((say("triage.words", lang), quoted))
    lines += [
        (say("view.why", lang), told["why"][lang]),
        (say("triage.first", lang), told["first"][lang]),
        *([(say("view.source", lang), cited(told["card"], lang))] if "card" in told else []),
    ]
    check = say("lesson.card-check", lang)
    text = [told["answer"][lang], *(say("view.labelled", lang, label=label, words=words) for label, words in lines), check]
    return View(render("triage.html.j2", lang, answer=told["answer"][lang], lines=lines, check=check), "\n".join(text))
