"""What people send by other ways than a file of ours: the text of a form, a table of a spreadsheet.

Everything that comes in here is a stranger's. It is read with limits, never carried out, and becomes a draft that the
same checks judge as any file; nothing that is there is written over.
"""
