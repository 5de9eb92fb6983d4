"""What the tests of the forms share."""

from ipywidgets import Widget  # type: ignore[import-untyped]

HOSTILE = "<script>alert('x')</script> & {{ 7919 * 7907 }}"


def inside(widget: Widget) -> list[Widget]:
    """Return a widget and all that it holds."""
    return [widget, *(deeper for child in getattr(widget, "children", ()) for deeper in inside(child))]
