package io.orchflow.gateway.session;

/// On whose behalf a request is forwarded.
public sealed interface Principal {

    /// Names the principal in rate limits: a person's tokens count with the person.
    String key();

    /// Names the principal in idempotency keys. The gateway gives stored answers out before the
    /// service has looked at scopes, so that a token never shares those of its person.
    default String idempotencyKey() {
        return key();
    }

    /// Nobody known: the service decides whether that is enough.
    ///
    /// @param staleCookie the browser sent a session cookie that is good no more
    record Visitor(String address, boolean staleCookie) implements Principal {
        @Override
        public String key() {
            return "address:" + address;
        }
    }

    /// A browser session.
    ///
    /// @param session key of the session's row
    record Person(String session, AccessToken token) implements Principal {
        @Override
        public String key() {
            return "user:" + token.subject();
        }
    }

    /// A personal access token.
    ///
    /// @param digest key of the cached exchange
    record Machine(String digest, AccessToken token) implements Principal {
        @Override
        public String key() {
            return "user:" + token.subject();
        }

        @Override
        public String idempotencyKey() {
            return "token:" + token.sessionId();
        }
    }
}
