"""Forms for notebooks; nothing else of the package imports ipywidgets."""

from appealkit.widgets.composer import LetterComposer
from appealkit.widgets.entries import Entry
from appealkit.widgets.exercise import Exercise, Sorting
from appealkit.widgets.figures import HealthForm
from appealkit.widgets.trainer import ClassFolder, OwnExercise
from appealkit.widgets.triage import NoticeTriage

__all__ = ["ClassFolder", "Entry", "Exercise", "HealthForm", "LetterComposer", "NoticeTriage", "OwnExercise", "Sorting"]
