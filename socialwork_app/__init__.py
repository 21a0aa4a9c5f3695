"""社会工作人才登记册: the register of social-work talent of a district office."""

__version__ = "0.1.0"
PROGRAM_TITLE = "社会工作人才登记册"
