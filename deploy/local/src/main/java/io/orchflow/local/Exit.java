package io.orchflow.local;

import java.util.Map;

/// Exit codes in words.
final class Exit {
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.of(1, "HUP", 2, "INT", 3, "QUIT", 6, "ABRT", 9, "KILL", 11, "SEGV", 15, "TERM");

    private Exit() {}

    static String describe(int code) {
        if (code <= SIGNALLED) {
            return "ended with exit code " + code;
        }
        int signal = code - SIGNALLED;
        String name = SIGNALS.get(signal);
        return "ended by " + (name == null ? "signal " + signal : "SIG" + name);
    }
}
