"""Runs the engine for `lcsite build`: the same configuration file, a folder of our choice, a plan made already."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config

from lcsite.mkdocs_plugin.plugin import LcsitePlugin
from lcsite.pipeline import Plan

__all__ = ["render_site", "serve_site"]


def render_site(plan: Plan, config_file: Path, output: Path) -> None:
    """Render a planned site into an existing, empty folder."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(config_file=str(config_file), site_dir=str(output))
    plugin = config.plugins["lcsite"]
    assert isinstance(plugin, LcsitePlugin)
    plugin.use(plan)
    build(config)


def serve_site(config_file: Path, *, address: str) -> None:
    """Build and show a site, and build it again when a file changes. Raises OSError where the address is taken."""
    serve(config_file=str(config_file), dev_addr=address)
