"""Even Ground: a workbook for two people who want both to have a say."""

__version__ = "0.1.0"
