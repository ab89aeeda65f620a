package io.orchflow.agent.sandbox;

import java.util.Locale;

/// How commands are confined on this machine.
public enum SandboxMode {
    /// Namespaces made by root, every sandbox under a user id of its own.
    ROOT,
    /// Namespaces below a user namespace of an ordinary user.
    USER,
    /// No namespaces: the command is only asked to keep to its directory.
    NONE;

    public boolean isolated() {
        return this != NONE;
    }

    /// How far evidence from such a sandbox can be trusted: `sandboxed` or `cooperative`.
    public String assurance() {
        return isolated() ? "sandboxed" : "cooperative";
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
