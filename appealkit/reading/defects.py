"""The defects that an order defect rate counts, told from faults of goods: both are called defects."""

from collections.abc import Iterable

from appealkit.phrases import pattern
from appealkit.reading.told import Told
from appealkit.span import Span


def only_counted(told: Iterable[Told], naming: Iterable[Told]) -> bool:
    """Tell whether all that seems to complain of defective goods speaks of what the order defect rate counts.

    Args:
        told: the pieces of the notice.
        naming: those of them that seem to complain of defective goods.

    Returns:
        Whether it does: where the notice speaks of the rate, "the root cause of the defects" is about it, "of the product defects" is not.
    """
    return any(metric == "odr" for one in told for metric, _ in one.metrics) and all(map(counted_in, naming))


def counted_in(told: Told) -> Span | None:
    """Return the words by which a piece asks about defects, or names order defects, without a word of goods; None where it does not.

    Args:
        told: the piece.
    """
    bare = pattern("metric", "odr", "bare")
    of_goods = any(not bare.fullmatch(found.group()) for found in pattern("issue", "defective", "phrases").finditer(told.text))
    if of_goods:
        return None
    return told.find("metric", "odr", "counted") or (told.find("metric", "odr", "bare") if told.asks else None)
