package io.orchflow.orchestration.worker;

import io.grpc.Status;

/// The workspace agent was asked, and said no.
final class Refused extends RuntimeException {
    private final Status.Code code;

    Refused(Status status) {
        super(status.getDescription() == null ? status.getCode().name() : status.getDescription());
        this.code = status.getCode();
    }

    boolean notFound() {
        return code == Status.Code.NOT_FOUND;
    }

    boolean wrongState() {
        return code == Status.Code.FAILED_PRECONDITION;
    }
}
