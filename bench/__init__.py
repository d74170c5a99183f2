"""Measures builds: portals of any size made up by rule, the same pages for other engines, and a driver for all."""
