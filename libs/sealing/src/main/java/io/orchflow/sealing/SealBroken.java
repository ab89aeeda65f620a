package io.orchflow.sealing;

/// Something was sealed with another secret or under another name, or was changed since.
public final class SealBroken extends Exception {
    SealBroken(String name, Throwable cause) {
        super("what is stored as " + name + " cannot be opened with this secret", cause);
    }
}
