"""Blocks and checks, one module for each document: they take facts of runs and return Markdown, and run nothing."""
