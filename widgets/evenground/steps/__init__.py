"""What a notebook cell shows: `from evenground import steps`, then one call a cell."""

from evenground.steps import acknowledge as acknowledge
from evenground.steps import alone as alone
from evenground.steps import amends as amends
from evenground.steps import listen as listen
from evenground.steps import review as review
from evenground.steps import start as start
from evenground.steps.room import open_page as open_page
