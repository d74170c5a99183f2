// Find: words and ticks in, cards out, on the search index that was built with the site. Nothing is fetched before the
// reader asks for something, and nothing from elsewhere. What is chosen stands in the address. All words come from the page.
(function () {
  "use strict";
  const root = document.querySelector("[data-lc-find]");
  if (!root) return;
  const home = new URL("../../", document.currentScript.src);
  const language = document.documentElement.lang;
  const at = (name, within = root) => within.querySelector(`[data-lc-${name}]`);
  const field = document.getElementById("lc-q"), search = at("search", document), form = at("ticks");
  const status = at("status"), order = at("order"), sort = order.querySelector("select");
  const chosenList = at("chosen-list"), results = at("results"), more = at("more"), start = at("start");
  const narrowed = at("narrowed"), narrow = at("narrow");
  const boxes = new Map([...root.querySelectorAll("[data-lc-facet]")].map((box) => [box.dataset.lcFacet, box]));
  const AT_ONCE = 8, WAIT = 250;
  const EVERY_PAGE = "ꙮ"; // stands on every page (search_marks.py); a search without a word would fetch the whole index
  const NO_VALUE = { none: ["\u0000"] }; // leaves every page in, and lets the index count the facet

  let state = { words: "", sort: "", ticks: new Map() };
  let shown = AT_ONCE, turn = 0, typing = false, timer = 0, index = null, phrases = true, counted = new Set();

  // --- the address: words, order and ticks, so that a search can be shared and gone back to

  function read() {
    const given = new URLSearchParams(location.search), ticks = new Map();
    for (const facet of boxes.keys()) {
      const values = given.getAll(facet).filter((value) => value.length < 200);
      if (values.length) ticks.set(facet, new Set(values));
    }
    const wanted = given.get("sort") || "";
    state = {
      words: (given.get("q") || "").trim().slice(0, 200),
      sort: [...sort.options].some((option) => option.value === wanted) ? wanted : "",
      ticks,
    };
    shown = Math.max(AT_ONCE, Number(history.state && history.state.shown) || 0);
  }

  function address() {
    const parts = new URLSearchParams();
    if (state.words) parts.append("q", state.words);
    for (const [facet, values] of state.ticks) for (const value of values) parts.append(facet, value);
    if (state.sort) parts.append("sort", state.sort);
    const text = parts.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  function remember(replace) {
    if (address() === location.pathname + location.search) return;
    write(replace ? "replaceState" : "pushState", address());
  }

  function write(how, where) {
    try {
      history[how]({ shown }, "", where);
    } catch (error) { /* some browsers let no page that was opened from a file write its address */ }
  }

  const asked = () => state.words !== "" || state.ticks.size > 0;
  const sorted = () => state.sort || (state.words ? "match" : "title");

  // --- the boxes

  function inputs(facet) { return [...boxes.get(facet).querySelectorAll("input[type=checkbox]")]; }

  function showState() {
    if (document.activeElement !== field || field.value.trim() !== state.words) field.value = state.words;
    let all = 0;
    for (const [facet, box] of boxes) {
      const values = state.ticks.get(facet) || new Set(), there = new Set();
      for (const input of inputs(facet)) {
        input.checked = values.has(input.value);
        there.add(input.value);
      }
      const ul = box.querySelector("ul");
      for (const value of values) if (!there.has(value)) ul.append(tick(facet, value, true));
      if (values.size) box.open = true;
      all += values.size;
      at("chosen", box).textContent = values.size ? say("chosen", values.size) : "";
    }
    at("chosen-all").textContent = all ? say("chosen", all) : "";
    sort.options[0].disabled = !state.words;
    sort.value = sorted();
    order.hidden = order.hidden || !asked();
    showChosen(all);
  }

  // A long box scrolls by itself; what is chosen in it must not stand out of sight.
  function reveal() {
    for (const [facet, box] of boxes) {
      const group = box.querySelector("[role=group]"), chosen = inputs(facet).find((input) => input.checked);
      group.scrollTop = chosen ? chosen.closest("li").offsetTop - group.clientHeight / 3 : 0;
    }
  }

  function tick(facet, value, checked) {
    const item = copy("value"), input = item.querySelector("input");
    input.name = facet;
    input.value = value;
    input.checked = checked;
    item.querySelector("bdi").textContent = value;
    return item;
  }

  function showChosen(all) {
    const tags = [];
    for (const [facet, values] of state.ticks) {
      const name = boxes.get(facet).querySelector("summary").firstChild.textContent.trim();
      for (const value of values) {
        const tag = copy("tag");
        tag.querySelector("span").textContent = `${name}: ${apart(value)}`;
        tag.addEventListener("click", () => {
          const place = tags.indexOf(tag);
          untick(facet, value);
          const left = chosenList.querySelectorAll(".lc-tag");
          (left[Math.min(place, left.length - 1)] || document.getElementById("found")).focus();
        });
        tags.push(tag);
      }
    }
    chosenList.querySelector(".lc-chosen__tags").replaceChildren(...tags);
    chosenList.hidden = !all && !state.words;
  }

  function untick(facet, value) {
    const values = state.ticks.get(facet);
    values.delete(value);
    if (!values.size) state.ticks.delete(facet);
    settle();
  }

  function showCounts(counts) {
    for (const [facet, box] of boxes) {
      for (const input of inputs(facet)) {
        const small = input.closest("label").querySelector("small");
        if (small.dataset.lcAll === undefined) small.dataset.lcAll = small.textContent;
        const known = counts && counts[facet];
        const number = known ? known[input.value] || 0 : null;
        small.textContent = known ? number.toLocaleString(language) : counts ? "" : small.dataset.lcAll;
        input.closest("label").classList.toggle("is-none", number === 0 && !input.checked);
      }
    }
  }

  // A box with very many values is filled from the index when it is opened for the first time.
  async function fill(facet) {
    const ul = boxes.get(facet).querySelector("ul");
    if (inputs(facet).some((input) => !input.checked) || ul.dataset.lcFilled) return;
    ul.dataset.lcFilled = "yes";
    const engine = await load();
    const found = (await engine.search(EVERY_PAGE, { filters: { [facet]: NO_VALUE } })).filters[facet] || {};
    const chosen = state.ticks.get(facet) || new Set();
    const values = Object.keys(found).sort(new Intl.Collator(language).compare);
    ul.replaceChildren(...values.map((value) => {
      const item = tick(facet, value, chosen.has(value));
      item.querySelector("small").textContent = found[value].toLocaleString(language);
      return item;
    }));
  }

  // --- the index

  // Online the index is Pagefind's. A copy that is opened from a file brings its own (find-offline.js), which answers in
  // the same way: engine.search(words, {filters, sort}) gives results, each with its card, and counts for each facet.
  function load() {
    index ||= window.lcOffline ? window.lcOffline(home, language)
      : import(new URL("pagefind/pagefind.js", home).href).then((pagefind) => {
        phrases = pagefind.phrases !== false;
        const make = () => pagefind.createInstance({ noWorker: true, baseUrl: home.pathname, excerptLength: 24 });
        return window.lcJoined ? window.lcJoined(make) : make(); // find-joined.js, where other sites are asked too
      });
    return index;
  }

  async function run() {
    const now = ++turn;
    showState();
    if (!asked()) return showStart();
    status.textContent = status.textContent || root.dataset.looking;
    results.setAttribute("aria-busy", "true");
    try {
      const filters = {};
      for (const [facet, box] of boxes) if (box.open) filters[facet] = NO_VALUE;
      counted = new Set(Object.keys(filters));
      const engine = await load();
      // A large index does not keep every place of a word; words in quotes are then looked for one by one.
      const words = (phrases ? state.words : state.words.replace(/"/g, " ").trim()) || EVERY_PAGE;
      for (const [facet, values] of state.ticks) filters[facet] = { any: [...values] };
      const by = sorted(), ordered = by === "match" ? {} : { [by]: "asc" };
      const found = await engine.search(words, { filters, sort: ordered });
      const counts = { ...found.filters };
      // Ticks inside a box add up, so its own counts are those without its own ticks.
      for (const facet of state.ticks.keys()) {
        const others = await engine.search(words, { filters: { ...filters, [facet]: NO_VALUE } });
        counts[facet] = others.filters[facet];
      }
      // Nothing fits the words and the ticks: how many pages would fit the words alone?
      const wider = found.results.length || !state.words || !state.ticks.size ? 0
        : (await engine.search(words, { filters: {} })).results.length;
      const cards = await Promise.all(found.results.slice(0, shown).map((result) => result.data()));
      if (now !== turn) return;
      showCounts(counts);
      showResults(found.results, cards, counts, wider);
    } catch (error) {
      if (now === turn) showBroken(error);
    }
  }

  // --- what is shown

  function showStart() {
    results.replaceChildren();
    for (const name of ["none", "no-failure", "broken"]) at(name).hidden = true;
    more.hidden = true;
    start.hidden = false;
    narrowed.hidden = true;
    counted = new Set();
    showCounts(null);
    status.textContent = status.dataset.lcFirst;
  }

  function showResults(found, cards, counts, wider) {
    results.removeAttribute("aria-busy");
    results.replaceChildren(...cards.map(card));
    const n = found.length, name = (n ? "found" : "nothing") + (state.words ? "For" : "");
    status.textContent = say(name, n, state.words);
    more.hidden = n <= shown;
    more.textContent = say("more", Math.min(AT_ONCE, n - shown));
    at("none").hidden = n > 0;
    at("wider").hidden = !wider;
    at("wider").textContent = say("wider", wider);
    order.hidden = n < 2;
    narrowed.hidden = false;
    narrowed.firstElementChild.textContent = say("narrowed", n);
    const failed = root.querySelector("[data-lc-failed]"), outcomes = counts.outcome || {};
    const practices = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
    at("no-failure").hidden = !(n && failed && practices > 1 && !outcomes[failed.value]);
    at("broken").hidden = true;
    start.hidden = n > 0; // nobody is left without a way on
  }

  function showBroken(error) {
    console.info(`The search could not be loaded: ${error}`);
    index = null;
    results.removeAttribute("aria-busy");
    results.replaceChildren();
    for (const name of ["none", "no-failure"]) at(name).hidden = true;
    more.hidden = order.hidden = narrowed.hidden = true;
    at("broken").hidden = start.hidden = false;
    status.textContent = at("broken").querySelector("b").textContent;
  }

  function card({ url, meta, excerpt }) {
    const item = copy("card"), link = item.querySelector("a");
    link.href = url;
    link.firstChild.textContent = meta.title;
    const what = item.querySelector(".lc-results__what");
    what.append(copy(`thing="${CSS.escape(meta.thing)}"`));
    if (meta.outcome) {
      const outcome = copy(`outcome="${CSS.escape(meta.outcome)}${meta.outside ? " outside" : ""}"`);
      const evidence = outcome.querySelector("small");
      if (meta.quality) evidence.textContent = meta.quality;
      else evidence.remove();
      what.append(outcome);
    }
    if (meta.invented) item.querySelector("h3").append(" ", copy("invented"));
    if (meta.language) for (const part of item.querySelectorAll("bdi, p")) part.lang = meta.language;
    const summary = meta.summary || "", context = passage(excerpt, `${meta.title} ${summary}`);
    fillOrRemove(item.querySelector(".lc-results__say"), summary);
    fillOrRemove(item.querySelector(".lc-results__words"), ...context);
    fillOrRemove(item.querySelector(".lc-src"), meta.note || "");
    return item;
  }

  function fillOrRemove(element, ...parts) {
    if (parts.some((part) => part !== "")) element.replaceChildren(...parts);
    else element.remove();
  }

  // The passage with the words that were looked for, where title and summary do not show them already.
  function passage(excerpt, said) {
    const parts = excerpt.split(/<\/?mark>/).map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
    const known = plain(said), stems = plain(state.words).match(/[\p{L}\p{N}]+/gu) || [];
    if (parts.length < 2 || stems.every((word) => known.includes(word.slice(0, Math.max(4, word.length - 2))))) return [];
    return ["… ", ...parts.flatMap((part, place) => {
      if (place % 2 === 0) return part;
      const mark = document.createElement("mark"); // the word alone, without a comma behind it
      const [, before, word, after] = part.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
      mark.textContent = word;
      return [before, mark, after];
    }), " …"];
  }

  // In a language from right to left, foreign words must not turn the marks around them.
  function apart(words) { return document.documentElement.dir === "rtl" ? `\u2068${words}\u2069` : words; }

  function copy(name) {
    return document.querySelector(`template[data-lc-${name}]`).content.firstElementChild.cloneNode(true);
  }

  function say(name, n, words) {
    return root.dataset[name].replace("{n}", n.toLocaleString(language)).replace("{words}", () => apart(words));
  }

  // --- what the reader does

  function settle(replace) {
    clearTimeout(timer);
    typing = false;
    shown = AT_ONCE;
    remember(replace);
    run();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (field.value.trim() === state.words) return;
      state.words = field.value.trim();
      shown = AT_ONCE;
      remember(typing); // one step back undoes the whole word, not its last letter
      typing = true;
      run();
    }, WAIT);
  });
  field.addEventListener("blur", () => { typing = false; });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    state.words = field.value.trim();
    settle(typing);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const { name, value, checked } = event.target;
    if (!boxes.has(name)) return;
    const values = state.ticks.get(name) || new Set();
    if (checked) values.add(value);
    else values.delete(value);
    if (values.size) state.ticks.set(name, values);
    else state.ticks.delete(name);
    settle();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-lc-sift]")) return;
    const wanted = plain(event.target.value.trim());
    for (const label of event.target.parentElement.querySelectorAll("label")) {
      label.parentElement.hidden = !plain(label.textContent).includes(wanted);
    }
    for (const list of event.target.parentElement.querySelectorAll("ul[aria-labelledby]")) {
      document.getElementById(list.getAttribute("aria-labelledby")).hidden = !list.querySelector("li:not([hidden])");
    }
  });
  for (const [facet, box] of boxes) {
    box.addEventListener("toggle", async () => {
      if (!box.open) return;
      try {
        await fill(facet);
      } catch (error) {
        return showBroken(error);
      }
      if (asked() && !counted.has(facet)) run();
    });
  }
  sort.addEventListener("change", () => {
    state.sort = sort.value === (state.words ? "match" : "title") ? "" : sort.value;
    settle();
  });
  at("clear").addEventListener("click", () => {
    state = { words: "", sort: "", ticks: new Map() };
    settle();
    field.focus();
  });
  at("wider").addEventListener("click", () => {
    state.ticks.clear();
    settle();
    document.getElementById("found").focus();
  });
  more.addEventListener("click", async () => {
    const before = results.children.length;
    shown += AT_ONCE;
    write("replaceState");
    await run();
    const next = results.children[before];
    if (next) next.querySelector("a").focus();
  });
  const open = (wanted) => narrow.setAttribute("aria-expanded", String(wanted));
  narrow.addEventListener("click", () => open(narrow.getAttribute("aria-expanded") !== "true"));
  narrowed.addEventListener("click", () => {
    open(false);
    document.getElementById("found").focus();
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    typing = false;
    read();
    run();
    reveal();
  });

  function plain(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

  status.dataset.lcFirst = status.textContent;
  read();
  run();
  reveal();
})();
