// Shows how something goes on: the part of the page marked data-live is fetched again every few seconds, and the whole
// page once its state is another. Without this script the page has a link that does the same.
"use strict";

const EVERY = 3000;
const WHILE_NOBODY_DOES_ANYTHING = 20 * 60 * 1000; // then the page stands still, so that a session can end by itself

let lastSign = Date.now();
for (const sign of ["keydown", "pointerdown", "scroll"]) {
  addEventListener(sign, () => { lastSign = Date.now(); }, { passive: true });
}

async function look() {
  const part = document.querySelector("[data-live]");
  if (part === null || document.hidden || Date.now() - lastSign > WHILE_NOBODY_DOES_ANYTHING) {
    return;
  }
  const answer = await fetch(location.href, { cache: "no-store" });
  if (answer.redirected) {
    location.reload(); // to log in
    return;
  }
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (fresh === null || fresh.dataset.live !== part.dataset.live) {
    location.reload();
    return;
  }
  part.replaceChildren(...fresh.childNodes);
}

async function lookAgain() {
  try {
    await look();
  } catch {
    // the hub is away for a moment
  }
  setTimeout(lookAgain, EVERY);
}

setTimeout(lookAgain, EVERY);
