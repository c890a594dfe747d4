"""Every kind of response, declared once: its fields, its limits and who may see it.

From a declaration follow the CSV columns, the form, the check on bad input, the data dictionary
and the table of practices. `declaration` says how one is written; a module a part holds them.
"""
