"""Forms for notebooks; nothing else of the package imports ipywidgets."""

from appealkit.widgets.composer import Entry, LetterComposer
from appealkit.widgets.exercise import Exercise, Sorting

__all__ = ["Entry", "Exercise", "LetterComposer", "Sorting"]
