"""The last part of a build: render beside, inspect, swap, so that the published folder is always one whole site.

This room writes only the output folder and its own siblings; it holds no rule of the domain.
"""

from __future__ import annotations

from lcsite.publishing.errors import EnvironmentTrouble, Locked, OutputRejected, PublishError, Refused
from lcsite.publishing.first_look import FirstLook, Looks, Seen
from lcsite.publishing.offline_copy import make_offline
from lcsite.publishing.output_check import inspect_output
from lcsite.publishing.page_facts import source_hash
from lcsite.publishing.publish import Published, publish
from lcsite.publishing.search_index import index_site

__all__ = [
    "EnvironmentTrouble",
    "FirstLook",
    "Locked",
    "Looks",
    "OutputRejected",
    "PublishError",
    "Published",
    "Refused",
    "Seen",
    "index_site",
    "inspect_output",
    "make_offline",
    "publish",
    "source_hash",
]
