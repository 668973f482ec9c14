"""Scenario files: found by name or path, read with every error at once, resolved into frozen records.

`resolve` finds a file, `text` refuses what cannot be parsed safely, `linemap` knows the line of every key,
`merge` joins a file with the one it extends, `read_*` check it, `schema` holds the records that come out,
`load` does it all; `diff`, `jsonschema` and `plugin` serve the command line. Imports `wbsim.tables` and
`wbsim.errors`; nothing that simulates, and nothing of the numerical libraries.
"""
