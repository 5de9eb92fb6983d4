"""Whether the letter admits, early and in its own words."""

from collections.abc import Iterator

from appealkit.checks.draft import MISSING, Draft, Found, about
from appealkit.language import LANGS, beside, listed
from appealkit.own_words import has_long_run, own_words
from appealkit.roles import STEPS, Role


def no_acknowledgement(draft: Draft) -> Iterator[Found]:
    """Find that no sentence admits the shortfall, not even nearly."""
    if draft.lacks(Role.ACKNOWLEDGEMENT):
        yield from MISSING


def late_acknowledgement(draft: Draft) -> Iterator[Found]:
    """Find a first admission that stands behind what is a cause or a step beyond doubt."""
    admissions = draft.by_role[Role.ACKNOWLEDGEMENT]
    admissions = [admission for admission in admissions if Role.ACKNOWLEDGEMENT in admission.clear] or admissions
    if admissions and any(not sentence.clear.isdisjoint(_LATER) and sentence.start < admissions[0].start for sentence in draft.body):
        yield about("late-acknowledgement", admissions[0])


_LATER = STEPS | {Role.CAUSE}


def shared_run(draft: Draft) -> Iterator[Found]:
    """Find the longest run of words that a public sample has as well."""
    if not has_long_run(draft.text[draft.start :], draft.samples):
        return
    overlap = own_words(draft.text, draft.samples, start=draft.start)
    if overlap.long_run:
        named = {lang: [beside(sample.id, sample.source, lang) for sample in overlap.samples] for lang in LANGS}
        samples = {f"samples@{lang}": listed(named[lang], lang) for lang in LANGS}
        yield overlap.long_run.span, {"shared": str(overlap.shared), **samples}
