"""Pure arithmetic on exact fractions: from answers to scorecards, as the method page describes it.

No text beyond machine words, no files, no clock, and no function that puts two places' scores in an order.
"""

from lcsite.scoring.rounds import FirstRound, Rounds, compare_rounds
from lcsite.scoring.scorecard import NodeReading, Reading, Scorecard, score_assessment, score_series

__all__ = [
    "FirstRound", "NodeReading", "Reading", "Rounds", "Scorecard", "compare_rounds", "score_assessment", "score_series",
]
