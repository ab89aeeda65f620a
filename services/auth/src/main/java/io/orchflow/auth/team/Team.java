package io.orchflow.auth.team;

/// A team. A personal one is made with an account.
public record Team(String id, String name, boolean personal) {}
