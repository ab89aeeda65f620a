package io.orchflow.orchestration.worker;

/// The work was asked to stop where it is; what was written down is enough to go on later.
class Stopped extends RuntimeException {
    Stopped() {
        super("stopped", null, false, false);
    }
}
