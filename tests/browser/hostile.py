"""Words that would run, load or break something if any page took them for more than words."""

from __future__ import annotations

import json

RUN = "window.__pwn=1"
TAGS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<math><mtext></mtext><img src=x onerror={RUN}></math>",
    f"<a href=javascript:{RUN}>a</a>",
    f"<form action=javascript:{RUN}><button>b</button></form>",
    f"<style>@keyframes x{{}}</style><b style='animation:x' onanimationstart={RUN}>",
    f"<template><script>{RUN}</script></template>",
    f"<base href=javascript:{RUN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<img src=//evil.example/x.png>",
    "<style>@import '//evil.example/x.css'</style>",
    f"<xss id=x tabindex=1 onfocus={RUN}></xss>",
)
BEFORE = ("", '">', "'>", "</textarea>", "</script>", "--></style></title>")
OTHERS = (
    f"javascript:{RUN}",
    f"' onmouseover='{RUN}",
    f'" autofocus onfocus="{RUN}',
    f"</script><script>{RUN}</script>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {name} {other} %(x)s %s",
    f"$\\href{{javascript:{RUN}}}{{x}}$",
    "$$\\require{html}\\unicode{x}$$",
    f"![x](x) [x](javascript:{RUN})",
    f"```html\n<script>{RUN}</script>\n```",
    "# heading\n- list\n| a | b |",
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    '@SUM(1)\t+1\r-1,";\n',
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62;",
    f"\u2028<script>{RUN}</script>\u2029",
    f"\ufeff\u202e<script>{RUN}</script>\u202c",
    f"＜script＞{RUN}＜/script＞",
    f'{{"__proto__": {{"x": "{RUN}"}}}}',
    "__proto__",
    "constructor",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "'; DROP TABLE people; --",
    f"<!--<script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml' onload='{RUN}'/>",
)
PAYLOADS = tuple(dict.fromkeys([before + tag for before in BEFORE for tag in TAGS] + [*OTHERS]))
ALL = "\n".join(PAYLOADS).replace("\r", "\n")  # a box makes one of the other
# Names have room for 40 letters.
NAMES = (f"<svg onload={RUN}>", f"<img src=x onerror={RUN}>")

# What none of our pages has, and what would be there if words had become markup.
NOT_OURS = (
    "img, iframe, embed, object, base, form, marquee, video, audio, math, template, xss,"
    " [autofocus], body meta, body link, body style, script:not([src], [nonce], [type$=json]),"
    " [onerror], [onload], [onfocus], [ontoggle], [onmouseover], [onanimationstart], [onstart],"
    " [href^='javascript:'], [href*='evil.example'], [src*='evil.example']"
)
FOREIGN = f"""
() => [...document.querySelectorAll({json.dumps(NOT_OURS)})]
  .map((el) => el.outerHTML.slice(0, 200))
"""


class Turns:
    """Payloads in turn, as many at a time as there is room for."""

    def __init__(self) -> None:
        self._at = 0
        self.used: set[str] = set()

    def take(self, room: int) -> str:
        """Return the next ones, one below the other; each of them comes in its turn."""
        taken: list[str] = []
        for _ in PAYLOADS:
            words = PAYLOADS[self._at % len(PAYLOADS)]
            if sum(map(len, taken)) + len(taken) + len(words) > room:
                if taken or len(words) <= room:
                    break
                self._at += 1  # too long for such a box: the next one
                continue
            taken.append(words)
            self.used.add(words)
            self._at += 1
        return "\n".join(taken)
