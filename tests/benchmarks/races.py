"""Counts lost updates where two curators save one event in the same moment: `python -m tests.benchmarks.races [RACES]`.

On a database of its own. Each race is one of five kinds (`tests.chronicle.admin.races`): the same field, the same row,
different things, a row that one deletes, a new row. Of every two saves one has to be done and the other refused with
what differs; a save that was said to be done and is not there would be lost. Prints how many so far, which should be 0, after
every fifty races.
"""

import logging
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

RACES = 1_000
TOLD_EVERY = 50


def main(races: int) -> None:
    """Make two curators, let them race, and count."""
    import django  # noqa: PLC0415  # settings come first

    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # after django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415  # after django.setup()

    from tests.chronicle.admin.desk import curator, logged_in  # noqa: PLC0415  # after django.setup()
    from tests.chronicle.admin.races import CHANGES, raced  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0)
    setup_test_environment()
    logging.disable(logging.WARNING)  # every second answer is a refusal, as it should be
    both = [logged_in(get_user_model().objects.create_superuser("curator")), logged_in(curator("contributor", "anna"))]
    began, answers, lost, untold = time.perf_counter(), Counter(), 0, 0
    kinds = list(CHANGES)
    for number in range(1, races + 1):
        race = raced(both, kinds[number % len(kinds)])
        answers[race.answers] += 1
        lost += race.lost
        untold += not race.is_told
        if number % TOLD_EVERY == 0 or number == races:
            print(f"{number} races in {time.perf_counter() - began:.0f} s: answers {dict(answers)}", flush=True)
            print(f"lost updates: {lost}; refused without what differs: {untold}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    if "DATA_DIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="chronicle-benchmark-"))
        folder.chmod(0o755)
        os.environ["DATA_DIR"] = str(folder)
        print(f"In {folder}; stop it with DATA_DIR={folder} manage.py database stop")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RACES)
