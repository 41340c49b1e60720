"""A curator and readers of a running site, by HTTP alone: what each was told, and what was wrong with it.

Every save of the curator writes one number into all parts of an event, and publishes it. So a page that was made of two
states shows two numbers, and a number that was said to be public and is not shown is a lost one.
"""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from lxml import html

MARK = re.compile(r"Turn (\d+)\b")
PATIENCE = 300
"""Seconds after which an answer is none, on a machine that is busy."""
PAUSE = 0.05
"""Seconds before somebody asks again who got no answer, or whose page came at once."""
DONE, NO_ANSWER, SEE_OTHER, UNAVAILABLE = 200, 0, 302, 503


def marked(number: int) -> str:
    """The words of one state."""
    return f"Turn {number}"


@dataclass(frozen=True)
class Answer:
    """What the site answered; status 0 is no answer."""

    status: int
    text: str = ""
    to: str = ""


class Browser:
    """What keeps cookies and fills in forms."""

    def __init__(self, address: str, session: str = "") -> None:
        self.address = address
        self.cookies = {settings.SESSION_COOKIE_NAME: session} if session else {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._asked("GET", path, None)

    def sent(self, path: str, page: str, **changes: str) -> Answer:
        """Send the form of a page as it is shown, with changes."""
        forms = [form for form in html.fromstring(page).forms if "csrfmiddlewaretoken" in form.fields]
        form = max(forms, key=lambda form: len(form.fields))  # the others log out, or choose how the desk looks
        values = [(name, value) for name, value in form.form_values() if name not in changes]
        return self._asked("POST", path, urlencode([*values, *changes.items()]))

    def _asked(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(NO_ANSWER)
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, text, answer.headers.get("Location", ""))


@dataclass
class Told:
    """What a curator was told to be done: the numbers that were saved, and those that were published."""

    number: int = 0
    saved: list[int] = field(default_factory=lambda: [0])
    published: list[int] = field(default_factory=lambda: [0])


class Worker(threading.Thread):
    """Somebody who does one thing after another until the round is over."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(daemon=True)
        self.browser, self.over = browser, threading.Event()
        self.answers: Counter[int] = Counter()
        self.found: list[str] = []
        self.last = 0.0
        """When that began which was last done well."""

    def run(self) -> None:
        """Do it again and again."""
        while not self.over.wait(PAUSE):
            began = time.monotonic()
            if self.is_done_well():
                self.last = began

    def is_done_well(self) -> bool:
        """Do one thing, and return whether it was done."""
        raise NotImplementedError

    def noted(self, answer: Answer) -> Answer:
        """Count an answer."""
        self.answers[answer.status] += 1
        return answer


class Curator(Worker):
    """Saves and publishes, and keeps what she was told."""

    def __init__(self, browser: Browser, event: int, told: Told) -> None:
        super().__init__(browser)
        self.form = f"/admin/chronicle/event/{event}/change/"
        self.publishing = f"/admin/chronicle/event/publish/?id={event}"
        self.told = told

    def is_done_well(self) -> bool:
        """Save the next number, and publish it."""
        self.told.number += 1
        number, words = self.told.number, marked(self.told.number)
        if not self._is_sent(self.form, title=words, summary=words, **{"citations-0-statement": words}):
            return False
        self.told.saved.append(number)
        if not self._is_sent(self.publishing, kind="correction"):
            return False
        self.told.published.append(number)
        return True

    def _is_sent(self, path: str, **changes: str) -> bool:
        """Take a form and send it; whether it was said to be done."""
        page = self.noted(self.browser.get(path))
        if page.status != DONE:
            return False
        answer = self.noted(self.browser.sent(path, page.text, **changes))
        if answer.status == NO_ANSWER or answer.status >= http.client.INTERNAL_SERVER_ERROR:
            return False
        if answer.status != SEE_OTHER or "login" in answer.to:
            self.found.append(f"{path} answers {answer.status} {answer.to}")
            return False
        return True


class Reader(Worker):
    """Reads one page, and knows what she was shown before and what is public for sure."""

    def __init__(self, browser: Browser, page: str, told: Told) -> None:
        super().__init__(browser)
        self.page, self.told, self.newest = page, told, 0

    def is_done_well(self) -> bool:
        """Read the page."""
        least = max(self.newest, self.told.published[-1])
        answer = self.noted(self.browser.get(self.page))
        if answer.status in (NO_ANSWER, UNAVAILABLE):
            return False
        shown = {int(number) for number in MARK.findall(answer.text)}
        if answer.status != DONE or len(shown) != 1:
            self.found.append(f"a page ({answer.status}) that shows {sorted(shown)}")
            return False
        self.newest = min(shown)
        if self.newest < least:
            self.found.append(f"a page that shows {self.newest}, though {least} was public")
        return self.newest >= least
