"""The plugin's hooks, on public events only. Each hands over to another room within a few lines."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from lcsite import __version__
from lcsite.mkdocs_plugin.all_pages import NOT_ALL
from lcsite.mkdocs_plugin.for_authors import ASSETS, PROBLEMS_FILE, problems_file
from lcsite.mkdocs_plugin.frame_templates import speak
from lcsite.mkdocs_plugin.shell import ShellPage, download_file, media_file, page_file
from lcsite.mkdocs_plugin.short_lists import ShortList
from lcsite.mkdocs_plugin.site_writer import SiteWriter, as_listed
from lcsite.pages import addresses
from lcsite.pages.page import Download
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.problems import Problems, as_text
from lcsite.publishing.errors import PublishError
from lcsite.publishing.first_look import Looks
from lcsite.publishing.search_index import index_site
from lcsite.reading.memory import ShortMemory
from lcsite.rendering.frame import site_frame

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["LcsiteConfig", "LcsitePlugin"]

_log = logging.getLogger("mkdocs.plugins.lcsite")
_THEME = Path(__file__).parent.parent / "theme"
_STYLES = "assets/lcsite/lcsite.css"
"""One sheet, put together from `css/` when the site is built."""


class LcsiteConfig(Config):  # type: ignore[no-untyped-call]
    """There is nothing to set: what a site is stands in `content/site.yml`."""


class LcsitePlugin(BasePlugin[LcsiteConfig]):  # type: ignore[no-untyped-call]
    """Puts the pages of a portfolio in the place of what the engine found in `content/`."""

    def __init__(self) -> None:
        self._ready: Plan | None = None
        self._plan: Plan | None = None
        self._serving = False
        self._for_author = False
        self._processes = 1
        self._once: Callable[[], bool] = lambda: True
        self._part = False
        self._listed: ShortList | None = None
        self._environment: Environment | None = None
        self._writing = False
        """Whether our own writer makes the pages, and not the engine."""
        self.looks: Looks | None = None
        """What our own writer saw of them."""
        self._problems = Problems()
        self._memory = ShortMemory()

    def use(
        self, plan: Plan, *, processes: int, for_author: bool, part: bool = False, by_the_engine: bool = False,
        once: Callable[[], bool] = lambda: True,
    ) -> None:
        """Build from a plan that was made already, in place of reading the files again.

        `part`: it holds some pages. `by_the_engine`: the engine goes through the pages itself. Of two `processes`, the
        second begins `once` that holds.
        """
        self._ready = plan
        self._processes, self._once = processes, once
        self._for_author = for_author
        self._part = part
        self._writing = not by_the_engine
        self._listed = None
        self.looks = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # An engine that knows this event also keeps the plugin, and what it remembers, from one build to the next.
        self._serving = self._for_author = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self._ready is None:
            self._problems = self._read_again(Path(config.config_file_path).parent)
        else:
            self._plan = self._ready
        assert self._plan is not None
        site = self._plan.portfolio.site
        config.site_name = site.title
        config.site_description = site.description
        if site.url:
            config.site_url = site.url
        config.extra["lc_site"] = site
        config.extra["lc"] = site_frame(
            site,
            self._plan.renderer,
            version=__version__,
            report=site.report_url or addresses.contribute,
            find=addresses.find,
            searched=[other.source for other in self._plan.portfolio.network.searched],
        )
        config.extra["lc_author"] = self._for_author
        self._writing = self._writing and list(config.plugins) == ["lcsite"]
        # The portal's own skin comes first, then our theme, then the engine's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.theme.static_templates.add(_STYLES)
        if not site.url:  # a sitemap holds whole addresses, or nothing
            config.theme.static_templates.discard("sitemap.xml")
        if self._writing:
            self._listed = ShortList([*filter(None, [config.theme.custom_dir]), str(_THEME)], config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self._plan is not None
        if self._listed is not None:
            self._listed.check(files)
        # The engine has picked up our sources and its theme's own scripts and styles; the site needs neither.
        wanted = {str(_THEME), config.theme.custom_dir}
        for file in list(files):
            not_for_readers = file.src_uri in ASSETS and not self._for_author
            if (
                file.src_dir not in wanted or file.src_uri.startswith("css/") or file.src_uri == _STYLES
                or not_for_readers
            ):
                files.remove(file)
        # Another plugin may look at what pages hold at any of its events, so that all of it has to be there early.
        late = list(config.plugins) == ["lcsite"]
        for page in self._plan.site.pages:
            if not self._writing or not page.address:  # the engine wants a page at least, to know of what day it is
                files.append(page_file(page, self._plan.renderer, config, late=late))
        for download in self._plan.site.downloads if not self._writing else ():
            files.append(download_file(download, config))
        if self._serving:
            told = Download(PROBLEMS_FILE, partial(problems_file, self._problems, self._plan.renderer))
            files.append(download_file(told, config))
        root = Path(config.config_file_path).parent
        for address, path in self._plan.portfolio.media.items():
            files.append(media_file(address, root / path, config))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        assert self._plan is not None
        speak(env, self._plan.renderer, theme=_THEME, alone=self._writing)
        self._environment = env
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if self._writing:
            assert self._plan is not None
            context["nav"] = NOT_ALL
            context["pages"] = as_listed(self._plan.site.pages, config) if template_name == "sitemap.xml" else NOT_ALL
        return context

    @event_priority(100)  # before anybody looks at it
    def on_page_context(
        self, context: TemplateContext, *, page: Any, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, ShellPage):
            page.before_writing(config)
        if self._writing:
            context["pages"] = context["nav"] = NOT_ALL
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: MkDocsConfig) -> str:
        if isinstance(page, ShellPage):
            page.after_writing()
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        assert self._plan is not None
        # Only now, when the engine has done its own: a second process is still busy until then, and free after it.
        if self._writing:
            assert self._environment is not None
            pages = [page for page in self._plan.site.pages if self._part or page.address]
            self.looks = SiteWriter(self._plan, config, self._environment, theme=_THEME).write(
                pages, processes=self._processes, once=self._once
            )
        if self._ready is None:  # whoever gave the plan also does what follows the pages
            try:
                index_site(Path(config.site_dir), language=self._plan.portfolio.site.language)
            except PublishError as error:
                _log.warning("%s; the find page points to the lists instead", error)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        root = Path(config.config_file_path).parent
        for folder in ("cities", "gathered", "overrides"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server

    def _read_again(self, root: Path) -> Problems:
        """Read, check and plan a site. Errors stop the build before anything is written; in the author's loop the site
        stays as it was before, and says what is wrong.
        """
        read = read_and_check(root, memory=self._memory)
        if len(read.problems):
            (_log.error if read.problems.errors else _log.warning)("%s", as_text(read.problems))
        if read.portfolio is not None and not read.problems.errors:
            self._plan = plan_site(read.portfolio)
        elif self._plan is None or not self._serving:
            raise PluginError(f"{read.problems.errors} errors in the content; nothing was built")
        return read.problems
