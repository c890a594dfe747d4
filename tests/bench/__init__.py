"""How fast pages are, beside others: `make bench`, in parts that can be taken one at a time."""
