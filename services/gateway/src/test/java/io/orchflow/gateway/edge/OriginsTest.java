package io.orchflow.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.edge.OriginRule.Claim;
import io.orchflow.problem.ProblemException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    private static Origins of(String... origins) {
        return new Origins(List.of(origins).stream().map(URI::create).toList(), 8080);
    }

    @Test
    void publicOriginKnowsItselfAndLoopbackHostsOnly() {
        var origins = of("https://flow.example.org");
        assertTrue(origins.knowsHost("Flow.Example.org"));
        assertTrue(origins.knowsHost("127.0.0.1:8080"));
        assertFalse(origins.knowsHost("flow.example.org:8080"));
        assertFalse(origins.knowsHost("flow.example.org.evil"));
        assertFalse(origins.knowsHost(null));
        assertTrue(origins.knows("https://flow.example.org"));
        assertFalse(origins.knows("http://flow.example.org"));
        assertFalse(origins.knows("http://127.0.0.1:8080"));
        assertFalse(origins.knows("null"));
        assertTrue(origins.secure());
    }

    @Test
    void loopbackOriginKnowsItsOtherNames() {
        var origins = of("http://127.0.0.1:8080");
        assertTrue(origins.knows("http://localhost:8080"));
        assertTrue(origins.knows("http://[::1]:8080"));
        assertFalse(origins.knows("http://localhost:3000"));
        assertFalse(origins.secure());
    }

    @Test
    void needsAnOrigin() {
        assertThrows(IllegalArgumentException.class, () -> of());
        assertThrows(IllegalArgumentException.class, () -> of("ftp://x"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // method, origin, fetch site, cookie, credentials, status
                "GET,    -,                     -,           true,  false, 0",
                "GET,    http://evil.example,   cross-site,  true,  false, 0",
                "POST,   -,                     -,           true,  false, 403",
                "POST,   -,                     same-origin, true,  false, 0",
                "POST,   -,                     same-site,   true,  false, 403",
                "DELETE, http://127.0.0.1:8080, -,           true,  false, 0",
                "PUT,    http://evil.example,   same-origin, true,  false, 403",
                "POST,   http://evil.example,   -,           false, false, 0",
                "POST,   -,                     -,           false, true,  0",
                "POST,   -,                     -,           true,  true,  0",
                "POST,   http://evil.example,   -,           false, true,  403",
                "POST,   null,                  -,           false, true,  403"
            })
    void otherSitesCannotAct(
            String method,
            String origin,
            String site,
            boolean cookie,
            boolean credentials,
            int status) {
        var rule = new OriginRule(of("http://127.0.0.1:8080"));
        var claim = new Claim(method, origin, site, cookie, credentials);
        if (status == 0) {
            assertDoesNotThrow(() -> rule.check(claim));
        } else {
            var refused = assertThrows(ProblemException.class, () -> rule.check(claim));
            assertEquals(status, refused.problem().status());
        }
    }

    @Test
    void policyHoldsTheHashOfEveryInlineScript() {
        var policy =
                ContentSecurityPolicy.ofPage(
                        "<script>alert(1)</script><script src=\"/a.js\"></script>");
        assertTrue(
                policy.contains(
                        "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"),
                policy);
    }
}
