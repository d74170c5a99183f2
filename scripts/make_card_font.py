"""Make the font of the social cards: `python scripts/make_card_font.py Lato-Bold.ttf`. Needs fontTools.

Done once; the result is committed as `lcsite/rendering/fonts/card-letters.ttf`. It keeps the letters that
`lcsite/rendering/social_cards.py` names and nothing else. Lato is under the Open Font License, whose reserved name a
changed font may not carry, so it is called Card Letters; its copyright line stays in it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

from lcsite.rendering.social_cards import COVERED

TARGET = Path("lcsite/rendering/fonts/card-letters.ttf")
FAMILY, STYLE = "Card Letters", "Bold"
NAMES = {1: FAMILY, 2: STYLE, 3: f"{FAMILY} {STYLE}", 4: f"{FAMILY} {STYLE}", 6: "CardLetters-Bold"}


def main(source: str) -> int:
    options = Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.drop_tables += ["DSIG", "GDEF"]
    options.recalc_timestamp = False
    font = load_font(source, options)
    letters = Subsetter(options)
    letters.populate(unicodes=[code for first, last in COVERED for code in range(first, last + 1)])
    letters.subset(font)
    for entry in font["name"].names:
        if entry.nameID in NAMES:
            entry.string = NAMES[entry.nameID]
    save_font(font, TARGET, options)
    wanted = {code for first, last in COVERED for code in range(first, last + 1)}
    missing = [hex(code) for code in sorted(wanted - set(font.getBestCmap()))]
    print(f"{TARGET}: {TARGET.stat().st_size} bytes; letters that it lacks: {missing or 'none'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
