"""Runs, one module for each subject: they simulate and return plain data, and know nothing of documents."""
