"""The command line: one module a group of commands; `app` joins them and turns errors into exit codes.

A command imports what it needs when it runs, so that `wbsim --help` answers at once. Nothing imports this
package.
"""
