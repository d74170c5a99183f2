// Find, joined: the pages of other sites among those of this one. Their indexes are read where they stand; none of their
// programs runs here, and what they say of a page is shown as words only. A site that does not answer is left out and
// named, and the search goes on without it.
(function () {
  "use strict";
  const root = document.querySelector("[data-lc-joined]");
  if (!root) return;
  const sites = JSON.parse(root.dataset.lcJoined);
  const missing = root.querySelector("[data-lc-missing]");
  const WAIT = 4000;

  window.lcJoined = async function (make) {
    let there = (await Promise.all(sites.map(answers))).filter(Boolean);
    let engine = await joined();

    async function joined() {
      const made = await make();
      for (const site of there) {
        try {
          await made.mergeIndex(`${site.home}pagefind/`, { baseUrl: site.home });
        } catch {
          there = there.filter((other) => other !== site);
          return joined();
        }
      }
      return made;
    }

    async function search(words, options) {
      let found;
      try {
        found = await engine.search(words, options);
      } catch (error) {
        if (!there.length) throw error;
        there = [];
        engine = await joined();
        found = await engine.search(words, options);
      }
      say();
      return { ...found, results: found.results.map((result) => ({ ...result, data: () => page(result) })) };
    }

    async function page(result) {
      let data;
      try {
        data = await result.data();
      } catch {
        return { url: "#found", meta: { title: "…", thing: "page" }, excerpt: "" };
      }
      const site = there.find(({ home }) => data.url.startsWith(home));
      if (!site && !own(data.url)) return { url: "#found", meta: { title: "…", thing: "page" }, excerpt: "" };
      if (!site) return data;
      const meta = { ...data.meta, title: data.meta.title || site.title };
      if (!known(`thing="${CSS.escape(meta.thing)}"`)) meta.thing = "page";
      if (!known(`outcome="${CSS.escape(meta.outcome)}${meta.outside ? " outside" : ""}"`)) delete meta.outcome;
      meta.note = [meta.note, site.title].filter(Boolean).join(" · ");
      return { ...data, meta };
    }

    function say() {
      const silent = sites.filter((site) => !there.some(({ home }) => home === site.home));
      missing.hidden = !silent.length;
      missing.querySelector("span").textContent = silent.map(({ title }) => title).join(", ");
    }

    return { search };
  };

  async function answers(site) {
    try {
      const entry = await fetch(`${site.home}pagefind/pagefind-entry.json`, {
        credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(WAIT),
      });
      return entry.ok ? site : null;
    } catch {
      return null;
    }
  }

  function own(url) { return new URL(url, location.href).origin === location.origin; }

  function known(name) { return document.querySelector(`template[data-lc-${name}]`) !== null; }
})();
