"""What features weigh for the roles and the faults of a sentence: `data/weights.json`, added up fast."""

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import filterfalse

from appealkit.tables import load

_LANE = 16  # bits of one label in a packed number; all weights of a label together stay below half of what they hold
_ZERO = 1 << (_LANE - 1)  # what a lane holds when its weights add up to nothing
LEAST = -_ZERO
"""Less than any label weighs."""
_OUTRIGHT = 15  # steps by which words alone show a fault, whatever the place and the neighbours of their sentence say
_BY_WORDS = ("blame", "denial", "emotional", "demanding")  # faults that words show so; what is vague hangs on what it is said of


class Weights(dict[str, int]):
    """The weights of all labels, by feature; those of one feature stand side by side in one number, so that one addition adds them all.

    It holds the features that have been met: they are few beside those of the data, and so they are found much faster.
    """

    def __init__(self, labels: Sequence[str], bias: Sequence[int], features: Mapping[str, str]) -> None:
        """Take the weights as `data/weights.json` holds them."""
        super().__init__()
        self.listed = features
        self.labels = tuple(labels)
        units = {label: 1 << _LANE * number for number, label in enumerate(self.labels)}
        self._bias = sum((weight + _ZERO) * unit for weight, unit in zip(bias, units.values(), strict=True))
        self._below_outright = self._bias - sum((_OUTRIGHT + 1) * units[fault] for fault in _BY_WORDS)
        self._of_faults = sum(_ZERO * units[fault] for fault in _BY_WORDS)
        self._lanes = struct.Struct(f"<{len(self.labels)}H")

    def total(self, features: Collection[str]) -> int:
        """Add the weights of features, all labels at once."""
        for feature in filter(self.listed.__contains__, [*filterfalse(self.__contains__, features)]):
            self[feature] = sum([weight << _LANE * label for label, weight in _pairs(self.listed[feature])])
        return sum(filter(None, map(self.get, features)))  # many features weigh nothing

    def outright(self, total: int) -> frozenset[str]:
        """Return the faults that weigh more than `_OUTRIGHT`: taken off that, its lane keeps the bit of `_ZERO`."""
        if not (total + self._below_outright) & self._of_faults:  # most sentences show none
            return frozenset()
        weighed = self.sums_of(total)
        return frozenset([fault for fault in _BY_WORDS if weighed[fault] > _OUTRIGHT])

    def sums_of(self, total: int) -> dict[str, int]:
        """Return what each label weighs, in steps."""
        lanes = self._lanes.unpack((total + self._bias).to_bytes(self._lanes.size, "little"))
        return dict(zip(self.labels, [lane - _ZERO for lane in lanes], strict=True))


@cache
def weights() -> Weights:
    """Return the weights of the data."""
    stored = load("weights.json")
    return Weights(stored["labels"], stored["bias"], stored["features"])


@lru_cache(maxsize=1 << 13)
def steps_of(feature: str) -> Mapping[str, int]:
    """Return what a feature weighs for each label for which it weighs anything, in steps."""
    return {weights().labels[label]: weight for label, weight in _pairs(weights().listed.get(feature, ""))}


def _pairs(listed: str) -> Iterator[tuple[int, int]]:
    """Read weights as the data lists them: the number of a label and what the feature weighs for it, by turns."""
    parts = map(int, filter(None, listed.split(",")))
    return zip(parts, parts, strict=True)
