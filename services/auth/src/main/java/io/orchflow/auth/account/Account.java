package io.orchflow.auth.account;

/// A person's account.
///
/// @param email normalised
/// @param instanceOwner whether it was the first one here
public record Account(
        String id,
        String email,
        String displayName,
        String personalTeamId,
        boolean instanceOwner) {}
