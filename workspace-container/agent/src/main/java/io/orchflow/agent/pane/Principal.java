package io.orchflow.agent.pane;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Who acts, as the calling service has verified it. `name` is for people and is no part of the
/// identity.
public record Principal(Kind kind, String id, String name) {

    /// What kind of actor it is.
    public enum Kind {
        USER,
        AGENT,
        SYSTEM
    }

    public Principal {
        if (id.isBlank()) {
            throw new IllegalArgumentException("principal id is blank");
        }
    }

    /// True when both are the same actor, whatever it calls itself.
    @JsonIgnore
    public boolean isSameAs(Principal other) {
        return kind == other.kind && id.equals(other.id);
    }
}
