/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;

/** Texts at the edges of TOML, where parsers differ. */
final class SyntaxCases {
  private static final String VFS = "[storage]\ndriver = \"vfs\"\n";
  private static final String OPTIONS = VFS + "[storage.options]\n";

  private SyntaxCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    cases.add(text("nothing", ""));
    cases.add(text("comment", "# nothing\n"));
    cases.add(text("no-newline", "[storage]\ndriver=\"vfs\""));
    cases.add(text("crlf", OPTIONS.replace("\n", "\r\n")));
    cases.add(text("lone-cr", "[storage]\rdriver=\"vfs\"\r"));
    cases.add(text("cr-in-comment", VFS + "# a\rb\n"));
    cases.add(text("cr-at-end", VFS + "\r"));
    cases.add(text("bom", "\uFEFF" + VFS));
    cases.add(text("nul", VFS + "# \0\n"));
    cases.add(text("nul-first", "\0" + VFS));
    cases.add(text("nul-in-text", "[storage]\ndriver=\"vfs\0\"\n"));
    cases.add(text("control", VFS + "# \u0001\n"));
    cases.add(text("delete", VFS + "# \u007F\n"));
    cases.add(text("tab-in-text", "[storage]\ndriver=\"vfs\"\ngraphroot=\"@HOME@/a\tb\"\n"));
    cases.add(text("latin1", VFS + "# \uDCE9\n"));
    cases.add(text("latin1-value", OPTIONS + "mountopt = \"\uDCE9\"\n"));
    cases.add(text("replacement", VFS + "# \uFFFD\n"));
    cases.add(text("nel", VFS + "# \u0085 \u2028\n"));
    cases.add(text("umlaut", VFS + "graphroot = \"@HOME@/\u00FC\"\n"));
    cases.add(text("emoji", VFS + "graphroot = \"@HOME@/\uD83D\uDE00\"\n"));
    cases.add(text("escape", "[storage]\ndriver = \"\\u0076fs\"\n"));
    cases.add(text("escape-long", "[storage]\ndriver = \"\\U00000076fs\"\n"));
    cases.add(text("escape-surrogate", "[storage]\ndriver = \"\\uD800\"\n"));
    cases.add(text("escape-hex", "[storage]\ndriver = \"\\x76fs\"\n"));
    cases.add(text("escape-e", OPTIONS + "ignore_chown_errors = \"\\e\"\n"));
    cases.add(text("escape-unknown", "[storage]\ndriver = \"\\vfs\"\n"));
    cases.add(text("escape-slash", "[storage]\ndriver = \"vfs\"\nrunroot = \"\\/r\"\n"));
    cases.add(text("multi-line", "[storage]\ndriver = \"\"\"\nvfs\"\"\"\n"));
    cases.add(text("multi-line-literal", "[storage]\ndriver = '''vfs'''\n"));
    cases.add(text("multi-line-fold", "[storage]\ndriver = \"\"\"v\\\n   fs\"\"\"\n"));
    cases.add(text("multi-line-quotes", VFS + "x = \"\"\"a\"\"\"\"\"\n"));
    cases.add(text("multi-line-many-quotes", VFS + "x = \"\"\"a\"\"\"\"\"\"\n"));
    cases.add(text("open-text", "[storage]\ndriver = \"vfs\n"));
    cases.add(text("bare-value", "[storage]\ndriver = vfs\n"));
    cases.add(text("no-value", "[storage]\ndriver =\n"));
    cases.add(text("no-key", "[storage]\n= \"vfs\"\n"));
    cases.add(text("two-values", "[storage]\ndriver = \"vfs\" runroot = \"/r\"\n"));
    cases.add(text("colon", "[storage]\ndriver: vfs\n"));
    cases.add(text("duplicate-key", "[storage]\ndriver = \"vfs\"\ndriver = \"vfs\"\n"));
    cases.add(text("duplicate-table", VFS + VFS));
    cases.add(text("duplicate-unknown", VFS + "a = 1\na = 2\n"));
    cases.add(text("table-after-dotted", "storage.driver = \"vfs\"\n[storage]\n"));
    cases.add(text("table-after-options", "[storage.options]\nsize=\"\"\n" + VFS));
    cases.add(text("dotted-into-table", OPTIONS + "[storage.options.vfs]\n[x]\nstorage.a=1\n"));
    cases.add(text("dotted-reopen", "[storage.options]\n[storage]\noptions.size=\"\"\n"));
    cases.add(text("inline-reopen", "storage = {driver=\"vfs\"}\n[storage.options]\n"));
    cases.add(text("inline", "storage = {driver=\"vfs\", options={ignore_chown_errors=\"1\"}}\n"));
    cases.add(text("inline-newline", "storage = {driver=\"vfs\",\n runroot=\"@HOME@/r\"}\n"));
    cases.add(text("inline-comma", "storage = {driver=\"vfs\",}\n"));
    cases.add(
        text("dotted", "storage.driver = \"vfs\"\nstorage.options.ignore_chown_errors=\"1\"\n"));
    cases.add(text("dotted-blanks", "storage . driver = \"vfs\"\n"));
    cases.add(text("quoted-keys", "[\"storage\"]\n'driver' = \"vfs\"\n"));
    cases.add(text("quoted-dot", VFS + "[\"storage.options\"]\nignore_chown_errors=\"1\"\n"));
    cases.add(
        text(
            "upper-table",
            "[STORAGE]\nDriver = \"vfs\"\n[STORAGE.Options]\nIGNORE_CHOWN_ERRORS = \"1\"\n"));
    cases.add(text("hyphen-key", OPTIONS + "ignore-chown-errors = \"1\"\n"));
    cases.add(text("blank-table", "[ storage ]\ndriver = \"vfs\"\n"));
    cases.add(text("indented", "  [storage]\n\tdriver\t=\t\"vfs\"  # driver\n"));
    cases.add(text("array-of-tables", "[[storage]]\ndriver = \"vfs\"\n"));
    cases.add(text("storage-is-text", "storage = \"vfs\"\n"));
    cases.add(text("options-is-text", VFS + "options = \"x\"\n"));
    cases.add(text("flag-at-top", "ignore_chown_errors = \"1\"\n" + VFS));
    cases.add(text("flag-in-storage", VFS + "ignore_chown_errors = \"1\"\n"));
    cases.add(text("options-at-top", VFS + "[options]\nignore_chown_errors = \"yes\"\n"));
    cases.add(text("other-section", VFS + "[engine]\nruntime = \"crun\"\n"));
    cases.add(text("trailing-comma", OPTIONS + "additionalimagestores = [\"/tmp/store/a\",]\n"));
    cases.add(
        text("lines-in-list", OPTIONS + "additionalimagestores = [ # a\n\"/tmp/store/a\",\n\n]\n"));
    cases.add(text("nested-list", OPTIONS + "additionalimagestores = [[\"/tmp/store/a\"]]\n"));
    cases.add(text("mixed-unknown", VFS + "x = [1, \"a\", 2.5, {b=1}]\n"));
    for (String value :
        List.of(
            "0755",
            "+1",
            "1_000",
            "1__0",
            "0xFF",
            "0XFF",
            "0b11",
            "1e3",
            "1.",
            ".5",
            "inf",
            "nan",
            "9223372036854775808",
            "1979-05-27",
            "1979-05-27T07:32:00Z",
            "1979-05-27 07:32",
            "07:32:00",
            "07:32",
            "1979-02-30",
            "True",
            "[]",
            "{}",
            "[1,,2]",
            "'a\tb'",
            "-0",
            "1979-05-27t07:32:00z",
            "1e1_0",
            "0o17",
            "0o8",
            "1.5e+3",
            "+nan",
            "-inf")) {
      cases.add(text("value-" + cases.size(), VFS + "x = " + value + "\n"));
    }
    cases.add(text("key-unicode", VFS + "\u00FC = 1\n"));
    cases.add(text("key-empty", VFS + "\"\" = 1\n"));
    cases.add(text("key-number", VFS + "1.5 = 1\n"));
    cases.add(text("key-multi-line", VFS + "\"\"\"a\"\"\" = 1\n"));
    cases.add(text("table-empty", VFS + "[]\n"));
    cases.add(text("table-dot", VFS + "[a.]\n"));
    cases.add(text("table-junk", "[storage] x\ndriver = \"vfs\"\n"));
    cases.add(text("bracket", "]\n"));
    return cases;
  }

  private static StorageCase text(String name, String text) {
    return StorageCase.of("toml-" + name).user(text);
  }
}
