"""What a made-up portal of a given size holds, the same each time: places, practices, frameworks, criteria.

The size is counted in HTML pages that lcsite makes. Some pages every portal has (its home, what explains it, lists by
outcome, theme, kind and region); of the others about half are practices of 600 words, two fifths belong to places and
the rest to criteria. A larger portal has more years, countries and frameworks, not longer ones, up to a point; so how
many links back a criterion has does not depend on the size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bench.invented_text import InventedText

__all__ = ["Criterion", "Portal", "Practice", "TownOrCity"]

YEARS = (2022, 2024, 2026)
DIMENSIONS, CRITERIA_EACH, QUESTIONS_EACH = 4, 3, 3
CRITERIA = DIMENSIONS * CRITERIA_EACH
"""Criteria of one framework. A larger portal has more frameworks, not longer ones: so it is with real ones."""
TOOL_KINDS = ("guideline", "template")
THEMES = ("gardens", "music", "repair", "reading", "rivers", "streets")
PRACTICE_KINDS = ("book bus", "course", "festival", "house of learning", "network", "study circle", "voucher", "walk")
TOOLS = 8
# Codes that stand for no country and never will (ISO 3166-1 leaves them to users).
COUNTRIES = tuple(f"X{letter}" for letter in "ABCDEFGHIJLMNOPQRSTUVWYZ")
PLACES_OF_A_COUNTRY = 10
PRACTICE_YEARS = tuple(range(2005, 2027))
PRACTICES_OF_A_YEAR = 65
REGIONS = (
    "africa", "arab-states", "asia-and-the-pacific", "europe-and-north-america", "latin-america-and-the-caribbean",
)
KINDS = ("village", "town", "city", "region")
OUTCOMES = ("worked", "mixed", "did-not-work", "unknown")

PAGES_OF_EVERY_PORTAL = 76
"""Pages that do not become more with the size, among them the 404 page."""
PAGES_OF_A_FRAMEWORK = 3 + 2 * CRITERIA
"""Its page, the lists of its places and practices; of each criterion its page and the list of its practices."""
PAGES_OF_A_PLACE = 5
"""Profile, scorecard of three assessments, list of practices, its card for other sites, a page about the card."""
PAGES_OF_A_COUNTRY = 2
"""The lists of its places and of its practices."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with the ids of its questions; `ref` is `<framework>/<id>`."""

    framework: str
    id: str
    title: str
    gist: str
    questions: tuple[tuple[str, str], ...]

    @property
    def ref(self) -> str:
        return f"{self.framework}/{self.id}"


@dataclass(frozen=True, slots=True)
class TownOrCity:
    id: str
    name: str
    kind: str
    region: str
    country: str
    framework: str
    """The framework by which it looks at itself."""


@dataclass(frozen=True, slots=True)
class Practice:
    id: str
    title: str
    summary: str
    kind: str
    place: str
    country: str
    year: int
    outcome: str
    supports: tuple[str, ...]
    theme: str
    tool: str


@dataclass(frozen=True)
class Portal:
    """What a portal of which lcsite makes `size` HTML pages holds. Raises ValueError where that is too few."""

    size: int

    def __post_init__(self) -> None:
        if not 0 < len(self.places) <= len(self.practices):
            raise ValueError(f"{self.size} pages are too few: each place has to have a practice")

    @property
    def _own(self) -> int:
        """Pages that there are only because the portal is as large as it is."""
        return self.size - PAGES_OF_EVERY_PORTAL

    @cached_property
    def frameworks(self) -> tuple[str, ...]:
        return tuple(f"measure-{n:02d}" for n in range(1, max(1, round(self._own * 0.1 / PAGES_OF_A_FRAMEWORK)) + 1))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        return COUNTRIES[: max(len(REGIONS), round(self._own * 0.4 / (PLACES_OF_A_COUNTRY * PAGES_OF_A_PLACE)))]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which practices began."""
        return PRACTICE_YEARS[-max(4, round(self._own * 0.5 / PRACTICES_OF_A_YEAR)) :]

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(self._criterion(framework, n) for framework in self.frameworks for n in range(CRITERIA))

    def _criterion(self, framework: str, number: int) -> Criterion:
        text = InventedText(f"{framework} {number}")
        id_ = f"criterion-{number + 1:02d}"
        questions = tuple((f"{id_}-{n + 1}", text.sentence(14)) for n in range(QUESTIONS_EACH))
        return Criterion(framework, id_, text.title(3), text.sentence(16), questions)

    @cached_property
    def places(self) -> tuple[TownOrCity, ...]:
        lists = PAGES_OF_A_COUNTRY * len(self.countries)
        return tuple(self._place(number) for number in range(round((self._own * 0.4 - lists) / PAGES_OF_A_PLACE)))

    def _place(self, number: int) -> TownOrCity:
        text = InventedText(f"place {number}")
        name = f"{text.name()} {text.name()}"
        country = number % len(self.countries)
        return TownOrCity(
            f"{name.lower().replace(' ', '-')}-{number}", name, KINDS[number % len(KINDS)],
            REGIONS[country % len(REGIONS)], self.countries[country], self.frameworks[number % len(self.frameworks)],
        )  # fmt: skip

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        others = (
            PAGES_OF_A_PLACE * len(self.places) + PAGES_OF_A_COUNTRY * len(self.countries) + len(self.years)
            + PAGES_OF_A_FRAMEWORK * len(self.frameworks) + (len(self.frameworks) > 1)  # the crosswalk
        )  # fmt: skip
        return tuple(self._practice(number) for number in range(self._own - others))

    def _practice(self, number: int) -> Practice:
        text = InventedText(f"practice {number}")
        pick = text.chance
        place = self.places[number % len(self.places)]
        supports = tuple(dict.fromkeys(self.criteria[pick.randrange(len(self.criteria))].ref for _ in range(3)))
        return Practice(
            f"practice-{number:05d}", text.title(6), text.sentence(15), pick.choice(PRACTICE_KINDS), place.id,
            place.country, pick.choice(self.years), pick.choice(OUTCOMES), supports, pick.choice(THEMES),
            f"tool-{pick.randint(1, TOOLS)}",
        )  # fmt: skip
