// The pages of the one who leads stay as the room is: the parts that change are asked for again.

(() => {
  const EVERY = 4000;
  let missed = 0;
  const parts = () => [...document.querySelectorAll("[data-live]")];
  if (!parts().length) return;

  function renew(fresh) {
    for (const old of parts()) {
      const now = fresh.getElementById(old.id);
      if (!now) continue;
      // A form's own token is another one each time, and is nothing to look at.
      for (const token of now.querySelectorAll('[name="_xsrf"]')) token.setAttribute("value", document.body.dataset.token);
      if (now.isEqualNode(old)) continue;
      const held = old.contains(document.activeElement) ? document.activeElement.id : "";
      old.replaceWith(document.adoptNode(now));
      if (held) document.getElementById(held)?.focus();
    }
  }

  async function look() {
    if (document.hidden) return;
    try {
      // The Hub takes a script's word for who asks with the page's own token alone.
      const headers = { Accept: "text/html", "X-XSRFToken": document.body.dataset.token };
      const answer = await fetch(location.href, { headers, redirect: "manual" });
      if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
      missed = answer.ok ? 0 : missed + 1;
    } catch {
      missed += 1;
    }
    // What stands here is as it was: that is said, so that nobody waits for a couple to ask.
    const away = document.getElementById("eg-away");
    away.hidden = missed < 2;
    away.textContent = away.hidden ? "" : away.dataset.away;
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
