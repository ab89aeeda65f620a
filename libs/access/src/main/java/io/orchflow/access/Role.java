package io.orchflow.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a person is in a team, the least first. Written in lower case.
public enum Role {
    VIEWER,
    MEMBER,
    ADMIN,
    OWNER;

    public boolean atLeast(Role least) {
        return compareTo(least) >= 0;
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param text any case
    /// @throws IllegalArgumentException for a text that is no role
    @JsonCreator
    public static Role parse(String text) {
        for (var role : values()) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no role; it is one of viewer, member, admin, owner.");
    }
}
