// One long notebook as a few pages: the cells of one H2 at a time, the first page lists them all.
// Without this script, and on paper, everything stands one below the other.

const evenground = (() => {
  const SLOW = 25000;
  const sections = [];
  let main;
  let said;

  const make = (tag, made = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(made)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  function slugOf(heading) {
    const words = heading.textContent.normalize("NFKD").toLowerCase().match(/[\p{L}\p{N}]+/gu) || ["page"];
    const slug = words.join("-");
    const same = sections.filter((one) => one.slug === slug || one.slug.startsWith(`${slug}--`)).length;
    return same ? `${slug}--${same + 1}` : slug;
  }

  function begin(heading) {
    const node = make("section", { class: "eg-section" });
    const section = { node, heading, slug: "", title: "" };
    if (heading) {
      section.slug = heading.tagName === "H2" ? slugOf(heading) : "";
      section.title = heading.textContent;
      heading.id = `heading-${section.slug || "first"}`;
      heading.tabIndex = -1;
      node.setAttribute("aria-labelledby", heading.id);
      // The part stays the heading above all others, on each of its pages.
      const part = { class: "eg-eyebrow", role: "heading", "aria-level": "1" };
      if (section.slug && said.part) node.append(make("p", part, said.part));
    }
    if (section.slug) node.id = section.slug;
    sections.push(section);
    return section;
  }

  function arrange() {
    main = document.getElementById("main");
    said = document.body.dataset;
    for (const anchor of main.querySelectorAll(".eg-prose .anchor-link")) anchor.remove();
    const cells = [...main.children].filter((node) => !node.matches("noscript"));
    let now = begin(cells[0] && cells[0].querySelector("h1"));
    for (const cell of cells) {
      if (!cell.matches(".eg-prose")) {
        now.node.append(cell);
        continue;
      }
      let prose = make("div", { class: "eg-prose" });
      for (const node of [...cell.childNodes]) {
        if (node.nodeName === "H2") {
          if (prose.childElementCount) now.node.append(prose);
          prose = make("div", { class: "eg-prose" });
          now = begin(node);
        }
        prose.append(node);
        if (!prose.parentNode) now.node.append(prose);
      }
      cell.remove();
    }
    main.append(...sections.map((section) => section.node));
    if (sections.length > 1) sections[0].node.append(contents());
    sections.forEach((section, number) => section.node.append(pager(number)));
    show(here(), false);
  }

  function contents() {
    const list = make("ol");
    for (const section of sections.slice(1)) {
      list.append(make("li", {}, make("a", { href: `#${section.slug}` }, section.title)));
    }
    const heading = make("h2", { class: "eg-contents-title", id: "heading-contents" }, said.inPart);
    return make("nav", { class: "eg-contents", "aria-labelledby": heading.id }, heading, list);
  }

  function nextPart() {
    const links = [...document.querySelectorAll("#eg-parts a")];
    const at = links.findIndex((link) => link.getAttribute("aria-current") === "page");
    return links[at + 1];
  }

  function pager(number) {
    const nav = make("nav", { class: "eg-pager", "aria-label": said.pages });
    const link = (way, href, title) => {
      const word = way === "before" ? said.before : said.after;
      nav.append(make("a", { href, class: `eg-${way}` }, make("span", { class: "eg-pager-word" }, word), " ", make("span", { class: "eg-pager-title" }, title)));
    };
    const before = sections[number - 1];
    const after = sections[number + 1];
    if (before) link("before", before.slug ? `#${before.slug}` : "#", before.title);
    if (after) link("after", `#${after.slug}`, after.title);
    else if (nextPart()) link("after", nextPart().href, nextPart().textContent.trim());
    return nav;
  }

  function here() {
    const slug = decodeURIComponent(location.hash.slice(1));
    const at = sections.findIndex((section) => section.slug && section.slug === slug);
    return at < 0 ? 0 : at;
  }

  function show(number, focus) {
    sections.forEach((section, at) => (section.node.hidden = at !== number));
    if (!focus) return;
    window.scrollTo(0, 0);
    const heading = sections[number].heading;
    if (heading) heading.focus({ preventScroll: true });
  }

  function turn(number) {
    history.pushState(null, "", sections[number].slug ? `#${sections[number].slug}` : location.pathname);
    show(number, true);
  }

  // "next", "back", the slug of a section, or an address of this app.
  function go(to, from) {
    if (to === "next") {
      // Whoever has turned the page in the meantime is not moved on once more.
      if (from && !sections[here()].node.contains(from)) return;
      if (here() + 1 < sections.length) turn(here() + 1);
      else location.assign(nextPart() ? nextPart().href : said.base);
      return;
    }
    if (to === "back") {
      turn(Math.max(here() - 1, 0));
      return;
    }
    const slug = to.replace(/^#/, "");
    const at = sections.findIndex((section) => section.slug === slug);
    if (at >= 0) {
      turn(at);
      return;
    }
    const address = new URL(to, location.href);
    if (address.origin === location.origin) location.assign(address.href);
  }

  // What a cell showed arrives at the end of the document, and is taken to the cell's own place.
  function place() {
    for (const coming of document.querySelectorAll(".eg-coming")) {
      const slot = document.getElementById(coming.dataset.to);
      if (slot) {
        const shown = [...coming.children];
        slot.append(...shown);
        if (shown.some((node) => node.matches(".eg-shown"))) waitFor(slot);
        else settle(slot);
      }
      coming.remove();
    }
    evenground.widgets.take();
  }

  function settle(slot) {
    const opening = slot.querySelector(".eg-opening");
    if (opening) opening.remove();
  }

  function waitFor(slot) {
    const seen = new MutationObserver(() => {
      if (!slot.querySelector(".eg-shown > :not(script) > *")) return;
      seen.disconnect();
      settle(slot);
    });
    seen.observe(slot, { childList: true, subtree: true });
  }

  function placed() {
    place();
    // A cell that never ran, because one before it failed, shows nothing.
    for (const slot of document.querySelectorAll(".eg-slot:not(:has(.eg-shown))")) settle(slot);
  }

  function tell(words) {
    for (const opening of document.querySelectorAll(".eg-opening")) opening.textContent = words;
  }
  const failed = () => tell(said.failed);
  setTimeout(() => tell(said.slow), SLOW);

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('#main a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slug = decodeURIComponent(link.getAttribute("href").slice(1));
    const at = slug ? sections.findIndex((section) => section.slug === slug) : 0;
    if (at < 0) return;
    event.preventDefault();
    turn(at);
  });
  window.addEventListener("popstate", () => show(here(), true));
  window.addEventListener("evenground:go", (event) => go(event.detail.to, event.detail.from));
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("button#eg-pause")) {
      window.dispatchEvent(new CustomEvent("evenground:pause"));
    }
  });

  // Pause on Help leads here: the room pauses as soon as it is there to hear it.
  function pauseIfAsked() {
    if (location.hash !== "#pause") return;
    history.replaceState(null, "", location.pathname);
    const who = document.getElementById("eg-who");
    const there = new MutationObserver(() => {
      there.disconnect();
      window.dispatchEvent(new CustomEvent("evenground:pause"));
    });
    there.observe(who, { childList: true });
  }
  document.addEventListener("DOMContentLoaded", pauseIfAsked);

  return { arrange, place, placed, failed };
})();
