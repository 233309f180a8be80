/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The content of a page, and the words that it links to their explanations. A page explains its own
 * words: links within a page work by pointer, keyboard and touch, lose no form, and are printed.
 *
 * @param html the content, escaped
 * @param words the words, each once, in the order of the page
 */
public record Body(String html, List<Word> words) {
  private static final Pattern LINK = Pattern.compile("href=\"#(word-[^\"]+)\"");
  private static final int USUAL = 16 << 10;

  /** Copies the list. */
  public Body {
    words = List.copyOf(words);
  }

  /** Fills the content of a page with this frame, whose role is one of the words. */
  public static Body of(Frame frame, Content content) {
    StringOutput html = new StringOutput(USUAL);
    content.writeTo(new OwaspHtmlTemplateOutput(html));
    Stream<Word> ofFrame =
        frame.principal().flatMap(who -> Words.find("role", who.role().word())).stream();
    Stream<Word> ofContent =
        LINK.matcher(html.toString())
            .results()
            .map((MatchResult link) -> link.group(1))
            .distinct()
            .map(Words::at)
            .flatMap(Optional::stream);
    return new Body(html.toString(), Stream.concat(ofFrame, ofContent).distinct().toList());
  }
}
