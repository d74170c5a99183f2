"""The only room that knows the engine. It hands our pages to MkDocs and holds no rule of the domain."""

from lcsite.mkdocs_plugin.plugin import LcsitePlugin

__all__ = ["LcsitePlugin"]
