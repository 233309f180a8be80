# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
"""The command blocks of README.md and docs/: what they are, and where they run.

A fenced block is a block of commands if its language is sh, bash, shell or console, or if one of its lines
begins with "$ ". Each of them runs in a test, in the tree that the page names in a comment,

    <!-- runs in: registry -->
    <!-- runs in: registry, after first-day-openldap.md -->

or it is marked on the line before it, and the reason says why it does not run:

    <!-- example: REASON -->

A page whose blocks use variables of earlier blocks says that its commands run "in one shell". No command hides its
failure (HIDDEN): it would pass whatever happens.

The comment "runs in" counts until the next one of the page, so that a page can go from one host to another.
"""
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

TOP = Path(__file__).resolve().parents[4]
LIMIT = 20  # per cent of the blocks that may be marked

RUNS = re.compile(r"<!-- runs in: ([a-z0-9-]+)(?:, after ([a-z0-9-]+\.md))? -->")
EXAMPLE = re.compile(r"<!-- example: (\S.*\S) -->")
FENCE = re.compile(r"( *)```([a-z]*)\s*")
HIDDEN = re.compile(r"\|\| *(?:true|:|echo|printf|exit 0)\b|\|\| *:(?=\s|$)")
ASSIGNED = re.compile(r"(?:^|[;&(]|\bexport|\bread(?: -r)?|\bfor)\s*([A-Za-z_]\w*)(?==|\s*$| in\b)", re.M)
USED = re.compile(r"\$\{?([A-Za-z_]\w*)")
QUOTED = re.compile(r"<<-?'(\w+)'.*?^\1$|'[^']*'", re.M | re.S)
SHELLS = {"sh", "bash", "shell", "console"}


@dataclass(frozen=True)
class Block:
    """Commands of a page. line is the number of the first command's line; reason is None if they run."""

    page: str
    line: int
    language: str
    text: str
    tree: Optional[str]
    after: Optional[str]
    reason: Optional[str]

    @property
    def place(self):
        return "%s:%d" % (self.page, self.line)


def pages():
    """README.md and all pages below docs, as paths from the top of the checkout."""
    found = [TOP / "README.md", *sorted((TOP / "docs").glob("**/*.md"))]
    return [str(page.relative_to(TOP)) for page in found]


def blocks(page):
    """The blocks of commands of one page, in order."""
    found, lines = [], (TOP / page).read_text(encoding="utf-8").split("\n")
    tree = after = None
    number = 0
    while number < len(lines):
        runs = RUNS.fullmatch(lines[number].strip())
        if runs:
            tree, after = runs.group(1), runs.group(2) or after
        fence = FENCE.fullmatch(lines[number])
        if not fence:
            number += 1
            continue
        end = number + 1
        while end < len(lines) and lines[end].strip() != "```":
            end += 1
        body = [line[len(fence.group(1)):] for line in lines[number + 1:end]]
        if fence.group(2) in SHELLS or any(line.startswith("$ ") for line in body):
            mark = EXAMPLE.fullmatch(lines[number - 1].strip()) if number else None
            reason = mark.group(1) if mark else None
            found.append(Block(page, number + 2, fence.group(2), "\n".join(body) + "\n", tree, after, reason))
        number = end + 1
    return found


def slugs(page):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page):
    """The links of a page to files or headings that are not there, a line each."""
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", (TOP / page).read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        there = (TOP / page).parent / path if path else TOP / page
        if not there.exists():
            wrong.append("%s: there is no %s" % (page, target))
        elif anchor and there.suffix == ".md" and anchor not in slugs(there):
            wrong.append("%s: no heading of %s is #%s" % (page, there.name, anchor))
    return wrong


def borrowed(page_blocks):
    """The variables that a block uses and only an earlier block of its page sets, with that block."""
    found, before = [], set()
    for block in page_blocks:
        text = QUOTED.sub(lambda quoted: "'" if quoted.group(1) is None else "", block.text)
        own = set(ASSIGNED.findall(block.text))
        found += [(block, name) for name in dict.fromkeys(USED.findall(text)) if name in before - own]
        before |= own
    return found


def mistakes(all_blocks, known):
    """What is wrong with the pages, a line each; KNOWN are the names of trees."""
    wrong = []
    for block in all_blocks:
        if block.reason:
            continue
        if block.tree is None:
            wrong.append("%s: neither <!-- runs in: TREE --> above nor <!-- example: REASON --> before it" % block.place)
        elif block.tree not in known:
            wrong.append("%s: there is no tree %s, only %s" % (block.place, block.tree, ", ".join(sorted(known))))
        elif block.language == "console" or block.text.startswith("$ ") or "\n$ " in block.text:
            wrong.append("%s: a block with output cannot run: mark it, or leave out prompts and output" % block.place)
        elif HIDDEN.search(block.text):
            wrong.append("%s: \"%s\" hides a failure" % (block.place, HIDDEN.search(block.text).group(0)))
        else:
            syntax = subprocess.run(["bash", "-n"], input=block.text, capture_output=True, text=True, check=False)
            if syntax.returncode:
                wrong.append("%s: %s" % (block.place, syntax.stderr.strip()))
    names = {Path(page).name for page in pages()}
    wrong += ["%s: there is no page %s" % (b.place, b.after) for b in all_blocks if b.after and b.after not in names]
    for page in pages():
        wrong += dead_links(page)
        if "in one shell" not in (TOP / page).read_text(encoding="utf-8").replace("\n", " "):
            here = [b for b in all_blocks if b.page == page and not b.reason]
            wrong += ["%s: $%s is set in an earlier block: set it here, or say that the commands run in one shell"
                      % (block.place, name) for block, name in borrowed(here)]
    marked = sum(1 for block in all_blocks if block.reason)
    if 100 * marked > LIMIT * len(all_blocks):
        wrong.append("%d of %d blocks are examples, more than %d %%" % (marked, len(all_blocks), LIMIT))
    return wrong


def account(all_blocks):
    """Prints how many blocks run, by page and tree, how many are marked, and why."""
    running = [block for block in all_blocks if not block.reason]
    marked = [block for block in all_blocks if block.reason]
    for page in dict.fromkeys(block.page for block in running):
        here = [block.tree for block in running if block.page == page]
        print("runs     %-36s %s" % (page, ", ".join("%d in %s" % (here.count(t), t) for t in dict.fromkeys(here))))
    for block in marked:
        print("example  %-36s %s" % (block.place, block.reason))
    share = 100.0 * len(marked) / len(all_blocks)
    print("%d blocks of commands: %d run, %d are examples (%.0f %%, at most %d %%)"
          % (len(all_blocks), len(running), len(marked), share, LIMIT))


def all_of_them():
    return [block for page in pages() for block in blocks(page)]


def trees():
    """The trees that a test can make: each has a set-up in the folder "roles"."""
    return {role.name for role in (Path(__file__).resolve().parent / "roles").iterdir()}


def main():
    """Accounts for all blocks; exit status 65 if one of them is not accounted for."""
    everything = all_of_them()
    account(everything)
    wrong = mistakes(everything, trees())
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(65 if wrong else 0)


if __name__ == "__main__":
    main()
