"""Runs the engine for `lcsite build`: the same configuration file, a folder of our choice, a plan made already."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

from jinja2 import TemplateNotFound, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files

from lcsite.mkdocs_plugin.all_pages import NeedsAll
from lcsite.mkdocs_plugin.plugin import LcsitePlugin
from lcsite.pipeline import Plan
from lcsite.publishing.errors import EnvironmentTrouble, PublishError, Refused
from lcsite.publishing.first_look import Looks
from lcsite.working_apart import CopyLost

__all__ = ["NeedsAll", "Rendered", "render_site"]

_LOG = logging.getLogger("mkdocs")
_KNOWN_THEMES = (None, "material", "mkdocs", "readthedocs")
"""Those of packages whose versions are known; another one may change without a trace."""


class Rendered(NamedTuple):
    """A rendered site."""

    foreign: str
    """Who else has a hand in it besides the files of the site and this program, in words; empty where nobody has."""
    looks: Looks | None
    """What was seen of its pages while they were written; None where the engine wrote them."""


def render_site(
    plan: Plan, config_file: Path, output: Path, *, processes: int = 1, once: Callable[[], bool] = lambda: True,
    for_author: bool = False, part: bool = False,
) -> Rendered:
    """Render a planned site into an existing, empty folder, with up to two processes.

    The second of them begins `once` that holds.
    `for_author`: its pages show what is wrong, and come again when the site has been built again. `part`: the plan
    holds some of the site's pages only, and these with its downloads are all that is written.
    Raises Refused where the engine's file is not right, EnvironmentTrouble where the second process was ended, and
    NeedsAll where a part cannot be made without the rest.
    """
    with _listening() as said:
        try:
            config, plugin = _configured(config_file, output)
            others = _others(config, config_file)
            plugin.use(plan, processes=processes, once=once, for_author=for_author, part=part)
            with _naming_files_of_the_skin(config):
                if part:
                    _only_write(config)
                else:
                    try:
                        build(config)
                    except NeedsAll:
                        said.clear()  # the engine has told of it as of a fault
                        config, plugin = _configured(config_file, output)
                        plugin.use(plan, processes=1, for_author=for_author, by_the_engine=True)
                        build(config)
        except CopyLost as error:
            raise EnvironmentTrouble(f"{error}; build again, or with --jobs 1, which needs less memory") from error
        except MkDocsException as error:
            reasons = " ".join("; ".join(said or [str(error)]).split())
            raise Refused(f"{config_file}: {reasons}") from error
    if part and (said or plugin.looks is None):
        raise NeedsAll("others have a hand in the pages, or the engine warns of something")
    for words in said:
        _LOG.warning("%s: %s", config_file.name, words)
    return Rendered(others or ("the engine warns of something" if said else ""), plugin.looks)


def _configured(config_file: Path, output: Path) -> tuple[MkDocsConfig, LcsitePlugin]:
    config = _configuration(config_file, output)
    plugin = config.plugins.get("lcsite")
    if not isinstance(plugin, LcsitePlugin):
        raise Refused(f"{config_file}: plugins must name lcsite, or there is nothing to build")
    return config, plugin


def _only_write(config: MkDocsConfig) -> None:
    """The steps of the engine's build by which our own writer gets to work, and no other."""
    config = config.plugins.on_config(config)
    config.plugins.on_env(config.theme.get_env(), config=config, files=Files([]))
    config.plugins.on_post_build(config=config)


def _others(config: MkDocsConfig, config_file: Path) -> str:
    plugins = [name for name in config.plugins if name != "lcsite"]
    text = config_file.read_text("utf-8", errors="replace")
    folder = config_file.resolve().parent
    named = (
        "a hook" if config.hooks  # the engine counts hooks among the plugins
        else f"the plugin {plugins[0]}" if plugins
        else f"the theme {config.theme.name}" if config.theme.name not in _KNOWN_THEMES
        else "a menu of the engine (nav)" if config.nav
        else "what it takes from elsewhere (INHERIT, !ENV)" if "INHERIT" in text or "!ENV" in text
        else "its docs_dir, which is not content" if Path(config.docs_dir).resolve() != folder / "content"
        else "its custom_dir, which is not overrides"
        if config.theme.custom_dir and Path(config.theme.custom_dir).resolve() != folder / "overrides"
        else ""
    )
    return named and f"{config_file.name} names {named}"


def _configuration(config_file: Path, output: Path) -> MkDocsConfig:
    try:
        return load_config(config_file=str(config_file), site_dir=str(output))
    # Over what is odd in its own file, such as words where fields belong, the engine trips.
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise Refused(f"{config_file}: the engine cannot read this: {error}") from error


@contextmanager
def _naming_files_of_the_skin(config: MkDocsConfig) -> Iterator[None]:
    """Say where a template is wrong that somebody wrote for this site; what is wrong in one of ours is our fault."""
    skin = config.theme.custom_dir
    try:
        yield
    except TemplateNotFound as error:  # which is an OSError too
        place = _last_line_below(skin, error)
        if place and not any(Path(folder, str(error.name)).exists() for folder in config.theme.dirs):
            raise Refused(f'{place}: there is no template "{error.name}"') from error
        raise EnvironmentTrouble(f'the template "{error.name}" cannot be read') from error
    except (NeedsAll, OSError, PublishError):
        raise
    except Exception as error:
        if place := _last_line_below(skin, error):
            raise Refused(f"{place}: {type(error).__name__}: {' '.join(str(error).split())}") from error
        raise


def _last_line_below(folder: str | None, error: BaseException) -> str:
    """File and line of the innermost step below a folder on the way to an error; empty where there is none."""
    steps = [(step.filename, step.lineno) for step in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        steps.append((error.filename, error.lineno))
    below = [f"{file}:{line}" for file, line in steps if folder and Path(file).is_relative_to(folder)]
    return below[-1] if below else ""


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the engine has to say while the block runs. Where something stops it, that is told once, and by us."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    listener = Listener(logging.WARNING)
    before = _LOG.level, _LOG.propagate
    _LOG.setLevel(logging.WARNING)
    _LOG.propagate = False
    _LOG.addHandler(listener)
    try:
        yield said
    finally:
        _LOG.removeHandler(listener)
        _LOG.propagate = before[1]
        _LOG.setLevel(before[0])
