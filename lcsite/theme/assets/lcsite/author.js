/* Only in the author's loop (`lcsite serve`): says what is wrong in the content above every page, and shows the page
   again when the site has been built again. The engine's own script for the latter is inline, and the policy of the
   pages rightly stops it. */
(() => {
  "use strict";
  const folder = new URL("../../author/", document.currentScript.src);

  const made = (name, words, attributes = {}) => {
    const element = document.createElement(name);
    element.append(...[words].flat());
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const line = (problem) => {
    const link = made("a", problem.code, { href: new URL(`../${problem.more}`, folder).href });
    const parts = [made("code", problem.where, { dir: "ltr" }), " ", made("bdi", problem.message), " ", link];
    if (problem.hint) parts.push(made("small", made("bdi", problem.hint)));
    return made("li", parts, { class: `is-${problem.severity}` });
  };
  const tell = async () => {
    const answer = await fetch(new URL("problems.json", folder), { cache: "no-store" });
    const told = answer.ok ? await answer.json() : { problems: [] };
    if (!told.problems.length) return;
    const words = made("p", [made("b", told.count), " ", told.then], { role: "status" });
    const inner = made("div", [words, made("ol", told.problems.map(line))], { class: "lc-wrap" });
    const box = made("aside", inner, { class: "lc-author", "aria-label": told.label, tabindex: "0" });
    document.querySelector("main").before(box);
  };

  const again = (seconds, known) => setTimeout(ask, seconds * 1000, known);
  const ask = async (known) => {
    if (document.hidden) return again(1, known);
    try {
      const answer = await fetch(`/livereload/${known}/0`, { cache: "no-store" });
      const built = answer.ok ? Number(await answer.text()) : 0; // the server answers at once to 0, else at a change
      if (known && built > known) location.reload();
      else again(built ? 0 : 3, built || known);
    } catch {
      again(3, known);
    }
  };

  tell().catch(() => {});
  ask(0);
})();
