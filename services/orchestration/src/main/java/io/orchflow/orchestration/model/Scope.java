package io.orchflow.orchestration.model;

import java.util.Locale;

/// Whose budget it is.
public enum Scope {
    /// A swarm's, for as long as it lives.
    SWARM("this swarm"),
    /// A team's, for a calendar month (UTC).
    TEAM("the team this month"),
    /// A person's in a team, for a calendar month (UTC), over all swarms that they approved.
    USER("the person who approved it, this month");

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    /// For people, after "for".
    String words() {
        return words;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
