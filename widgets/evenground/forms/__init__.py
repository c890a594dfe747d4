"""What people write in and press: the controls, the header, and how they look.

`View` shows a tree of nodes in a cell and brings back what is typed and pressed. `Room` is the
header and the cover. `nodes` makes the nodes, `form` makes those of a kind of response.
"""

from evenground.forms.fields import form, mistake
from evenground.forms.room import Room
from evenground.forms.source import look, module
from evenground.forms.view import Kept, View

__all__ = ["Kept", "Room", "View", "form", "look", "mistake", "module"]
