"""How rows of ours are told from other bytes."""

from __future__ import annotations

import re

# How a row of ours begins, and what it has in it when somebody moved the columns.
OWN_ROW = re.compile(rb'[\r\n]"?e\d+"?[,;\t]"?[a-z][0-9a-f]{12,}')
OWN_CHECK = re.compile(rb'[",;\t]k[0-9a-f]{16}[",;\t\r\n]')
