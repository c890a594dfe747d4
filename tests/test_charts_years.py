"""Ten years of weekly reviews, opened and drawn, beside pandas that reads their CSV alone.

The seconds are in docs/bench.md. Here stand ratios of one run, wide enough for a busy machine: they
break when somebody makes the way from the files to a drawing longer with each review.
"""

from __future__ import annotations

import pytest

from bench import charts, years

OPENED, DRAWN = 3, 12  # times pandas alone, imports and all; measured 0.3 and 2.6


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    years.write(folder, 10)
    return folder


def spent(name, folder):
    return charts.spent(charts.START + charts.TRIED[name] + charts.STOP, folder)


def test_ten_years_open_and_draw_in_a_few_times_what_pandas_alone_takes(journal):
    alone = min(spent("pandas alone: import and read_csv of two files", journal) for _ in "12")

    assert spent("our journal opened, nothing drawn", journal) <= OPENED * alone
    assert spent("one gap chart", journal) <= DRAWN * alone
