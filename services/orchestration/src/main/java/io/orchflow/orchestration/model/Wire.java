package io.orchflow.orchestration.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A dialect of HTTP that models are spoken to in.
public enum Wire {
    /// OpenAI's Responses API.
    RESPONSES("/responses"),
    /// OpenAI's Chat Completions API, which most local servers speak too.
    CHAT("/chat/completions"),
    /// Anthropic's Messages API.
    MESSAGES("/messages");

    private final String path;

    Wire(String path) {
        this.path = path;
    }

    /// Below a provider's base URL, and below `/v1` of the proxy.
    public String path() {
        return path;
    }

    /// What the agent of ours speaks, the one to prefer first.
    public static List<Wire> ofOurAgent() {
        return List.of(CHAT, MESSAGES);
    }

    /// As in the API: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Wire> of(String word) {
        return Arrays.stream(values()).filter(wire -> wire.word().equals(word)).findFirst();
    }
}
