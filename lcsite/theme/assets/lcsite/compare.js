// Puts two or three places side by side, from each place's own published file. What is drawn and said comes from the
// page (`compare-words`), where it is translated and made by the same macros as every other bar. Older browsers, which
// cannot count exactly with BigInt, leave the page as it is: a list of the places with their own pages.
(() => {
  "use strict";

  // ---- The method, sections 3 and 10. A fraction is [numerator, denominator], the denominator above nought.

  const POINT = [2n, 3n], RANGE = [1n, 3n];
  const fraction = (text) => {
    const [numerator, denominator = "1"] = text.split("/");
    return [BigInt(numerator), BigInt(denominator)];
  };
  const atLeast = (a, b) => a[0] * b[1] >= b[0] * a[1];
  const down = ([n, d], times) => n * times / d;
  const up = ([n, d], times) => (n * times + d - 1n) / d;
  const halfUp = ([n, d], times) => (2n * n * times + d) / (2n * d);

  // 2/3 -> "66.67": a position in per cent, with two decimals at most.
  function perCent(value) {
    const digits = String(halfUp(value, 10000n)).padStart(3, "0");
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, "");
  }

  // A reading as published: known, low, high, coverage, then four counts; `numbers` is null where nothing takes part.
  function readingOf(row) {
    const [known, low, high, coverage] = row.slice(0, 4).map((text) => (text ? fraction(text) : null));
    const [answered, unknown, notApplicable, unscored] = row.slice(4).map(Number);
    return { numbers: known && { known, low, high, coverage }, answered, unknown, notApplicable, unscored };
  }

  // What may be shown of a reading, rounded, and how its bar is drawn.
  function shownOf({ numbers, notApplicable, unscored }) {
    if (!numbers) {
      const why = notApplicable && unscored ? "not-applicable-or-unscored"
        : unscored ? "unscored" : notApplicable ? "not-applicable" : "no-items";
      return { kind: "no-reading", why, state: "not-applicable", ink: "0", pencil: "0", pin: null };
    }
    const { known, low, high, coverage } = numbers;
    if (!atLeast(coverage, RANGE)) {
      return { kind: "not-enough-known", state: "unknown", ink: "0", pencil: "100", pin: null };
    }
    const open = [high[0] * low[1] - low[0] * high[1], high[1] * low[1]];
    const found = {
      kind: "range", low: Number(down(low, 100n)), high: Number(up(high, 100n)),
      state: "partly", ink: perCent(low), pencil: perCent(open), pin: null,
    };
    if (!atLeast(coverage, POINT)) return found;
    const estimate = [known[0] * coverage[1], known[1] * coverage[0]];
    const state = open[0] ? "range" : high[0] ? "known" : "nought";
    return { ...found, kind: "point", point: Number(halfUp(estimate, 100n)), state, pin: perCent(estimate) };
  }

  // Closed ranges that touch do not differ; nothing is compared across questions or where a range is not shown.
  function difference(a, b, sameQuestion) {
    const [one, other] = [a && a.numbers, b && b.numbers];
    if (!sameQuestion || !one || !other) return "not-compared";
    if (!atLeast(one.coverage, RANGE) || !atLeast(other.coverage, RANGE)) return "not-compared";
    const apart = !atLeast(one.high, other.low) || !atLeast(other.high, one.low);
    return apart ? "clear-difference" : "no-clear-difference";
  }

  // How far two places are from each other in size and means; null where that is not known.
  function distance(a, b) {
    if (a.kind !== b.kind || !a.people || !b.people) return null;
    const size = Math.log10(a.people / b.people) ** 2;
    if (!a.budget || !b.budget || a.currency !== b.currency) return Math.sqrt(size);
    return Math.sqrt((size + Math.log10(a.budget / b.budget) ** 2) / 2);
  }

  function nearest(here, others, atMost) {
    return others.filter((other) => other.id !== here.id)
      .map((other) => ({ other, far: distance(here, other) })).filter(({ far }) => far !== null)
      .sort((a, b) => a.far - b.far || (a.other.id < b.other.id ? -1 : 1)).slice(0, atMost).map(({ other }) => other);
  }

  if (typeof module === "object" && module.exports) {
    module.exports = { readingOf, shownOf, difference, distance, nearest };
    return;
  }

  // ---- The page

  const box = document.getElementById("compare");
  if (!box) return;
  const words = JSON.parse(document.getElementById("compare-words").textContent);
  const form = box.querySelector("form"), selects = [...form.querySelectorAll("select")];
  const near = box.querySelector(".lc-near"), asked = box.querySelector(".lc-asked");
  const status = box.querySelector("[role=status]");
  const result = document.getElementById("result");
  const hint = near.innerHTML, pageTitle = document.title;
  // The pages' policy lets text become markup only here, where every name and figure has been escaped.
  const trusted = window.trustedTypes && trustedTypes.createPolicy("lcsite", { createHTML: (html) => html });
  const draw = (element, html) => { element.innerHTML = trusted ? trusted.createHTML(html) : html; };
  const number = new Intl.NumberFormat(words.language);
  const date = new Intl.DateTimeFormat(words.language, { dateStyle: "long", timeZone: "UTC" });

  // The list on the page says which places there are, in the order of their names; no other order is made here.
  const places = new Map([...document.querySelectorAll("[data-place]")].map((item) => {
    const { place: id, kind, frameworks, people, budget, currency, invented } = item.dataset;
    const link = item.querySelector("a");
    return [id, {
      id, kind, frameworks: frameworks.split(" "), people: Number(people), budget: Number(budget), currency,
      invented: invented !== undefined, name: link.textContent, href: link.getAttribute("href"),
      about: item.querySelector("small span").textContent,
    }];
  }));

  // Names and figures are escaped wherever they are put in; only what was made here by these functions is not.
  const escape = (text) => String(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const put = (template, values, safe) =>
    template.replace(/\{(\w+)\}/g, (_, name) => (values[name].html === undefined ? safe(values[name]) : values[name].html));
  const fill = (template, values) => put(template, values, escape);
  const text = (template, values) => put(template, values, String);
  const name = (place) => ({ html: `<bdi>${escape(place.name)}</bdi>` });
  const link = (href, inside) => ({ html: `<a href="${escape(href)}">${inside}</a>` });
  // A copy that is opened from files names the file of a page, and brings its figures as scripts.
  const offline = window.lcOffline;
  const asFile = (address) => (offline ? address.replace(/\/(?=$|#)/, "/index.html") : address);
  const at = (kind, values) => asFile(text(words.at[kind], values));
  const anchor = (node) => node.replace(/\./g, "-");
  const titleOf = (chosen, say) => {
    const [a, b, c] = chosen.map(say);
    return (say === name ? fill : text)(words.title[chosen.length], { a, b, c });
  };
  const search = (ids, framework) => `?places=${ids.join(",")}${framework ? `&framework=${framework}` : ""}`;
  const pairsOf = (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));

  // ---- One bar with its words, as the macros make them

  function drawBar(reading, who, what) {
    const told = text(words.named, { place: who, what });
    if (!reading) {
      const why = words.why["not-assessed"];
      const label = text(words.why_told, { name: told, why });
      return { svg: fill(words.draw.unknown, { label }), say: fill(words.say["no-reading"], { why }) };
    }
    const shown = shownOf(reading), why = words.why[shown.why];
    const exact = shown.pencil === "0";
    const values = { ...shown, why, name: told, answered: reading.answered, asked: reading.answered + reading.unknown };
    const tell = shown.kind !== "point" ? shown.kind : reading.unknown ? "open" : exact ? "exact" : "wide";
    const label = text(tell === "no-reading" ? words.why_told : words.tell[tell], values);
    const say = shown.kind === "point" && exact ? "exact" : shown.kind;
    const svg = fill(words.draw[shown.state], { ...values, label: "{label}" }).replace(/<rect [^>]*width="0%"[^>]*>/g, "");
    return { svg: fill(svg, { label }), say: fill(words.say[say], values) };
  }

  // ---- What can be said of two readings

  function verdictOf(a, b) {
    const sameVersion = !a.version || !b.version || a.version === b.version;
    const said = difference(a.reading, b.reading, sameVersion);
    if (said === "not-compared") return { kind: "not", why: sameVersion ? "" : "version" };
    if (said === "no-clear-difference") return { kind: "same" };
    const [more, less] = atLeast(a.reading.numbers.low, b.reading.numbers.high) ? [a, b] : [b, a];
    return { kind: "differs", more: more.place, less: less.place };
  }

  // Why a cell cannot be compared with any other: "little", "none", or nothing.
  function lackOf({ reading }) {
    if (!reading) return "little";
    return !reading.numbers ? "none" : atLeast(reading.numbers.coverage, RANGE) ? "" : "little";
  }

  const named = (list) => ({ html: list.length > 1 ? fill(words.pair, { a: name(list[0]), b: name(list[1]) }) : name(list[0]).html });

  function sayVerdicts({ cells, pairs }, construct) {
    const of = (kind) => pairs.filter(({ verdict }) => verdict.kind === kind);
    const line = (head, parts) => `<p>${head}${parts.length ? `: ${parts.join("; ")}` : ""}</p>`;
    const [differs, same, not] = [of("differs"), of("same"), of("not")];
    let said = "";
    if (differs.length) {
      const heads = cells.map(({ place }) => place).filter((place) => differs.some(({ verdict }) => verdict.more === place));
      said += line(`<b>${escape(words.verdict.differs)}</b>`, heads.map((more) => {
        const less = differs.filter(({ verdict }) => verdict.more === more).map(({ verdict }) => verdict.less);
        const sentence = words.verdict[cells.length > 2 ? `${construct}_than` : construct];
        return fill(sentence, { more: name(more), less: named(less) });
      }));
    }
    if (same.length) {
      said += line(escape(words.verdict.same), same.length < pairs.length ? same.map(({ a, b }) => named([a, b]).html) : []);
    }
    if (not.length) {
      const reasons = ["little", "none"].map((why) => [why, cells.filter((cell) => lackOf(cell) === why)])
        .filter(([, lacking]) => lacking.length).map(([why, lacking]) => (lacking.length === cells.length
          ? escape(words.verdict[why]) : fill(words.verdict[`${why}_of`], { places: named(lacking.map(({ place }) => place)) })));
      if (not.some(({ verdict }) => verdict.why)) reasons.push(escape(words.verdict.version));
      said += line(escape(words.verdict.not), reasons);
    }
    return said;
  }

  // ---- The tables

  function contextTable(columns) {
    const source = (...parts) => {
      const told = parts.filter(Boolean);
      return told.length ? ` <small>${escape(told.join(", "))}</small>` : "";
    };
    const unknown = `<span class="lc-muted">${escape(words.context.unknown)}</span>`;
    const reading = (make) => ({ place, reading: found }) =>
      (found ? make(found, place) : `<span class="lc-muted">${escape(words.why["not-assessed"])}</span>`);
    const rows = [
      [words.context.kind, ({ place }) => escape(place.about)],
      [words.context.people, ({ file: f }) => (f.population === undefined ? unknown
        : escape(number.format(f.population)) + source(f.population_year, f.population_scope, f.population_source))],
      [words.context.budget, ({ file: f }) => (f.budget_per_head === undefined ? unknown
        : fill(words.context.amount, { n: number.format(f.budget_per_head), unit: f.budget_currency })
          + source(f.budget_year, f.budget_source))],
      [words.context.by, reading((r) => escape(r.kind ? words.assessors[r.kind] : words.context.figures)
        + source(date.format(new Date(r.as_of))))],
      [words.context.answered, reading((r) => escape(text(words.context.of, { n: r.answered, all: r.asked })))],
      [words.context.working, reading((r, place) => link(
        at("scorecard", { place: place.id, framework: r.framework }),
        `${escape(words.context.scorecard)}<span class="lc-vh">: ${escape(place.name)}</span>`).html)],
    ];
    const head = columns.map(({ place }) =>
      `<th scope="col">${link(place.href, name(place).html).html}${place.invented ? ` ${words.invented}` : ""}</th>`);
    const body = rows.map(([title, cell]) => `<tr><th scope="row">${escape(title)}</th>${columns.map((column) =>
      `<td data-l="${escape(column.place.name)}"><span>${cell(column)}</span></td>`).join("")}</tr>`);
    return `<div class="lc-scroll"><table class="lc-stack lc-mini"><thead><tr><th scope="col">${escape(words.context.head)}</th>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
  }

  // Every criterion of one construct with the readings of all columns, in the framework's order.
  function linesOf(columns, construct) {
    const lines = new Map();
    columns.forEach(({ reading }) => (reading ? reading.criteria : []).forEach((row) => {
      if (row[construct] && !lines.has(row.criterion)) lines.set(row.criterion, row);
    }));
    return [...lines.values()].map((row) => {
      const cells = columns.map(({ place, reading }) => {
        const found = reading && reading.criteria.find(({ criterion }) => criterion === row.criterion);
        return {
          place, version: reading && reading.version,
          reading: found && found[construct] ? readingOf(found[construct]) : null,
        };
      });
      const pairs = pairsOf(cells).map(([a, b]) => ({ a: a.place, b: b.place, verdict: verdictOf(a, b) }));
      return { row, cells, pairs };
    });
  }

  function countsOf(lines) {
    const counts = { all: lines.length, differs: 0, same: 0, not: 0 };
    lines.forEach(({ pairs }) => {
      const kinds = pairs.map(({ verdict }) => verdict.kind);
      counts[kinds.includes("differs") ? "differs" : kinds.includes("same") ? "same" : "not"] += 1;
    });
    return counts;
  }

  const frameworkName = (id) => words.frameworks.find(([known]) => known === id)[1];

  function criteriaTable(lines, framework, construct) {
    const { table } = words;
    const version = [...new Set(lines[0].cells.map((cell) => cell.version).filter(Boolean))].join(", ");
    let dimension = "";
    const bodies = lines.map(({ row, cells, pairs }) => {
      const what = row.label ? `${row.label} ${row.title}` : row.title;
      const group = (row.dimension || "") === dimension ? "" : `<tbody><tr class="is-group"><th scope="rowgroup" colspan="5">${escape(row.dimension)}</th></tr></tbody>`;
      dimension = row.dimension || "";
      return `${group}<tbody>${cells.map(({ place, reading }, nth) => {
        const drawn = drawBar(reading, place.name, row.title);
        const there = at("reading", { place: place.id, framework, node: anchor(row.criterion) });
        const criterion = link(at("criterion", { framework, criterion: row.criterion }), escape(what)).html;
        return `<tr>${nth ? "" : `<th class="c-crit" scope="rowgroup" rowspan="${cells.length}">${criterion}</th>`}`
          + `<th class="c-place" scope="row">${reading ? link(there, name(place).html).html : name(place).html}</th>`
          + `<td class="bar">${drawn.svg}</td><td class="words">${drawn.say}</td>`
          + `${nth ? "" : `<td class="verdict" rowspan="${cells.length}">${sayVerdicts({ cells, pairs }, construct)}</td>`}</tr>`;
      }).join("")}</tbody>`;
    });
    return `<div class="lc-fit"><table class="lc-cmp"><caption>${fill(table.caption, { framework: frameworkName(framework), version })}</caption><thead><tr>`
      + `<th class="c-crit" scope="col">${escape(table.criterion)}</th><th class="c-place" scope="col">${escape(table.place)}</th>`
      + `<th class="bar" scope="col"><span class="lc-vh">${escape(table.bar)}</span>${words.axis}</th>`
      + `<th class="c-words" scope="col">${escape(table.figures)}</th><th class="c-say" scope="col">${escape(table.verdict)}</th>`
      + `</tr></thead>${bodies.join("")}</table></div>`;
  }

  // Who could ask whom about what: the differences turned into a conversation.
  function talk(lines, framework) {
    const about = new Map();
    lines.forEach(({ row, pairs }) => pairs.forEach(({ verdict: { kind, more, less } }) => {
      if (kind !== "differs") return;
      const key = `${less.id} ${more.id}`;
      const heard = about.get(key) || about.set(key, { more, less, criteria: new Map() }).get(key);
      heard.criteria.set(row.criterion, link(at("criterion", { framework, criterion: row.criterion }), escape(row.title)).html);
    }));
    const order = [...places.keys()];
    const cards = [...about.values()]
      .sort((a, b) => order.indexOf(a.less.id) - order.indexOf(b.less.id) || order.indexOf(a.more.id) - order.indexOf(b.more.id))
      .map(({ more, less, criteria }) => `<li class="lc-card k-place"><h4>${fill(words.talk.who, { less: name(less), more: name(more) })}</h4>`
        + `<p>${fill(words.talk.what, { criteria: { html: [...criteria.values()].join(", ") } })}</p></li>`);
    return cards.length ? `<h3 class="lc-rule">${escape(words.talk.title)}</h3><ul class="lc-grid">${cards.join("")}</ul>` : "";
  }

  function resultOf(chosen, files, framework, shared) {
    const columns = chosen.map((place, nth) => ({
      place, file: files[nth], reading: (files[nth].readings || []).find((found) => found.framework === framework),
    }));
    const notice = (key) => `<p class="lc-notice">${escape(words.notice[key])}</p>`;
    const versions = new Set(columns.flatMap(({ reading }) => (reading ? [reading.version] : [])));
    const said = [];
    let tables = "", every = [];
    for (const construct of framework ? ["practice", "outcome"] : []) {
      const lines = linesOf(columns, construct);
      if (!lines.length) continue;
      every = every.concat(lines);
      const table = words.table[construct], counts = text(words.sum.counts, countsOf(lines));
      said.push(text(words.sum.of, { table, counts }));
      const how = tables ? "" : `${words.sum.how} ${chosen.length > 2 ? words.sum.three : ""}`;
      tables += `<h3 class="lc-rule">${escape(table)}</h3><p><b>${escape(counts)}</b> ${escape(how)}</p>`
        + `${tables ? "" : words.legend}${criteriaTable(lines, framework, construct)}`;
    }
    const tabs = words.frameworks.filter(([id]) => shared.includes(id)).map(([id, title]) =>
      `<li><a href="${search(chosen.map((place) => place.id), id)}"${id === framework ? ' aria-current="true"' : ""}>${escape(title)}</a></li>`);
    return {
      said: said.join(" "),
      html: `<section class="lc-section" aria-labelledby="result-title"><h2 id="result-title" tabindex="-1">${titleOf(chosen, name)}</h2>`
        + `${chosen[0].invented ? notice("invented") : ""}`
        + `${tabs.length ? `<nav aria-label="${escape(words.framework)}"><ul class="lc-years">${tabs.join("")}</ul></nav>` : ""}`
        + `${versions.size > 1 ? notice("versions") : ""}${tables ? "" : words.notice.nothing}`
        + `<h3>${escape(words.context.title)}</h3><p>${escape(words.context.intro)}</p>${contextTable(columns)}${tables}${talk(every, framework)}</section>`,
    };
  }

  // ---- Choosing

  const kept = new Map();
  function fetched(place) {
    if (!kept.has(place.id)) {
      const asked_ = offline ? offline.place(place.id)
        : fetch(at("data", { place: place.id })).then((answer) => {
          if (!answer.ok) throw new Error(answer.status);
          return answer.json();
        });
      kept.set(place.id, asked_.catch((error) => {
        kept.delete(place.id); // the next try asks again
        throw error;
      }));
    }
    return kept.get(place.id);
  }

  const mayStandBeside = (a, b) => a.invented === b.invented && a.frameworks.some((id) => b.frameworks.includes(id));

  function propose(ids) {
    const here = places.get(ids[0]);
    if (!here) {
      draw(near, hint);
      return;
    }
    const found = nearest(here, [...places.values()].filter((other) => mayStandBeside(here, other)), 3);
    const links = found.map((other) => {
      const both = [...places.keys()].filter((id) => id === here.id || id === other.id);
      return link(search(both), name(other).html).html;
    });
    const means = found.some((other) => here.budget && other.budget && here.currency === other.currency);
    const kind = !found.length ? "none" : means ? "means" : "people";
    draw(near, `${fill(words.alike[kind], { place: name(here) })} ${links.join(", ")}`);
  }

  function writeAddress(wanted, how) {
    if (how === "keep") return;
    const same = wanted === location.search;
    try {
      history[how === "push" && !same ? "pushState" : "replaceState"](null, "", wanted || location.pathname);
    } catch (error) { /* a page opened from a file has no address to write */ }
  }

  let turn = 0;
  async function show({ ids, framework, strangers }, { address = "keep", focus = "" } = {}) {
    const mine = ++turn;
    selects.forEach((select, nth) => { select.value = ids[nth] || ""; });
    propose(ids);
    const wrong = strangers ? "strangers" : !ids.length ? "" : ids.length < 2 ? "two"
      : new Set(ids.map((id) => places.get(id).invented)).size > 1 ? "apart" : null;
    if (wrong !== null) {
      asked.textContent = wrong ? words.ask[wrong] : "";
      result.replaceChildren();
      document.title = pageTitle;
      return;
    }
    const chosen = ids.map((id) => places.get(id));
    const shared = words.frameworks.map(([id]) => id)
      .filter((id) => chosen.filter((place) => place.frameworks.includes(id)).length > 1);
    const used = shared.includes(framework) ? framework : shared[0] || "";
    const title = titleOf(chosen, (place) => place.name);
    asked.textContent = "";
    status.textContent = words.ask.wait;
    if (!result.firstChild) result.className = "lc-coming"; // what stands below is not seen to jump
    writeAddress(search(ids, used), address);
    document.title = `${title} · ${pageTitle}`;
    let files = null;
    try {
      files = await Promise.all(chosen.map(fetched));
    } catch (error) { /* said below */ }
    if (mine !== turn) return; // the reader has chosen something else meanwhile
    if (!files) {
      const own = chosen.map((place) => link(place.href, name(place).html).html);
      draw(result, `<section class="lc-section" aria-labelledby="result-title"><h2 id="result-title" tabindex="-1">${titleOf(chosen, name)}</h2>${words.notice.failed}<p>${own.join(", ")}</p></section>`);
      status.textContent = "";
    } else {
      const made = resultOf(chosen, files, used, shared);
      draw(result, made.html);
      status.textContent = text(words.ask.done, { title, summary: made.said });
    }
    result.className = "";
    const target = focus && (result.querySelector(focus) || result.querySelector("h2"));
    if (target) target.focus();
  }

  const inOrder = (named) => [...places.keys()].filter((id) => named.includes(id)).slice(0, 3);

  function stateOf(query) {
    const asked_ = new URLSearchParams(query);
    const named = [...new Set((asked_.get("places") || "").split(",").filter(Boolean))];
    const ids = inOrder(named);
    return { ids, framework: asked_.get("framework") || "", strangers: ids.length < Math.min(named.length, 3) };
  }

  const groups = [false, true].map((invented) => [...places.values()].filter((place) => place.invented === invented));
  selects.forEach((select) => groups.forEach((group) => {
    if (!group.length) return;
    const options = document.createElement("optgroup");
    options.label = document.getElementById(group[0].invented ? "invented" : "real").textContent;
    group.forEach((place) => options.append(new Option(place.invented ? text(words.option, { name: place.name }) : place.name, place.id)));
    select.append(options);
  }));
  const picked = () => selects.map((select) => select.value).filter(Boolean);
  form.addEventListener("change", () => propose(picked()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ids = inOrder(picked());
    show({ ids, framework: stateOf(location.search).framework }, { address: "push", focus: "h2" });
    if (ids.length < 2) {
      asked.textContent = words.ask.two;
      (selects.find((select) => !select.value) || selects[0]).focus();
    }
  });
  box.addEventListener("click", (event) => {
    const pressed = event.target.closest('a[href^="?"]');
    if (!pressed || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(stateOf(pressed.search), { address: "push", focus: pressed.closest("nav") ? "[aria-current]" : "h2" });
  });
  addEventListener("popstate", () => show(stateOf(location.search)));

  document.getElementById("compare-without").hidden = true;
  box.hidden = false;
  show(stateOf(location.search), { address: "replace" });
})();
