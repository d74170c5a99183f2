"""The plugin's hooks, on public events only. Each hands over to another room within a few lines."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from lcsite import __version__
from lcsite.mkdocs_plugin.shell import download_file, media_file, page_file
from lcsite.pages import addresses
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.problems import as_text
from lcsite.publishing import PublishError, index_site
from lcsite.rendering.frame import site_frame

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

    def use(self, plan: Plan) -> None:
        """Build from a plan that was made already, in place of reading the files again."""
        self._ready = plan

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._plan = self._ready or _plan_or_stop(Path(config.config_file_path).parent)
        site = self._plan.portfolio.site
        config.site_name = site.title
        config.site_description = site.description
        if site.url:
            config.site_url = site.url
        config.extra["lc"] = site_frame(
            site,
            self._plan.renderer,
            version=__version__,
            report=site.report_url or addresses.contribute,
            find=addresses.find,
        )
        # The portal's own skin comes first, then our theme, then the engine's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.theme.static_templates.add(_STYLES)
        if not site.url:  # a sitemap holds whole addresses, or nothing
            config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self._plan is not None
        # The engine has picked up our sources and its theme's own scripts and styles; the site needs neither.
        wanted = {str(_THEME), config.theme.custom_dir}
        for file in list(files):
            if file.src_dir not in wanted or file.src_uri.startswith("css/") or file.src_uri == _STYLES:
                files.remove(file)
        for page in self._plan.site.pages:
            files.append(page_file(page, self._plan.renderer, config))
        for download in self._plan.site.downloads:
            files.append(download_file(download, config))
        root = Path(config.config_file_path).parent
        for address, path in self._plan.portfolio.media.items():
            files.append(media_file(address, root / path, config))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        assert self._plan is not None
        env.install_gettext_translations(self._plan.renderer.translations, newstyle=True)  # type: ignore[attr-defined]
        return env

    def on_post_page(self, output: str, *, page: Any, config: MkDocsConfig) -> str:
        page.content = ""  # written already; a large portal need not be held in memory whole
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self._ready is None:  # whoever gave the plan also does what follows the pages
            assert self._plan is not None
            try:
                index_site(Path(config.site_dir), language=self._plan.portfolio.site.language)
            except PublishError as error:
                _log.warning("%s; the find page points to the lists instead", error)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        root = Path(config.config_file_path).parent
        for folder in ("cities", "overrides"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server


def _plan_or_stop(root: Path) -> Plan:
    """Read and check a site. Problems go to the log; errors stop the build before anything is written."""
    read = read_and_check(root)
    if len(read.problems):
        (_log.error if read.problems.errors else _log.warning)("%s", as_text(read.problems))
    if read.portfolio is None or read.problems.errors:
        raise PluginError(f"{read.problems.errors} errors in the content; nothing was built")
    return plan_site(read.portfolio)
