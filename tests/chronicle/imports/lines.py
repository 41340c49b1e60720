"""Tables as a file would give them."""

from typing import Any

from chronicle.imports import Line, Table


def table(model: Any, *rows: dict[str, str], name: str = "sheet") -> Table:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return Table(model, name, columns, [Line(number, row) for number, row in enumerate(rows, start=2)])
