package io.orchflow.agent.pane;

import io.orchflow.workspace.v1.AttachEvent;

/// A follower as a viewer's stream: of what viewers are told it takes bytes and the end.
record FollowerSink(OutputFollower follower) implements ViewerSink {

    @Override
    public boolean isReady() {
        return follower.isReady();
    }

    @Override
    public void send(AttachEvent event) {
        switch (event.getKindCase()) {
            case OUTPUT -> follower.output(event.getOutput().getData().toByteArray());
            case SNAPSHOT -> follower.gap();
            case EXITED ->
                    follower.exited(
                            new PaneExit(
                                    event.getExited().hasExitCode()
                                            ? event.getExited().getExitCode()
                                            : null));
            case GONE -> follower.exited(new PaneExit(null));
            case HELLO, RESIZED, LEASE, KIND_NOT_SET -> {}
        }
    }

    @Override
    public void complete() {}
}
