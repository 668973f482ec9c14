"""Finished worlds on disk, chunk by chunk, so that nothing finished is lost and nothing wrong is ever read.

Knows arrays, keys and files, and nothing of scenarios or models.
"""
