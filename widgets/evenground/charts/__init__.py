"""What two people wrote, as pictures: each with a spoken description and its numbers in a table.

Each chart module (`gap`, `promises`, …) takes plain dated numbers and says a `Drawing`. Altair is
imported only while one is drawn, since it costs a kernel over a second and 40 MB: `plots` holds
all that knows it. No words of anyone come here but titles of promises and areas, and two names.
"""
