"""How tests/journals/e1 was made, once: `PYTHONPATH=widgets python tests/journals/make_e1.py`.

The folder is kept as it is for ever. A new format gets a folder and a script of its own.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenground.journal import Journal, sealing
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision
from evenground.records.start import Person

home = Path(__file__).parent / "e1"
times = iter(datetime(2026, 11, 20, 8, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(99))
journal = Journal(home, now=lambda: next(times))
journal.add(Person(name="Sam"), author="a")
journal.add(Person(name="Noor"), author="b")
first = journal.add(
    Decision.typed({"topic": "=1+1", "why": 'He said "no",\nand left.'}), author="a"
)
journal.add(
    Decision.typed({"topic": "Two\u2028lines, once", "look_again": "2026-12-01"}), author="b"
)
journal.add(Decision.typed({"topic": "=1+1 in “quotes”"}), author="a", replaces=first.thread)
journal.set_passphrase("a", "three lamps by the river")
sealing.code = lambda: "A2E4 G6J8 K1M3 N5P7 Q9R0 S2T4"
journal.set_passphrase("b", "four lamps by the sea")
journal.add(Moment.typed({"act": "as a camera\ntold"}), author="a")
journal.keep_draft("b", "moments", {"act": "not kept yet"}, private=True, base=None)
