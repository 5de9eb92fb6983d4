"""What the tests of the forms share."""

from ipywidgets import HTML, Widget  # type: ignore[import-untyped]

from appealkit.widgets.live import LiveView

HOSTILE = "<script>alert('x')</script> & {{ 7919 * 7907 }}"


def inside(widget: Widget) -> list[Widget]:
    """Return a widget and all that it holds."""
    return [widget, *(deeper for child in getattr(widget, "children", ()) for deeper in inside(child))]


def seen(form: Widget) -> str:
    """Return all HTML that a form shows."""
    return "".join(widget.value for widget in inside(form) if isinstance(widget, HTML | LiveView))
