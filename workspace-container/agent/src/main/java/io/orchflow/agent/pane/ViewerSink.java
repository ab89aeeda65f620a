package io.orchflow.agent.pane;

import io.orchflow.workspace.v1.AttachEvent;

/// Where a viewer's events go: a stream with flow control.
interface ViewerSink {

    /// False while the stream has enough on its way; [Viewer#signal] is called when that has
    /// changed.
    boolean isReady();

    void send(AttachEvent event);

    /// No event comes after this.
    void complete();
}
