"""A page with real views on it and no Voila: the script in a browser, the Python behind it here.

The page's model is a small one of our own: what it sends comes to the view over HTTP, and what the
view answers goes back the same way. `deaf` makes the stage answer nothing, like a kernel that is
gone.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evenground.forms.source import look, widget

if TYPE_CHECKING:
    from evenground.forms import View

STATIC = Path(__file__).parents[2] / "widgets/evenground/app/template/static"

TRAITS = ("tree", "rev", "words", "place", "people", "who", "line", "saved")

FONTS = """
@font-face { font-family: "Source Serif 4 Variable"; font-weight: 200 900;
  src: url(/fonts/source-serif-4-latin-opsz-normal.woff2); }
@font-face { font-family: "Inter Variable"; font-weight: 100 900;
  src: url(/fonts/inter-latin-wght-normal.woff2); }
"""

# The column of our page, in short; its own style sheet belongs to the app.
COLUMN = """
html { scroll-padding-top: 112px; }
body { margin: 0; background: var(--eg-ground); }
main, #eg-cover { max-width: 672px; margin: 0 auto; padding: 24px 16px 72px; }
#eg-bar, #eg-wholine, #eg-offline { padding-inline: max(16px, 50% - 336px); }
.eg-covered main { display: none; }
.stage-cell + .stage-cell { margin-top: 56px; }
"""

HEADER = """
<header id="eg-header">
  <div id="eg-bar"><a class="eg-product" href="/">Even Ground</a>
    <nav class="eg-bar-actions" aria-label="This page">
      <button type="button" id="eg-pause">Pause</button><a id="eg-help" href="/help">Help</a>
      <button type="button" id="eg-leave">Leave this page</button></nav></div>
  <div id="eg-wholine"><div id="eg-who"></div>
    <div id="eg-saved" role="status" aria-live="polite"></div></div>
  <div id="eg-offline" hidden></div>
</header><section id="eg-cover" hidden></section>
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Even Ground</title><style>{fonts}</style>{look}<style>{column}</style></head>
<body class="{body}">{header}<main id="main"><h1 hidden>Stage</h1></main>
<script type="module" src="/stage.js"></script></body></html>
"""


class Stage:
    """Real views, shown on a page of their own at `url`."""

    def __init__(self, *, ours: bool = True, **views: View) -> None:
        """Put up the views; `ours` shows them in the frame of our page, else as in JupyterLab."""
        self.views = views
        self.ours = ours
        self.deaf = False
        self.said: dict[str, list[dict[str, Any]]] = {name: [] for name in views}
        self.lock = threading.Lock()
        for name, view in views.items():
            self._listen(name, view)
        stage = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stage.answer_get(self)

            def do_POST(self) -> None:
                stage.answer_post(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _listen(self, name: str, view: View) -> None:
        said = self.said[name]
        view.send = lambda content: said.append({"message": content})

        def changed(change: Any) -> None:
            said.append({"trait": change["name"], "value": change["new"]})

        view.observe(changed, [trait for trait in TRAITS if view.has_trait(trait)])

    def answer_get(self, asked: BaseHTTPRequestHandler) -> None:
        path = urlsplit(asked.path).path
        if path == "/":
            sheet = f'<style id="eg-look">{look()}</style>' if self.ours else ""
            body = "eg eg-nobody" if self.ours else ""
            header = HEADER if self.ours else ""
            column = COLUMN if self.ours else ""
            html = PAGE.format(fonts=FONTS, look=sheet, column=column, body=body, header=header)
            self._reply(asked, "text/html", html.encode())
        elif path == "/forms.js":
            self._reply(asked, "text/javascript", widget().encode())
        elif path == "/stage.js":
            code = Path(__file__).with_suffix(".js").read_bytes()
            self._reply(asked, "text/javascript", code)
        elif path == "/states":
            states = {
                name: {trait: getattr(view, trait) for trait in TRAITS if view.has_trait(trait)}
                for name, view in self.views.items()
            }
            self._reply(asked, "application/json", json.dumps(states).encode())
        elif path.startswith("/fonts/") and (STATIC / path[1:]).is_file():
            self._reply(asked, "font/woff2", (STATIC / path[1:]).read_bytes())
        else:
            self._reply(asked, "text/plain", b"")

    def answer_post(self, asked: BaseHTTPRequestHandler) -> None:
        name = urlsplit(asked.path).path.removeprefix("/to/")
        message = json.loads(asked.rfile.read(int(asked.headers["Content-Length"])))
        if self.deaf:
            self._reply(asked, "application/json", b"[]")
            return
        with self.lock:
            self.views[name]._handle_custom_msg(message, [])
            answers = list(self.said[name])
            self.said[name].clear()
        self._reply(asked, "application/json", json.dumps(answers).encode())

    @staticmethod
    def _reply(asked: BaseHTTPRequestHandler, kind: str, body: bytes) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", f"{kind}; charset=utf-8")
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)
