package io.orchflow.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/// How a caller is written into an access token and read from it.
final class TokenClaims {

    static final String ISSUER = "orchflow";
    static final String AUDIENCE = "orchflow";

    private TokenClaims() {}

    static JwtClaims write(Caller caller) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(caller.userId());
        claims.setStringClaim("name", caller.displayName());
        claims.setStringClaim("knd", caller.kind().name().toLowerCase(Locale.ROOT));
        claims.setStringClaim("sid", caller.sessionId());
        claims.setStringListClaim("scp", new ArrayList<>(caller.scopes()));
        var teams = new LinkedHashMap<String, String>();
        caller.teams().forEach((team, role) -> teams.put(team, role.wire()));
        claims.setClaim("teams", teams);
        return claims;
    }

    static Caller read(JwtClaims claims) throws MalformedClaimException {
        return new Caller(
                claims.getSubject(),
                claims.getStringClaimValue("name"),
                Caller.Kind.valueOf(claims.getStringClaimValue("knd").toUpperCase(Locale.ROOT)),
                teams(claims.getClaimValue("teams", Map.class)),
                Set.copyOf(claims.getStringListClaimValue("scp")),
                claims.getStringClaimValue("sid"));
    }

    private static Map<String, Role> teams(Map<?, ?> written) {
        var teams = new HashMap<String, Role>();
        written.forEach((team, role) -> teams.put((String) team, Role.parse((String) role)));
        return teams;
    }
}
