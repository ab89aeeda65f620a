package io.orchflow.access;

import java.util.Collection;
import java.util.Set;

/// Where the grants of sessions are kept.
public interface GrantStore {

    /// Key of a session's grant; it exists while the session is good.
    String PREFIX = "orchflow:grant:";

    /// Which of these sessions still have their grant. Called on a virtual thread, may block for
    /// up to 2 s.
    ///
    /// @throws RuntimeException where it cannot be told
    Set<String> present(Collection<String> sessionIds);
}
