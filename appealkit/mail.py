"""A message as a file: its text, whatever a mail program wrapped it in."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

_HEADERS = ("From", "Date", "Subject")
_HEAD = 8192  # bytes; so far the headers of a saved mail are looked for


def text_of(content: bytes) -> str:
    r"""Return the text of a message: of a mail as it was saved (`.eml`) the body that is shown, under its sender, day and subject.

    Args:
        content: a text in UTF-8, or a mail in any encoding that it names.

    Returns:
        The text.

    Raises:
        UnicodeDecodeError: when it is neither.

    >>> mail = b"From: Amazon <x@amazon.com>\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nSGVsbG8s"
    >>> text_of(mail).splitlines()
    ['From: Amazon <x@amazon.com>', '', 'Hello,']
    """
    head = content[:_HEAD].lstrip().lower()
    if b"\nmime-version:" in head or head.startswith((b"mime-version:", b"received:", b"return-path:")):
        mail = message_from_bytes(content.lstrip(), EmailMessage, policy=default)
        body = mail.get_body(("html", "plain"))
        if body is not None:
            headers = [f"{name}: {mail[name]}" for name in _HEADERS if mail[name]]
            return "\n".join([*headers, "", str(body.get_content())])
    return content.decode("utf-8-sig")
