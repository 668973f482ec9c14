"""The generated parts of the documents: tables that are written from the records that the code itself reads.

`python -m wbsim.documents` writes them into `docs/`, between markers that leave the text around them alone;
`--check` tells whether they are out of date. Works from a checkout only, and is imported by nothing else.
"""
