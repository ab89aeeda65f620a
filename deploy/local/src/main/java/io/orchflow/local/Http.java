package io.orchflow.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// One-shot GETs on the loopback address.
final class Http {
    private static final int MILLIS = 2000;

    /// @param body UTF-8; empty for an error status
    record Answer(int status, String body) {}

    private Http() {}

    /// Empty when nobody answers within 2 s.
    static Optional<Answer> get(String url, Map<String, String> headers) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            headers.forEach(connection::setRequestProperty);
            int status = connection.getResponseCode();
            if (status >= 400) {
                return Optional.of(new Answer(status, ""));
            }
            try (var in = connection.getInputStream()) {
                return Optional.of(
                        new Answer(status, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isOk(String url) {
        return get(url, Map.of()).map(answer -> answer.status() == 200).orElse(false);
    }
}
