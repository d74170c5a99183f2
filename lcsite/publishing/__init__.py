"""The last part of a build: render beside, inspect, swap, so that the published folder is always one whole site.

This room writes only the output folder and its own siblings; it holds no rule of the domain. Nothing is imported here:
what is wrong with a folder shows before anything is read, and what inspects pages is opened while files are parsed.
"""
