/* What scripts add to pages that work without them: suggestions while typing, filters that stay open on wide screens,
   menus that close. Search field and list follow the ARIA combobox pattern (WAI-ARIA APG, «list autocomplete»). */
(() => {
  "use strict";
  const DELAY = 140;

  function combobox(field) {
    const input = field.querySelector("input[type=search]");
    const box = field.querySelector(".suggestions");
    let timer = 0, asked = 0, chosen = -1;
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": box.id })
      .forEach(([name, value]) => input.setAttribute(name, value));

    const options = () => [...box.querySelectorAll("[role=option]")];
    const isOpen = () => !box.hidden;

    function close() {
      box.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function show(html) {
      box.innerHTML = html;
      const any = options().length > 0;
      box.hidden = !any;
      chosen = -1;
      input.setAttribute("aria-expanded", String(any));
      input.setAttribute("aria-controls", any ? box.firstElementChild.id : box.id);
      input.removeAttribute("aria-activedescendant");
    }
    function mark(next) {
      const all = options();
      if (!all.length) return;
      chosen = (next + all.length + 1) % (all.length + 1); // one place more than options: back in the field
      all.forEach((each, at) => each.setAttribute("aria-selected", String(at === chosen)));
      if (chosen < all.length) {
        input.setAttribute("aria-activedescendant", all[chosen].id);
        all[chosen].scrollIntoView({ block: "nearest" });
      } else {
        chosen = -1;
        input.removeAttribute("aria-activedescendant");
      }
    }
    async function ask() {
      const number = ++asked, text = input.value.trim();
      if (text.length < 2) return close();
      const scope = field.querySelector("input[name=hvor]");
      const url = new URL(field.dataset.suggest, location.href);
      url.searchParams.set("q", text);
      if (scope) url.searchParams.set("hvor", scope.value);
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        // An answer to what is no longer typed is dropped.
        if (answer.ok && number === asked && document.activeElement === input) show(await answer.text());
      } catch { close(); }
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, DELAY); });
    input.addEventListener("blur", () => setTimeout(close, 120));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) { event.preventDefault(); asked++; close(); }
      else if (event.key === "ArrowDown") { event.preventDefault(); isOpen() ? mark(chosen + 1) : ask(); }
      else if (event.key === "ArrowUp" && isOpen()) { event.preventDefault(); mark(chosen < 0 ? options().length - 1 : chosen - 1); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(options()[chosen].dataset.url); }
    });
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
    input.form.addEventListener("submit", () => { clearTimeout(timer); asked++; });
  }

  /* Filters fold on a phone and stand open beside the results on a wide screen. */
  const wide = matchMedia("(min-width: 60rem)");
  const unfold = () => document.querySelectorAll(".filters-fold").forEach((each) => { each.open = wide.matches; });

  document.querySelectorAll("[data-suggest]").forEach(combobox);
  unfold();
  wide.addEventListener("change", unfold);

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((each) => { if (!each.contains(event.target)) each.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  /* After new results have been put in place, the count is read aloud and reading goes on from there. */
  document.addEventListener("htmx:after:swap", () => {
    unfold();
    document.getElementById("antall")?.focus({ preventScroll: false });
  });
})();
