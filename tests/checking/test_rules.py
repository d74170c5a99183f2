from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import lcsite.checking
from lcsite.checking import RULES, check_portfolio
from lcsite.problems import Problems, as_text
from lcsite.reading import read_portfolio
from tests.builders import garden_site


def test_no_rule_is_forgotten() -> None:
    written = {
        function
        for module in pkgutil.iter_modules(lcsite.checking.__path__)
        for name, function in inspect.getmembers(import_module(f"lcsite.checking.{module.name}"), inspect.isfunction)
        if not name.startswith("_") and list(inspect.signature(function).parameters) == ["portfolio", "origins"]
    }
    assert written == {*RULES}


def test_a_message_points_at_the_line_and_column_in_the_author_s_file(tmp_path: Path) -> None:
    garden = garden_site(tmp_path)
    garden.write(
        "cities/alder/assessments/2026-garden-rules.yml",
        "framework: garden-rules@2026.1\nas_of: 2026-06-30\nby: {kind: self, who: Nine neighbours}\n"
        "answers:\n  gardens-1: 3\n  gardens-2:   # a comment\n    value: 9\n  garden-3: 1\n",
    )
    portfolio, origins, problems = read_portfolio(tmp_path)
    assert portfolio is not None
    problems.extend(check_portfolio(portfolio, origins))
    assert as_text(Problems(problems)) == (
        'cities/alder/assessments/2026-garden-rules.yml:7:12: error: 9 is not on the scale "steps" (0 to 4)  '
        "[answer-off-scale]\n"
        '  hint: 4 means "Usual"\n'
        'cities/alder/assessments/2026-garden-rules.yml:8:3: error: garden-rules has no question "garden-3"  '
        "[unknown-indicator]\n"
        '  hint: did you mean "gardens-2"?\n'
    )
