"""What a run says: a table of pages, a table of promises, and the differences of two runs."""

from collections.abc import Iterator

from tests.benchmarks.targets import MISSED_BY_MOST, TARGETS, Result, pairs, sizes

CHANGED: float = 1.25
"""From which factor on a page of two runs is told of: below it shared machines differ by themselves."""


def told(result: Result) -> Iterator[str]:
    """Yield the lines of the report of a run."""
    yield from _pages(result)
    yield ""
    yield from _promises(result)


def _pages(result: Result) -> Iterator[str]:
    small, large = sizes(result)
    yield f"milliseconds by HTTP, one process of gunicorn; {int(small):,} and {int(large):,} events"
    yield (
        f"{'page':44} {'queries':>7} {'rows':>7} {'kB':>6} {'cold':>7} {'p50':>7} {'p95':>7} {'p99':>7} {'again':>6} "
        f"{'p50 before':>10} {'times':>6}"
    )
    for name, before, page in pairs(result):
        again = f"{page['unchanged']:6.1f}" if page["unchanged"] else f"{'':6}"
        yield (
            f"{name[:44]:44} {page['queries']:7} {page['rows']:7,} {page['size'] / 1000:6.1f} {page['cold']:7.1f} "
            f"{page['p50']:7.1f} {page['p95']:7.1f} {page['p99']:7.1f} {again} {before['p50']:10.1f} "
            f"{page['p50'] / before['p50']:6.2f}"
        )


def _promises(result: Result) -> Iterator[str]:
    for target in TARGETS:
        figure = target.find(result)
        if figure is None:
            yield f"not measured  {target.name}: {target.words()}"
            continue
        kept = "kept  " if target.missed_by(figure.value) <= 1 else "MISSED"
        yield f"{kept}  {figure.value:8.2f} {target.unit:6} {target.name}: {target.words()}  {figure.of}".rstrip()


def broken(result: Result) -> list[str]:
    """Return the ratios that a run misses by more than what a shared machine explains."""
    return [
        f"{target.name}: {figure.value:.2f} {target.unit}, {target.words()} {figure.of}"
        for target in TARGETS
        if target.is_floor and (figure := target.find(result)) and target.missed_by(figure.value) > MISSED_BY_MOST
    ]


def compared(before: Result, after: Result) -> Iterator[str]:
    """Yield what differs between two runs of the same sizes: pages with other queries, or clearly faster or slower."""
    for size in sorted(set(before["pages"]) & set(after["pages"]), key=int):
        yield f"{int(size):,} events"
        for name, new in after["pages"][size].items():
            old = before["pages"][size].get(name)
            if old is None:
                yield f"  new             {name}"
                continue
            times = new["p50"] / old["p50"]
            if new["queries"] != old["queries"] or not 1 / CHANGED < times < CHANGED:
                yield (
                    f"  {times:5.2f} times     {name}: {old['p50']:.1f} → {new['p50']:.1f} ms, "
                    f"{old['queries']} → {new['queries']} queries"
                )
