"""One build, from what is asked for to a published folder: whole, or only what shows texts that have changed.

Whoever calls lends what is known of the build before; without it every build is whole, and gives the same site.
"""

from lcsite.building.build import build, processor_seconds
from lcsite.building.built import Built, LastBuild
from lcsite.building.inputs import Input
from lcsite.building.order import Finished, Order

__all__ = ["Built", "Finished", "Input", "LastBuild", "Order", "build", "processor_seconds"]
