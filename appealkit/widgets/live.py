"""A view that keeps the reader's place while it changes, and tells those who listen what changed."""

from pathlib import Path

import anywidget
from traitlets import Unicode


class LiveView(anywidget.AnyWidget):
    """HTML that is replaced only where it differs: an `HTML` widget would take the keyboard's place with it at every change.

    Args:
        value: the HTML, made and escaped by the kit's own templates.
        said: one line for those who listen; it is told once the writing pauses.
        lost: HTML in place of the value once the kernel is gone; none where it may stay.
    """

    _esm = Path(__file__).with_name("live.js").read_text(encoding="utf-8")
    value = Unicode().tag(sync=True)
    said = Unicode().tag(sync=True)
    lost = Unicode().tag(sync=True)
