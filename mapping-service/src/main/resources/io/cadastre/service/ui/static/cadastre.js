// SPDX-FileCopyrightText: The Cadastre authors
// SPDX-License-Identifier: Apache-2.0
//
// The keys: "/" goes to the search box, and the arrows from cell to cell of a map. Every page works
// without this file.
"use strict";

function isTyping(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (moveInMap(event.target, event.key)) {
    event.preventDefault();
  }
});

// Tab stops once at a map, on the square that had the focus last.
for (const map of document.querySelectorAll(".map-picture")) {
  map.querySelectorAll("a").forEach((square, i) => square.setAttribute("tabindex", i ? "-1" : "0"));
}

function moveInMap(target, key) {
  const map = target instanceof Element ? target.closest(".map-picture") : null;
  if (!map) {
    return false;
  }
  const squares = Array.from(map.querySelectorAll("a"));
  const columns = Number(map.dataset.columns);
  const from = squares.indexOf(target.closest("a"));
  const to = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: squares.length - 1,
  }[key];
  if (from < 0 || to === undefined) {
    return false;
  }
  if (squares[to]) {
    squares[from].setAttribute("tabindex", "-1");
    squares[to].setAttribute("tabindex", "0");
    squares[to].focus();
  }
  return true;
}
