"""The facilitator's room. It holds plans and words of ours, and nothing that a couple wrote."""

from evenground.group.run_sheet import run_sheet as run_sheet
