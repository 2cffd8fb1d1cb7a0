// Single keys for who works with the keyboard; everything works without them, and each person can turn them off.
"use strict";

(function () {
  const help = document.querySelector("link[rel=help]");
  const box = document.getElementById("find");
  const rows = Array.from(document.querySelectorAll("main tbody tr")).map((row) => row.querySelector("a")).filter(Boolean);

  function types(element) {
    return element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);
  }

  function step(by) {
    const at = rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    if (rows[next]) {
      rows[next].focus();
    }
  }

  const does = {
    "/": () => box && box.focus(),
    "?": () => help && location.assign(help.href),
    j: () => step(1),
    k: () => step(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || types(event.target)) {
      return;
    }
    if (Object.hasOwn(does, event.key)) {
      event.preventDefault();
      does[event.key]();
    }
  });
})();
