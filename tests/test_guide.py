"""What the curators' guide says of dates and figures is what the desk says."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from chronicle.curators import ROLES
from chronicle.figures import parse_figure
from chronicle.figures.understood import understood_figure
from sources.admin.widgets import understood

GUIDE = (Path(settings.BASE_DIR) / "docs" / "curators.md").read_text(encoding="utf-8")


def examples(heading: str) -> list[tuple[str, str]]:
    section = GUIDE.split(f"### {heading}\n")[1].split("\n#")[0]
    return re.findall(r"^\| `(.+?)` \| (.+?) \|$", section, flags=re.MULTILINE)


@pytest.mark.parametrize(("typed", "words"), examples("Dates"))
def test_dates_are_understood_as_the_guide_says(typed: str, words: str) -> None:
    assert understood(typed).split(" (")[0] == f"understood as: {words}"


@pytest.mark.parametrize(("typed", "words"), examples("Figures"))
def test_figures_are_understood_as_the_guide_says(typed: str, words: str) -> None:
    figure = parse_figure(typed)

    assert understood_figure(figure, "persons", is_whole=True) == f"understood as: {words}, counted in persons"


def test_links_of_the_guide_lead_to_its_sections() -> None:
    headings = re.findall(r"^###? (.+)$", GUIDE, flags=re.MULTILINE)
    anchors = {re.sub(r"[^a-z -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    asked = set(re.findall(r"\]\(#([a-z-]+)\)", GUIDE))

    assert len(asked) > 10
    assert asked - anchors == set()


def test_guide_has_examples_and_every_role() -> None:
    assert len(examples("Dates")) == 9
    assert len(examples("Figures")) == 7
    assert f"| | {' | '.join(ROLES)} |" in GUIDE
