// Small comforts; every page works without them.
(function () {
  "use strict";
  var root = document.documentElement, button = document.querySelector("[data-lc-palette]");
  var system = matchMedia("(prefers-color-scheme: dark)");
  function dark() {
    var chosen = root.getAttribute("data-md-color-scheme");
    return chosen ? chosen === "slate" : system.matches;
  }
  function show() { button.setAttribute("aria-pressed", String(dark())); }
  if (button) {
    button.hidden = false;
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", function () {
      var name = dark() ? "default" : "slate";
      root.setAttribute("data-md-color-scheme", name);
      try { localStorage.setItem("lc-palette", name); } catch (error) { /* see palette.js */ }
      show();
    });
  }

  // The menu closes with Escape, and when the reader goes elsewhere.
  var menu = document.querySelector(".lc-menu");
  if (menu) {
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }

  // The working is printed open, also where the browser does not do it by itself.
  var opened = [];
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details.lc-work:not([open]), details.lc-facet:not([open])").forEach(function (box) {
      box.open = true;
      opened.push(box);
    });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (box) { box.open = false; });
    opened = [];
  });
})();
