package io.orchflow.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Content-Security-Policy values (W3C CSP 3).
public final class ContentSecurityPolicy {

    /// For answers that are never a page of ours: nothing in them may run or load anything.
    public static final String DATA = "default-src 'none'; frame-ancestors 'none'; sandbox";

    /// For script files. A worker takes its policy from the file that it was started from: it may
    /// load and ask this origin, nobody else.
    public static final String WORKER =
            "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";

    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

    private ContentSecurityPolicy() {}

    /// The policy of one page: scripts of this origin, and exactly the inline ones that it holds.
    /// Inline styles are allowed because xterm.js writes its colours and cell sizes as style
    /// elements.
    public static String ofPage(String html) {
        var scripts = new TreeSet<String>();
        var inline = INLINE_SCRIPT.matcher(html);
        while (inline.find()) {
            scripts.add("'sha256-" + sha256(inline.group(1)) + "'");
        }
        return "default-src 'none'; script-src 'self'"
                + (scripts.isEmpty() ? "" : " " + String.join(" ", scripts))
                + "; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:"
                + "; connect-src 'self'; worker-src 'self'; manifest-src 'self'"
                + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
