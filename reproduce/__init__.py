"""Numbers of the documents that depend on runs of the model: made, put in their places and checked by one command.

This package belongs to the source tree and not to the installed one: it reads the documents and simulates by what
wbsim offers, and nothing in wbsim imports it.
"""
