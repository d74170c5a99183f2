"""A badge and a card on a page of a stranger, sent as the files for hosts say: shown in both palettes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lcsite.exporting.host_files import EMBED_POLICY, OTHER_HEADERS
from lcsite.pipeline import plan_site
from tests.browser.hosts import host
from tests.exporting.test_embeds import ATTACK, towns

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
STYLES = Path(__file__).parents[2] / "lcsite" / "theme" / "assets" / "lcsite" / "card.css"
HEADERS = {"Content-Security-Policy": EMBED_POLICY, **OTHER_HEADERS}


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(21, 34, 45)"), ("dark", "rgb(241, 243, 244)")])
def test_a_badge_and_a_card_are_shown_on_a_page_of_a_stranger(
    browser: Browser, tmp_path: Path, axe: str, scheme: str, ink: str
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for file in plan_site(towns()).site.downloads:
        if file.address.startswith("embed/"):
            (ours / file.address).parent.mkdir(parents=True, exist_ok=True)
            (ours / file.address).write_bytes(file.content())
    (ours / "assets/lcsite").mkdir(parents=True)
    (ours / "assets/lcsite/card.css").write_bytes(STYLES.read_bytes())
    theirs.mkdir()
    with host(ours, HEADERS) as here, host(theirs) as there:
        at = f"{here}embed/alder/garden-rules"
        (theirs / "index.html").write_text(
            f'<!doctype html><title>x</title><img src="{at}.svg" alt="x"><iframe src="{at}.html" width="320"></iframe>'
        )
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        alerts: list[str] = []
        page.on("dialog", lambda dialog: alerts.append(dialog.message))
        page.goto(there)
        assert page.evaluate("document.querySelector('img').naturalWidth") == 320
        card = page.frames[1]
        assert card.locator("h1").inner_text() == ATTACK
        assert card.evaluate("getComputedStyle(document.body).color") == ink
        assert card.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert card.locator("li").count() == 3
        card.evaluate(axe)
        found = card.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert "color-contrast" in {rule["id"] for rule in found["passes"]}
        assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found["violations"]] == []
        assert alerts == []
        page.close()
