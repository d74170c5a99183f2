/* Only in the author's loop (`lcsite serve`): shows the page again when the site has been built again.
   The engine's own script for this is inline, and the policy of the pages rightly stops it. */
(() => {
  "use strict";
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
  ask(0);
})();
