"""Open data and sheets: everything that a reader may take away, as files with the same bytes every time.

The files are the only proof that the pages need: from them every score can be worked out again. No file puts places in
the order of a score. Nothing is imported here: a build of a few texts opens two or three of these modules, and not all.
"""
