"""Forms for notebooks; nothing else of the package imports ipywidgets."""

from appealkit.widgets.composer import LetterComposer
from appealkit.widgets.desk import PracticeDesk
from appealkit.widgets.drills import BuildLetter, FindFaults, MendPassage, SortSentences, ThenWhat
from appealkit.widgets.entries import Entry
from appealkit.widgets.exercise import Exercise, Sorting
from appealkit.widgets.figures import HealthForm
from appealkit.widgets.my_attempts import MyAttempts
from appealkit.widgets.notice import LetterReader, NoticeReader
from appealkit.widgets.trainer import ClassFolder, OwnExercise

__all__ = [
    "BuildLetter",
    "ClassFolder",
    "Entry",
    "Exercise",
    "FindFaults",
    "HealthForm",
    "LetterComposer",
    "LetterReader",
    "MendPassage",
    "MyAttempts",
    "NoticeReader",
    "OwnExercise",
    "PracticeDesk",
    "SortSentences",
    "Sorting",
    "ThenWhat",
]
