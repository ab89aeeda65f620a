package io.orchflow.terminal.attachment;

import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.PanesGrpc;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/// Joins attachments to workspace agents.
@ApplicationScoped
class AttachmentAgents {

    private static final Logger LOG = Logger.getLogger(AttachmentAgents.class);

    private final WorkspaceConnections workspaces;

    AttachmentAgents(WorkspaceConnections workspaces) {
        this.workspaces = workspaces;
    }

    /// Attaches, or ends the attachment. Returns at once.
    void attachSoon(String workspaceId, Attachment attachment) {
        Thread.startVirtualThread(() -> attach(workspaceId, attachment));
    }

    /// [#attachSoon], here and now: may block for a moment.
    void attach(String workspaceId, Attachment attachment) {
        try {
            var _ = PanesGrpc.newStub(workspaces.connect(workspaceId)).attach(attachment);
            attachment.start();
        } catch (WorkspaceUnreachable | RuntimeException e) {
            LOG.warnf("Not attached paneId=%s reason=%s", attachment.paneId(), e.toString());
            attachment.end(Closing.AGENT_AWAY);
        }
    }
}
