package io.orchflow.terminal.attachment;

/// Why a connection ends, with the close code of the public contract.
enum Closing {
    PANE_GONE(1000, "pane gone"),
    CLOSED(1000, "closed"),
    ELSEWHERE(1012, "reconnect"),
    AGENT_AWAY(1012, "workspace away"),
    BAD_TICKET(4401, "ticket"),
    REVOKED(4403, "revoked"),
    FORBIDDEN(4403, "not permitted"),
    NO_PANE(4404, "no such pane"),
    TOO_SLOW(4408, "too slow");

    private final int code;
    private final String reason;

    Closing(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
