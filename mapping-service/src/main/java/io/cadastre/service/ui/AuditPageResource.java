/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.AuditReport;
import io.cadastre.service.registry.RunningWork;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.ui.page.AuditPage;
import io.cadastre.service.ui.page.FindingView;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Printable;
import io.cadastre.subid.Severity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The findings with their remedies, and a new run. */
@Path(PageSide.ROOT + "/audit")
public final class AuditPageResource {
  private static final Logger LOG = LoggerFactory.getLogger(AuditPageResource.class);

  /** Findings of one severity that a page lists. */
  private static final int LISTED = 500;

  private final Pages pages;
  private final Audit audit;
  private final RunningWork works;
  private final ExecutorService thread;

  /**
   * The page of this audit.
   *
   * @param thread runs one audit, and refuses more
   */
  AuditPageResource(Pages pages, Audit audit, RunningWork works, ExecutorService thread) {
    this.pages = pages;
    this.audit = audit;
    this.works = works;
    this.thread = thread;
  }

  /** The last report. */
  @GET
  public Response report(@Context HttpServletRequest request) {
    Optional<AuditReport> last = audit.last();
    List<Finding> findings = last.map(AuditReport::findings).orElse(List.of());
    return pages.page(
        "audit",
        new AuditPage(
            pages.frame(request, Section.AUDIT, "Audit"),
            last.map(AuditReport::at).map(Instant::toString),
            Stream.of(Severity.ERROR, Severity.WARNING, Severity.INFO)
                .map(severity -> of(severity, findings))
                .filter(group -> group.count() > 0)
                .toList(),
            last.map(AuditReport::acknowledged).orElse(List.of()).stream()
                .map(
                    known ->
                        new AuditPage.Known(
                            FindingView.of(known.finding()),
                            known.acknowledgement().until().toString(),
                            Printable.of(known.acknowledgement().why())))
                .toList()));
  }

  private static AuditPage.OfSeverity of(Severity severity, List<Finding> findings) {
    List<Finding> all = findings.stream().filter(each -> each.severity() == severity).toList();
    return new AuditPage.OfSeverity(
        severity.word(), all.stream().limit(LISTED).map(FindingView::of).toList(), all.size());
  }

  /** Begins an audit, and leads to the page that shows how far it is. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response run(PageForm form) {
    thread.execute(
        () -> {
          try {
            AuditReport report = works.run("Audit", audit::run);
            LOG.info("an audit that a page asked for: {}", report.summary());
          } catch (RuntimeException e) {
            LOG.warn("an audit that a page asked for has failed: {}", e.getMessage());
          }
        });
    return pages.seeOther(PageSide.ROOT + "/progress");
  }
}
