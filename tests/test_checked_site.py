"""Reading and checking come to the same, however many processes read, and whatever a menu names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lcsite.checked_site import read_and_check
from lcsite.pages.certain_addresses import certain_addresses
from lcsite.pipeline import planned_pages
from tests.builders import SiteFolder, garden_site

ROOT = Path(__file__).parents[1]

IN_TWO = """
import os, sys, time
from pathlib import Path
from lcsite import checked_site
from lcsite.problems import as_text

first, parted, read_in = os.getpid(), set(), {{}}
checked_site._MANY, checked_site._FILES_AT_ONCE = 1, 2
checked_site.processes_at_hand = lambda: {processes}
read_portfolio = checked_site.read_portfolio

def reading(*given, read_all, **more):
    def watched(read, files):
        def marked(file, raw):
            if os.getpid() != first and {end_copy}:
                os.kill(os.getpid(), 9)
            if not parted:
                time.sleep(0.3)  # so that the copy comes to its turn on a busy machine too
            parted.add(file.path)
            return read(file, raw)
        return read_all(marked, files)
    return read_portfolio(*given, read_all=watched, **more)

checked_site.read_portfolio = reading
read = checked_site.read_and_check(Path(sys.argv[1]))
print(as_text(read.problems))
print(read.portfolio)
print(len(parted), file=sys.stderr)
"""


def read_by(root: Path, processes: int, *, end_copy: bool = False) -> tuple[str, int]:
    """What is read and found, and how many files the first process has read itself."""
    program = IN_TWO.format(processes=processes, end_copy=end_copy)
    done = subprocess.run(
        [sys.executable, "-c", program, str(root)], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return done.stdout, int(done.stderr)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
def test_two_processes_read_what_one_reads_and_go_on_when_one_is_ended(tmp_path: Path) -> None:
    made = garden_site(tmp_path)
    for n in range(60):
        made.place(f"town-{n}", f"Town {n}", kind="twon" if n % 7 == 0 else "town")

    alone, files = read_by(made.root, 1)

    assert "twon" in alone
    assert files > 60
    together, own = read_by(made.root, 2)
    assert together == alone
    assert own < files, "the copy has read some"
    assert read_by(made.root, 2, end_copy=True)[0] == alone


def test_addresses_that_are_called_certain_have_a_page_in_every_plan(tmp_path: Path) -> None:
    for root in (SiteFolder(tmp_path / "empty").root, garden_site(tmp_path / "garden").root, ROOT):
        portfolio = read_and_check(root).portfolio
        assert portfolio is not None
        planned = {page.address for page in planned_pages(portfolio)}
        assert certain_addresses(portfolio) <= planned


def test_a_menu_may_name_any_page_of_the_plan_and_no_other(tmp_path: Path) -> None:
    menu = [
        {"title": "Places", "page": "cities/"}, {"title": "Rarer", "page": "toolbox/practices/by/outcome/worked/"},
        {"title": "Wrong", "page": "citeis/"},
    ]
    found = read_and_check(garden_site(tmp_path, menu=menu).root).problems

    (problem,) = found
    assert (problem.code, problem.message) == ("broken-link", 'there is no page "citeis/"')
    assert 'did you mean "cities/"?' in problem.hint
