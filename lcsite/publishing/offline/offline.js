// For a copy of the site that is opened from files. A browser lets such a page fetch nothing, so what is asked for comes as
// scripts from this folder, and only once it is asked for. The search is MiniSearch, from the words of the same pages; it
// answers find.js as the index of the site on the web does.
(() => {
  "use strict";
  const here = new URL("./", document.currentScript.src);
  const EVERY_PAGE = "ꙮ"; // find.js looks for it where there are ticks and no words
  const WINDOW = 24; // words of a passage
  const asked = new Map();

  function script(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done, failed) => {
        const element = document.createElement("script");
        element.src = new URL(name, here).href;
        element.addEventListener("load", done);
        element.addEventListener("error", () => {
          asked.delete(name); // the next try asks again
          failed(new Error(`${name} is not there`));
        });
        document.head.append(element);
      }));
    }
    return asked.get(name);
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Languages that put no space between words are cut by the browser, where it can.
  function cutter(language) {
    if (!/^(ja|zh|th|km|lo|my)\b/.test(language) || !Intl.Segmenter) return null;
    const segmenter = new Intl.Segmenter(language, { granularity: "word" });
    return (text) => [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
  }

  // A word, and what it may be found as beside itself: there are no rules for word endings here, only a blunt one.
  function shapes(word, language) {
    const found = [word];
    if (/^en\b/.test(language)) {
      if (/[^aeiou]y$/.test(word)) found.push(`${word.slice(0, -1)}ies`);
      else if (/ies$/.test(word)) found.push(`${word.slice(0, -3)}y`);
      else if (/[^s]s$/.test(word) && word.length > 3) found.push(word.slice(0, -1));
    }
    if (word.length > 6) found.push(word.slice(0, Math.max(5, word.length - 3)));
    return found;
  }

  async function offline(home, language) {
    await Promise.all([script("minisearch.js"), script("pages.js")]);
    const pages = window.lcPages, cut = cutter(language);
    const index = new window.MiniSearch({
      fields: ["title", "summary", "note", "text"],
      extractField: (page, field) => (field === "id" || field === "text" ? page[field] : page.meta[field] || ""),
      processTerm: fold,
      ...(cut ? { tokenize: cut } : {}),
      searchOptions: { boost: { title: 5, summary: 2 }, prefix: (term) => term.length > 2, combineWith: "AND" },
    });
    await index.addAllAsync(pages, { chunkSize: 100 }); // the page can be used meanwhile

    const split = cut || ((text) => text.split(/[^\p{L}\p{N}]+/u));
    const wordsOf = (text) => split(fold(text)).filter(Boolean);

    function matching(words) {
      if (words === EVERY_PAGE) return pages.map((page) => ({ page, terms: [] }));
      const terms = wordsOf(words);
      if (!terms.length) return [];
      const found = index.search({
        combineWith: "AND",
        queries: terms.map((term) => ({ combineWith: "OR", queries: shapes(term, language) })),
      }).map(({ id, terms: hits }) => ({ page: pages[id], terms: hits }));
      // Words in quotes stand side by side.
      const side = /^".+"$/.test(words.trim()) && ` ${terms.join(" ")} `;
      return side ? found.filter(({ page }) => holds(page, side)) : found;
    }

    function holds(page, side) {
      const { title, summary = "", note = "" } = page.meta;
      return [title, summary, note, page.text].some((text) => ` ${wordsOf(text).join(" ")} `.includes(side));
    }

    function fits(page, filters) {
      return Object.entries(filters).every(([facet, wanted]) =>
        !wanted.any || wanted.any.some((value) => (page.filters[facet] || []).includes(value)));
    }

    function count(found, facets) {
      const counts = {};
      for (const facet of facets) {
        counts[facet] = {};
        for (const { page } of found) {
          for (const value of page.filters[facet] || []) counts[facet][value] = (counts[facet][value] || 0) + 1;
        }
      }
      return counts;
    }

    return {
      search: async (words, { filters = {}, sort = {} } = {}) => {
        const found = matching(words).filter(({ page }) => fits(page, filters));
        const [order] = Object.keys(sort);
        if (order) {
          const key = ({ page }) => page.orders[order] || "";
          found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
        }
        return {
          filters: count(found, Object.keys(filters)),
          results: found.map(({ page, terms }) => ({
            data: async () => ({ url: new URL(page.url, home).href, meta: page.meta, excerpt: passage(page.text, terms) }),
          })),
        };
      },
    };
  }

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  // The passage with the most of the words that were looked for, as find.js takes it: escaped, hits in <mark>.
  function passage(text, terms) {
    const words = text.split(/\s+/), wanted = new Set(terms);
    const hits = words.map((word) => fold(word).split(/[^\p{L}\p{N}]+/u).find((part) => wanted.has(part)) || "");
    let from = 0, most = 0;
    for (let start = 0; start < words.length; start += 1) {
      if (!hits[start]) continue;
      const many = new Set(hits.slice(start, start + WINDOW - 6).filter(Boolean)).size;
      if (many > most) [from, most] = [Math.max(0, start - 6), many];
    }
    return words.slice(from, from + WINDOW)
      .map((word, nth) => (hits[from + nth] ? `<mark>${escape(word)}</mark>` : escape(word))).join(" ");
  }

  // The published figures of one place, for putting places side by side.
  offline.place = async (id) => {
    await script(`places/${id}.js`);
    return window.lcPlaces[id];
  };
  window.lcOffline = offline;
})();
