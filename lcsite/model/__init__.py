"""The nouns of lcsite, frozen: framework, place, assessment, toolbox, site, portfolio.

This room knows nothing of files, clocks, addresses, scores or pages.
"""
