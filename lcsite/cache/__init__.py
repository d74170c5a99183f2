"""What earlier runs worked out, kept so that it need not be worked out again.

No other room knows of this one: the command hands its memories to whoever can use one, and without them all is slower
and the same.
"""

from lcsite.cache.last_build import KeptBuild
from lcsite.cache.outcomes import KeptOutcomes, Outcome
from lcsite.cache.reading_memory import KeptReadings
from lcsite.cache.store import Store
from lcsite.cache.template_memory import KeptTemplates
from lcsite.cache.whereabouts import NoCache, open_store

__all__ = [
    "KeptBuild", "KeptOutcomes", "KeptReadings", "KeptTemplates", "NoCache", "Outcome", "Store",
    "open_store",
]  # fmt: skip
