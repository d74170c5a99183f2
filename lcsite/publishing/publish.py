"""From a function that renders a site to a published folder that is never half a site.

The recipe of a build's last part. It knows nothing of pages, engines or content.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from lcsite.light_classes import dataclass
from lcsite.problems import Problem, Problems
from lcsite.publishing.errors import (
    EnvironmentTrouble,
    OutputRejected,
    Refused,
    describe,
    naming_environment_trouble,
)
from lcsite.publishing.lock import only_build
from lcsite.publishing.swap import put_in_place, recover, remove
from lcsite.publishing.target import MARKER, MARKER_TEXT, Target, examine

__all__ = ["Published", "leave_as_it_is", "publish"]


@dataclass(frozen=True, slots=True)
class Published:
    """A finished publication: the folder, the warnings of the inspection, and a leftover that would not go away."""

    folder: Path
    warnings: Problems
    left_behind: Path | None = None


def publish(
    target: Path,
    render: Callable[[Path], None],
    *,
    inspect: Callable[[Path], Iterable[Problem]] = lambda _: (),
    source: Path | None = None,
    inputs: Sequence[Path] = (),
    finish: Callable[[Path, Problems], None] = lambda *_: None,
    spare: Path | None = None,
    from_spare: bool = False,
) -> Published:
    """Render into a folder beside the target, inspect it there, and put it in the target's place.

    `render` gets an existing, empty folder. `source` and `inputs` are what the site is made from (see `examine`).
    `finish` gets the published folder and the warnings, before another build may begin. The site that was replaced is
    not removed but put at `spare`, if nothing stands there; `from_spare`: what stands there is what `render` gets, and
    what it has made goes back there if it is not to be published. To make and remove thousands of folders can take
    longer than all else.
    Raises `Refused`, `Locked`, `EnvironmentTrouble` or `OutputRejected`, or whatever `render` raises; after each of
    them the target is the old site, byte for byte.
    """
    with naming_environment_trouble(f'cannot publish to "{target}"'):
        place = examine(target, source=source, inputs=inputs)
        place.folder.parent.mkdir(parents=True, exist_ok=True)
        beside = os.stat(place.folder.parent)
        with _naming_what_must_be_allowed(place), only_build(place.lock):
            recover(place)
            try:
                warnings = _make(place, render, inspect, spare if from_spare else None)
                if examine(target, source=source, inputs=inputs) != place or not _is_same(place.folder.parent, beside):
                    raise EnvironmentTrouble(f'"{target}" was moved to another place while the site was made')
                put_in_place(place)
            except BaseException:
                if not (from_spare and spare is not None and _put_aside(place.new, spare)):
                    with suppress(OSError, Refused):
                        remove(place.new)
                raise
            if spare is not None:
                _put_aside(place.new, spare)
            left_behind = _remove_replaced(place)
            finish(place.folder, warnings)
            return Published(place.folder, warnings, left_behind)


def leave_as_it_is(
    target: Path, *, stands: Callable[[Path], bool], source: Path | None = None, inputs: Sequence[Path] = ()
) -> bool:
    """Whether the published folder `stands` already as it should, asked while no other build can exchange it.

    Raises what `publish` raises of such a target.
    """
    with naming_environment_trouble(f'cannot publish to "{target}"'):
        place = examine(target, source=source, inputs=inputs)
        with _naming_what_must_be_allowed(place), only_build(place.lock):
            recover(place)
            return stands(place.folder)


def _is_same(folder: Path, before: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(folder), before)
    except FileNotFoundError:
        return False


@contextmanager
def _naming_what_must_be_allowed(place: Target) -> Iterator[None]:
    """A server may have given away the output folder alone; the site is made beside it."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename == os.fspath(place.lock):
            raise EnvironmentTrouble(
                f'cannot publish to "{place.folder}": {describe(error)}; the site is made beside that folder, which '
                f'takes the right to write in "{place.folder.parent}"'
            ) from error
        raise


def _make(
    place: Target, render: Callable[[Path], None], inspect: Callable[[Path], Iterable[Problem]], spare: Path | None
) -> Problems:
    if spare is None or not _put_aside(spare, place.new):
        os.mkdir(place.new)
    with naming_environment_trouble("the site could not be written"):
        render(place.new)
    with naming_environment_trouble("the finished site could not be inspected"):
        found = Problems(inspect(place.new))
    if found.errors:
        raise OutputRejected(found)
    with open(place.new / MARKER, "wb") as marker:
        marker.write(MARKER_TEXT)
    with suppress(FileNotFoundError):
        os.chmod(place.new, stat.S_IMODE(os.lstat(place.folder).st_mode))
    return found


def _put_aside(folder: Path, at: Path) -> bool:
    """Move a folder to where nothing stands, in one step; `False`, with nothing changed, where that cannot be."""
    if os.path.lexists(at):
        return False
    try:
        os.rename(folder, at)
    except OSError:
        return False
    return True


def _remove_replaced(place: Target) -> Path | None:
    """Remove the old site. The new one is published already, so trouble here is told and not raised."""
    for replaced in (place.new, place.old):
        try:
            remove(replaced)
        except (OSError, Refused):
            return replaced
    return None
