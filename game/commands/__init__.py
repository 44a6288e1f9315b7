"""The commands of `baghdad`, one a file; each file holds a `command` and what only it needs."""
