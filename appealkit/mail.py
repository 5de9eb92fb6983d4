"""A message as a file: its text, whatever a mail program wrapped it in."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from appealkit.text_file import text_in

_HEADERS = ("From", "Date", "Subject")
_SENDER = r"(?:from|\u5bc4\u4ef6\u8005|\u5bc4\u4ef6\u4eba|\u53d1\u4ef6\u4eba)"
_FORWARDED = re.compile(rf"^[>\s]{{0,9}}(?:<b>|\*)?{_SENDER}(?:</b>|\*)? ?[:\uff1a]", re.IGNORECASE | re.MULTILINE)
_HEAD = 8192  # bytes; so far the headers of a saved mail are looked for


def text_of(content: bytes) -> str:
    r"""Return the text of a message: of a mail as it was saved (`.eml`) the body that is shown, under its sender, day and subject.

    Args:
        content: a text in any common encoding or a `.docx`, or a mail in the encoding that it names.

    Returns:
        The text.

    Raises:
        NoTextError: when it is no text.

    >>> mail = b"From: Amazon <x@amazon.com>\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nSGVsbG8s"
    >>> text_of(mail).splitlines()
    ['From: Amazon <x@amazon.com>', '', 'Hello,']
    """
    head = content[:_HEAD].lstrip().lower()
    if b"\nmime-version:" in head or head.startswith((b"mime-version:", b"received:", b"return-path:")):
        mail = message_from_bytes(content.lstrip(), EmailMessage, policy=default)
        body = mail.get_body(("html", "plain"))
        if body is not None:
            text = str(body.get_content())
            if _FORWARDED.search(text):  # it has the headers that matter in it; those around it are of whoever passed it on
                return text
            headers = [f"{name}: {mail[name]}" for name in _HEADERS if mail[name]]
            return "\n".join([*headers, "", text])
    return text_in(content)
