package io.orchflow.workspaces.workspace;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a new workspace's files may come from. A clone runs git on this machine, so everything
/// that git would read as more than an address is refused: `ext::` and other helpers, local paths,
/// options, and credentials (they would be shown and kept).
public final class GitSource {

    public static final Set<String> SCHEMES = Set.of("https", "http", "git", "ssh");

    private static final int LONGEST = 2000;
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._-]*");
    private static final Pattern PATH = Pattern.compile("/[\\w.~%+@,=:/-]+");

    private GitSource() {}

    /// @return what is wrong with the URL, as a sentence; empty where it may be cloned
    public static Optional<String> objection(String url) {
        if (url.length() > LONGEST) {
            return Optional.of("The URL has more than " + LONGEST + " characters.");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("It is no URL: " + e.getReason() + ".");
        }
        return objection(uri);
    }

    private static Optional<String> objection(URI uri) {
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            return Optional.of("A git URL starts with https://, http://, git:// or ssh://.");
        }
        if (uri.getHost() == null || !HOST.matcher(uri.getHost()).matches()) {
            return Optional.of("The URL names no host.");
        }
        var user = uri.getRawUserInfo();
        if (user != null && !(uri.getScheme().equals("ssh") && USER.matcher(user).matches())) {
            return Optional.of("The URL must not carry a credential.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("A git URL has neither query nor fragment.");
        }
        if (uri.getRawPath() == null || !PATH.matcher(uri.getRawPath()).matches()) {
            return Optional.of("The URL names no repository.");
        }
        return Optional.empty();
    }
}
