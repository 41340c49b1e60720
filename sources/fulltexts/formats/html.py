"""HTML: what a browser would show as text, without scripts, styles and what is hidden; one page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from sources.fulltexts.formats.plain import decoded
from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page, UnreadableError

DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "head",
    "select",
    "datalist",
)
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)


def pages(path: Path, limits: Limits, told: list[str]) -> Iterator[Page]:  # noqa: ARG001 - every reader's signature
    """Yield the one page that a web page is."""
    content = path.read_bytes()
    try:
        root = html.document_fromstring(_readable(content, told))
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("The page is no HTML that can be read: save it as plain text, then send that.") from error
    for tag in list(root.iter(*DROPPED)):
        tag.drop_tree()
    yield Page("".join(_text(root)))


def _readable(content: bytes, told: list[str]) -> bytes | str:
    """The page, decoded where it is UTF-8 or says nothing of its encoding; else lxml follows what it says."""
    try:
        return content.decode("utf-8-sig").encode("utf-8", "xmlcharrefreplace").decode()
    except UnicodeDecodeError:
        return content if b"charset" in content[:4096].lower() else decoded(content, told)


def _text(root: Any) -> Iterator[str]:
    """The text in its order, without recursion: pages may be nested as deeply as memory allows."""
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        name = item.tag if isinstance(item.tag, str) else ""
        is_hidden = not name or item.get("hidden") is not None
        around = "\n" if name in BLOCKS or name == "br" else ""
        waiting.append(_joined(item.tail))
        if is_hidden:
            continue
        waiting.append(around if name != "br" else "")
        waiting.extend(reversed(item))
        waiting.append(_joined(item.text) if name != "pre" else item.text or "")
        yield around


def _joined(text: str | None) -> str:
    """Text as HTML has it: its line ends are spaces."""
    return " ".join(text.split("\n")) if text else ""
