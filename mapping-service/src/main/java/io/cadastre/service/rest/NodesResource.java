/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.NodeJson;
import io.cadastre.service.api.NodeReportJson;
import io.cadastre.service.api.NodesJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.registry.NodeReports;
import io.cadastre.service.rest.http.AccessFilter;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.subid.NodeName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What nodes say that they serve. The access filter has held the node against the credential. */
@Path(Paths.NODES)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class NodesResource {
  private final NodeReports nodes;

  NodesResource(NodeReports nodes) {
    this.nodes = nodes;
  }

  /** The credential, and nothing else of the request, says whether the node itself reports. */
  @PUT
  @Path(Paths.REPORT)
  @Operation(summary = "Report what a node serves")
  @ApiResponse(responseCode = "204", description = "The report is recorded")
  public void report(
      @Encoded @PathParam("node") NodeName node,
      @Nullable NodeReportJson body,
      @Context HttpServletRequest request) {
    NodeReportJson said = Objects.requireNonNullElse(body, NodeReportJson.NOTHING);
    nodes.record(node, said.report(), AccessFilter.principal(request));
  }

  /** By host name. */
  @GET
  @Operation(summary = "A page of the nodes that sent a report in the last 90 days")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  public NodesJson nodes(
      @QueryParam("limit") Optional<PageLimit> limit,
      @Parameter(description = "The `next` value of the previous page") @QueryParam("cursor")
          Optional<NodeName> cursor) {
    NodeReports.Page page = nodes.page(cursor, PageLimit.rows(limit));
    return new NodesJson(
        page.head().uuid().toString(),
        page.head().serial(),
        page.nodes().stream().map(node -> NodeJson.of(node, page.head(), nodes.now())).toList(),
        page.next().map(NodeName::value));
  }

  /** 404 without a report in the last 90 days. */
  @GET
  @Path(Paths.NODE)
  @Operation(summary = "The last report about a node")
  @ApiResponse(responseCode = "200", description = "The report", useReturnTypeSchema = true)
  public NodeJson node(@Encoded @PathParam("node") NodeName node) {
    NodeReports.Page page = nodes.find(node);
    return NodeJson.of(page.nodes().get(0), page.head(), nodes.now());
  }
}
