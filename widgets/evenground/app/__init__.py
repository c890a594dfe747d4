"""What people start: the command, the server behind its door, and the page around a notebook."""
