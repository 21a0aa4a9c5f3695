"""Speed and memory, each against its floor in the same run: `python -m tests.benchmark`. No test is timed."""
