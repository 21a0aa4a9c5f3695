"""What becomes of a register when the program is killed, the power goes or the disk is full; `python -m tests.reliability`.

A run of its own, not part of the suite: it takes a quarter of an hour. Its figures stand in docs/reliability.md.
"""
