"""One build, from what is asked for to a published folder: whole, or only what shows texts that have changed.

Whoever calls lends what is known of the build before; without it every build is whole, and gives the same site. Nothing
is imported here: a build asks for one module after the other, while a second process looks at files.
"""
