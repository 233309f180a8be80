/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.nodes;

import io.cadastre.subid.NodeName;
import java.time.Instant;

/**
 * The last report about a node.
 *
 * @param node the node that it is about
 * @param report what it says
 * @param received when the service received it
 * @param verified whether the credential is of this node alone
 * @param credential the name of the credential
 */
public record ReportedNode(
    NodeName node, NodeReport report, Instant received, boolean verified, String credential) {

  /** This report after an earlier one about the node. */
  public ReportedNode after(ReportedNode earlier) {
    return new ReportedNode(node, report.after(earlier.report), received, verified, credential);
  }
}
