"""What was promised about the journal, tried: short versions in pytest, full ones by `make proof`.

Each module tries one promise and returns a `Result`. "Killed" is a process killed; a power cut is
simulated; nothing here claims more.
"""
