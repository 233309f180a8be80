# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
"""The documentation's accounting and runner fail where they should. A host is a shell of this machine here."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import documents
import run_documents

RUNS = "<!-- runs in: trial -->\n"


def block(*commands):
    return "```sh\n" + "".join(command + "\n" for command in commands) + "```\n"


class Shell:
    """Stands in for a host in a tree: its commands run on this machine, below no other root."""

    def inside(self, *command):
        return ["env", "-i", "PATH=/usr/bin:/bin", "HOME=/", *command]

    def boot(self):
        pass

    def end(self):
        pass


class Pages(unittest.TestCase):
    """Each test writes the pages of a checkout of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)
        (self.top / "docs").mkdir()
        self.page("README.md", "# Read me\n" + RUNS + block("true"))
        patch = mock.patch.object(documents, "TOP", self.top)
        patch.start()
        self.addCleanup(patch.stop)

    def page(self, name, text):
        (self.top / name).write_text(text, encoding="utf-8")

    def status(self, main, *arguments):
        """The exit status of a main(), and what it printed."""
        printed = io.StringIO()
        with mock.patch.object(sys, "argv", ["test", *arguments]), \
                contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                main()
                status = 0
            except SystemExit as end:
                status = end.code
        return status, printed.getvalue()


class Accounting(Pages):
    """documents.py: exit status 65, and the place."""

    def refused(self, text, *expected):
        self.page("docs/page.md", text)
        status, printed = self.status(documents.main)
        self.assertEqual(status, 65, printed)
        for words in expected:
            self.assertIn(words, printed)

    def test_pages_that_are_accounted_for_pass(self):
        self.page("docs/page.md", RUNS + block("true") * 3 + "<!-- example: a site's own -->\n" + block("false"))
        status, printed = self.status(documents.main)
        self.assertEqual(status, 0, printed)
        self.assertIn("5 blocks of commands: 4 run, 1 are examples (20 %, at most 20 %)", printed)
        self.assertIn("a site's own", printed)

    def test_a_block_needs_a_tree_or_a_mark(self):
        self.refused("# Page\n" + block("true"), "docs/page.md:3: neither <!-- runs in: TREE -->")

    def test_a_mark_needs_a_reason(self):
        self.refused("<!-- example: -->\n" + block("true"), "docs/page.md:3: neither")

    def test_a_tree_has_to_be_known(self):
        self.refused("<!-- runs in: solaris -->\n" + block("true"), "docs/page.md:3: there is no tree solaris")

    def test_a_page_before_has_to_exist(self):
        self.refused("<!-- runs in: trial, after nothing.md -->\n" + block("true"), "there is no page nothing.md")

    def test_more_examples_than_the_limit(self):
        self.refused(RUNS + block("true") * 2 + "<!-- example: a site's own -->\n" + block("false"),
                     "1 of 4 blocks are examples, more than 20 %")

    def test_a_block_with_prompts_cannot_run(self):
        self.refused(RUNS + "```console\n$ true\n```\n", "docs/page.md:3: a block with output")
        self.refused(RUNS + "```\n$ true\n```\n", "docs/page.md:3: a block with output")

    def test_a_syntax_error(self):
        self.refused(RUNS + block("if true"), "docs/page.md:3:", "syntax error")

    def test_a_command_that_cannot_fail(self):
        for hidden in ("false || true", "false || echo nothing", "false ||:", "false || exit 0"):
            self.refused(RUNS + block(hidden), "docs/page.md:3: \"||", "hides a failure")

    def test_a_variable_of_an_earlier_block(self):
        text = RUNS + block("suffix=dc=site") + block('echo "$suffix"', "echo '$later'", "for n in 1; do echo $n; done")
        self.refused(text, "docs/page.md:6: $suffix is set in an earlier block")
        self.page("docs/page.md", "All commands run in one\nshell.\n" + text)
        status, printed = self.status(documents.main)
        self.assertEqual(status, 0, printed)

    def test_a_dead_link(self):
        self.refused("[there](nowhere.md)\n", "docs/page.md: there is no nowhere.md")
        self.refused("[there](../README.md#nowhere)\n", "docs/page.md: no heading of README.md is #nowhere")
        self.refused("[here](#nowhere)\n", "docs/page.md: no heading of page.md is #nowhere")


class Running(Pages):
    """run_documents.py: exit status 1, and page, line and output of what failed."""

    def run_page(self, *text, options=()):
        self.page("README.md", RUNS + "".join(text))
        with mock.patch.multiple(run_documents.Trees, make=mock.DEFAULT, host=lambda trees, role: Shell()), \
                mock.patch.object(run_documents, "join"):
            return self.status(run_documents.main, "bookworm", "/nowhere", str(self.top), *options, "README.md")

    def test_blocks_share_a_shell(self):
        status, printed = self.run_page(block("value=1"), block("test $value = 1", "cd /usr"), block("test $PWD = /usr"))
        self.assertEqual(status, 0, printed)
        self.assertIn("README.md: 3 blocks", printed)

    def test_a_block_that_fails_ends_its_page(self):
        status, printed = self.run_page(block("true"), block("echo the reason", "false", "echo too far"), block("echo never"))
        self.assertEqual(status, 1, printed)
        self.assertIn("FAILED: README.md:6", printed)
        self.assertIn("\nthe reason", printed)
        self.assertNotIn("\ntoo far", printed)
        self.assertNotIn("\nnever", printed)

    def test_a_failure_in_a_pipe_counts(self):
        self.assertEqual(self.run_page(block("false | cat"))[0], 1)

    def test_a_shell_that_exits_counts(self):
        self.assertEqual(self.run_page(block("exit 0"), block("true"))[0], 1)

    def uid_map(self, first, *options):
        return self.run_page(block("true apt-get"),
                             block("true /proc/self/uid_map", "printf '0 1 1\\n1 %d 65536\\n'" % first), options=options)

    def test_the_range_in_uid_map_is_the_registrys(self):
        status, printed = self.uid_map(1001062400)
        self.assertEqual(status, 0, printed)
        self.assertIn("from apt-get to the range 1001062400 in uid_map", printed)
        status, printed = self.uid_map(100000)
        self.assertEqual(status, 1, printed)
        self.assertIn("no range of the registry in uid_map", printed)

    def test_the_way_to_uid_map_has_a_limit(self):
        self.assertEqual(self.uid_map(1001062400, "--within", "60")[0], 0)
        status, printed = self.uid_map(1001062400, "--within", "0")
        self.assertEqual(status, 1, printed)
        self.assertIn("more than 0 s", printed)
        status, printed = self.run_page(block("true"), options=("--within", "60"))
        self.assertEqual(status, 1, printed)
        self.assertIn("no block shows a uid_map", printed)


if __name__ == "__main__":
    unittest.main()
