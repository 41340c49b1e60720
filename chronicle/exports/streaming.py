"""JSON that is too long to be held: written item by item, in the order in which it comes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""By which spreadsheets know that a table is in UTF-8."""


def json_text(value: Any) -> str:
    """Return JSON in one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def json_number(number: Decimal) -> int | float:
    """Return a number as JSON has it: a whole one without a fraction."""
    return int(number) if number == number.to_integral_value() else float(number)


def json_list(items: Iterable[Any]) -> Iterator[str]:
    """Yield a list in JSON, an item to a line."""
    yield "["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{json_text(item)}"
    yield "\n]\n"


def json_object(
    head: Mapping[str, Any], name: str, items: Iterable[Any], tail: Callable[[], Mapping[str, Any]] = dict
) -> Iterator[str]:
    """Yield an object in JSON that begins with `head`, then has the list `name`, then what is known only after it."""
    yield f"{json_text(head)[:-1]}{', ' if head else ''}{json_text(name)}: "
    yield from json_list(items)
    last = json_text(tail())
    yield f"{', ' if last != '{}' else ''}{last[1:]}\n"


def together(texts: Iterable[str], number: int = 200) -> Iterator[bytes]:
    """Yield texts as bytes in UTF-8, some at a time, since each piece costs a turn of the server."""
    following = iter(texts)
    while some := list(islice(following, number)):
        yield "".join(some).encode()
