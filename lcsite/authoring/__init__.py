"""New files for people who do not want to begin with an empty one, and the list of what is still unknown.

What is written here is valid at once, explained by comments, and says what is missing. Nothing is ever overwritten, and
no answer, figure or outcome is made up.
"""

from __future__ import annotations

from lcsite.authoring.criteria_search import Choosing
from lcsite.authoring.draft import ChangedFile, Context, Draft, NewFile, Refused
from lcsite.authoring.examine import Workplace
from lcsite.authoring.kinds import KINDS, Kind
from lcsite.authoring.questions import Question, collect
from lcsite.authoring.writing import NotWritten, write_files

__all__ = [
    "KINDS", "ChangedFile", "Choosing", "Context", "Draft", "Kind", "NewFile", "NotWritten", "Question", "Refused",
    "Workplace", "collect", "write_files",
]
