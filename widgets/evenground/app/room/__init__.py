"""A room: JupyterHub as it is, with the app as what each couple's server runs.

It needs the extra `room` and the proxy from npm, which nothing else here does. Nothing outside this
folder imports it but the command that opens a room.
"""
