"""The sections of the report, one module each.

A module has `build(results)`, which returns a frozen record or None where there is nothing to show, and
`shown(results)`, the plain data behind its tables and figures; `templates/sections` holds a partial of the same name
that reads the record as `it`. `order` lists the sections, `part` holds what they share.
"""
