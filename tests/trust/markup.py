"""A page as a browser takes it apart: its words, its links, its forms, and whatever no page of ours has."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "url", "email", "tel", "number", "password", "textarea"}
"""Fields into which somebody can type."""
FRAMES = {"iframe", "object", "embed", "marquee", "math", "video", "animate"}
DATA = {"application/ld+json", "application/json", "text/html"}
"""What a script element may hold within the page: nothing that runs."""

Attributes = dict[str, str]


@dataclass
class Field:
    """A field of a form: its name, what kind it is, what stands in it, and what can be chosen."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_sent: bool = True


@dataclass
class Form:
    """A form: where it is sent, how, and its fields and buttons in their order."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def typed(self) -> list[str]:
        """The names of the fields into which somebody can type."""
        return list(dict.fromkeys(each.name for each in self.fields if each.kind in TYPED))

    def sent(self) -> dict[str, list[str]]:
        """What a browser sends if nothing is touched, and no button has a name."""
        data: dict[str, list[str]] = {}
        for each in self.fields:
            if each.is_sent:
                data.setdefault(each.name, []).append(each.value)
        return data


class Page(HTMLParser):
    """Reads a page; `wrong` has handlers, scripts within the page, and addresses that run."""

    def __init__(self, body: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.lists_of_errors = 0
        self.inside = ""
        self._form: Form | None = None
        self._area: Field | None = None
        self._select: Field | None = None
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        given = {name: value or "" for name, value in attrs}
        self.inside = given.get("type", "text/javascript") if tag == "script" and "src" not in given else ""
        if self.inside and self.inside not in DATA:
            self.wrong.append(f"a script in the page: {self.get_starttag_text()}")
        self.wrong += [f"an attribute of {tag}: {each}" for each in _running(tag, given)]
        if tag in FRAMES:
            self.wrong.append(f"an element {tag}")
        if "errorlist" in given.get("class", ""):
            self.lists_of_errors += 1
        self.words += given.values()
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self._of_form(tag, given)

    def _of_form(self, tag: str, given: Attributes) -> None:
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._form.fields.append(_input(name, given))
        elif tag == "button" and name:
            self._form.fields.append(Field(name, "submit", given.get("value", ""), is_sent=False))
        elif tag == "textarea" and name:
            self._area = Field(name, "textarea")
            self._form.fields.append(self._area)
        elif tag == "select" and name:
            self._select = Field(name, "select", is_sent=False)
            self._form.fields.append(self._select)
        elif tag == "option" and self._select:
            self._option(given)

    def _option(self, given: Attributes) -> None:
        assert self._select
        self._select.options.append(given.get("value", ""))
        if "selected" in given:
            self._select.value, self._select.is_sent = given.get("value", ""), True

    def handle_endtag(self, tag: str) -> None:
        """A script ends where its tag does, and so do forms and what they hold."""
        self.inside = ""
        if tag == "textarea" and self._area:
            self._area.value = self._area.value.removeprefix("\n")  # as the standard says: HTML, 13.2.6.4.7
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        """Text is text; within a script it has to be JSON."""
        if self._area is not None:
            self._area.value += data
        if self.inside.endswith("json") and data.strip():
            try:
                json.loads(data)
            except ValueError:
                self.wrong.append(f"broken JSON in the page: {data[:80]}")
        self.words.append(data)


def _input(name: str, given: Attributes) -> Field:
    kind = "readonly" if "readonly" in given else given.get("type", "text")
    is_sent = kind not in {"submit", "button", "file", "image", "reset"} and (
        kind not in {"checkbox", "radio"} or "checked" in given
    )
    return Field(name, kind, given.get("value", "on" if kind == "checkbox" else ""), is_sent=is_sent)


def _running(tag: str, given: Attributes) -> list[str]:
    """Attributes that run a script, or that a payload brought along."""
    found = []
    for name, value in given.items():
        runs = value.strip().lower().startswith(("javascript:", "vbscript:", "data:text/html"))
        if (
            name.startswith("on")
            or "zq" in name
            or (tag == "base" and "zq" in value)
            or (runs and name in {"href", "src", "action", "data", "xlink:href"})
        ):
            found.append(f"{name}={value[:60]}")
    return found
