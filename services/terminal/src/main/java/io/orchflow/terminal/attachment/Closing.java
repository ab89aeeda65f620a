package io.orchflow.terminal.attachment;

/// Why a connection ends, with the close code of the public contract.
enum Closing {
    PANE_GONE(1000, "pane gone"),
    ELSEWHERE(1012, "reconnect"),
    BAD_TICKET(4401, "ticket"),
    REVOKED(4403, "revoked"),
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
