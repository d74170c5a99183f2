// Runs before the page is drawn, so that a chosen palette never flashes. Without a choice the reader's system decides.
(function () {
  var root = document.documentElement, kept = null;
  try { kept = localStorage.getItem("lc-palette"); } catch (error) { /* storage may be shut off; the choice then lasts for a page */ }
  if (kept === "slate" || kept === "default") root.setAttribute("data-md-color-scheme", kept);
})();
