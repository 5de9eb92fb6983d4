"""What all forms share: one line of stored output, a status line, and the fields."""

from collections.abc import Callable, Iterable

from ipywidgets import HTML, Box, Dropdown, Text, Textarea, ValueWidget, VBox  # type: ignore[import-untyped]

from appealkit.files import KitError
from appealkit.language import Lang, beside, listed, say
from appealkit.marketplaces import spellings
from appealkit.metrics import published
from appealkit.sheet import figure_names
from appealkit.view import render
from appealkit.widgets.live import LiveView


class Part(VBox):  # type: ignore[misc]
    """A form, or a part of one, whose stored output is one fixed line: the same in every run and every release of ipywidgets.

    Args:
        lang: language of its words, `en` or `zh-Hant`.
    """

    def __init__(self, lang: Lang) -> None:
        """Begin with nothing in it."""
        super().__init__()
        self._lang = lang

    def __repr__(self) -> str:
        """Return the line that a notebook stores."""
        return self._say("stored")

    def _say(self, key: str, **values: object) -> str:
        return say(f"form.{key}", self._lang, **values)


class Form(Part):
    """A form, with a line that tells how things stand.

    Args:
        lang: language of the form, `en` or `zh-Hant`.
    """

    def __init__(self, lang: Lang) -> None:
        """Begin an empty form; `status` is there to be placed."""
        super().__init__(lang)
        lost = render("form_status.html.j2", lang, problems=[say("form.lost", lang)])
        self._status = LiveView(lost=lost).add_class("ak-told")
        self._problems: tuple[str, ...] = ()
        self._tell(())
        self.add_class("appealkit-form")

    @property
    def problems(self) -> tuple[str, ...]:
        """What the status line says; empty when there is nothing wrong."""
        return self._problems

    def _tell(self, told: Iterable[str]) -> None:
        self._problems = tuple(told)
        self._status.value = render("form_status.html.j2", self._lang, problems=self._problems)

    def _safely(self, step: Callable[..., object], *arguments: object) -> None:
        """Do one step for a callback: JupyterLab shows nothing of what one raises, so the status line has to."""
        try:
            step(*arguments)
        except KitError as error:
            self._tell(str(error).splitlines())
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader must see it and go on writing
            self._tell([self._say("broken", error=f"{type(error).__name__}: {error}")])


def note_line(note: str, lang: Lang) -> str:
    """Return one line of HTML that tells how things stand."""
    return render("form_note.html.j2", lang, note=note)


def line(value: str = "", name: str = "") -> Text:
    """Make a field of one line, such as a day: it is read while it is typed.

    Args:
        value: what stands in it.
        name: its name, in the reader's language.

    Returns:
        The field.
    """
    return Text(value, description=name, continuous_update=True)


def passage(value: str = "", rows: int = 2) -> Textarea:
    """Make a field of several lines.

    Args:
        value: what stands in it.
        rows: how many lines it shows.

    Returns:
        The field.
    """
    return Textarea(value, continuous_update=True, rows=rows)


def writing(label: str, value: str = "", rows: int = 9) -> Textarea:
    """Make a field across the whole form, with its name above, for a text of many lines.

    Args:
        label: its name, in the reader's language.
        value: what stands in it.
        rows: how many lines it shows.

    Returns:
        The field.
    """
    field = passage(value, rows)
    field.description = label
    return field.add_class("ak-answer")


def metric_fields(lang: Lang) -> dict[str, ValueWidget]:
    """Make the fields of a metric: which it is, its figures, and how many defects there are of each kind.

    Args:
        lang: language of their names, `en` or `zh-Hant`.

    Returns:
        The fields, by their paths in the metric.
    """
    metrics = [(_every_name(metric.name[lang], lang), name) for name, metric in published().items()]
    choice = Dropdown(options=[(say("form.choice.metric-none", lang), ""), *metrics], value="", description=say("form.field.metric", lang))
    return {"id": choice} | {path: line(name=name) for path, name in figure_names(lang).items()}


def _every_name(metric: str, lang: Lang) -> str:
    """Name a metric as every marketplace does, so that a seller finds the words of the notice."""
    name, *others = spellings(metric)
    return beside(name, listed(others, lang), lang) if others else name


def kinds_of(metric: str) -> tuple[str, ...]:
    """Return the kinds of defect that count against a metric; none as long as no metric is chosen."""
    return published()[metric].counts if metric else ()


def offer(field: Dropdown, options: Iterable[tuple[str, str]]) -> None:
    """Offer other options, and keep the chosen one if it is still there.

    Args:
        field: a field to choose from; its empty value is "".
        options: what is shown and what it stands for.
    """
    offered, chosen = tuple(options), field.value
    if field.options != offered:
        field.options = offered
        field.value = chosen if chosen in dict(offered).values() else ""


def row(*fields: ValueWidget) -> Box:
    """Place fields beside each other, as far as there is room.

    Args:
        fields: the fields.

    Returns:
        The box that holds them.
    """
    return Box(fields).add_class("ak-row")


class Row(Box):  # type: ignore[misc]
    """Fields beside each other, and below them what is wrong with one of them.

    Args:
        fields: the fields.
    """

    def __init__(self, *fields: ValueWidget) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._said = HTML().add_class("ak-said")
        self.hold(fields)
        self.add_class("ak-row").add_class("ak-grid")

    def hold(self, fields: Iterable[ValueWidget]) -> None:
        """Hold other fields.

        Args:
            fields: the fields.
        """
        self.children = (*fields, self._said)

    def tell(self, problems: Iterable[str], lang: Lang) -> None:
        """Say what is wrong with the fields.

        Args:
            problems: one sentence or two a problem; none when all is well.
            lang: `en` or `zh-Hant`.
        """
        self._said.value = render("form_row.html.j2", lang, problems=list(problems))
