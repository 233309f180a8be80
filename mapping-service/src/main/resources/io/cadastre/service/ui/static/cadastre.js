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
  }
});
