"""Faults that sit in the words of single sentences."""

from collections.abc import Iterator

from appealkit.checks.draft import Check, Draft, Found, about


def signalled(rule: str) -> Check:
    """Make the check for a fault that sits in the words of single sentences."""

    def check(draft: Draft) -> Iterator[Found]:
        return (about(rule, sentence) for sentence in draft.signalled.get(rule, ()))

    return check
