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

  // On the page for addresses that lead nowhere: what was looked for, as words to search.
  var lost = document.querySelector("[data-lc-lost]");
  if (lost) {
    try {
      var parts = decodeURIComponent(location.pathname).split("/").filter(Boolean);
      lost.value = (parts.pop() || "").replace(/\.html?$/, "").replace(/^404$/, "").replace(/[-_+]+/g, " ").trim().slice(0, 80);
    } catch (error) { /* no words in that address */ }
  }

  // The working is printed open, also where the browser does not do it by itself.
  var opened = [];
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details:is(.lc-work, .lc-facet, .lc-prov):not([open])").forEach(function (box) {
      box.open = true;
      opened.push(box);
    });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (box) { box.open = false; });
    opened = [];
  });
})();
