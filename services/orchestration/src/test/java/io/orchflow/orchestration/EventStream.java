package io.orchflow.orchestration;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A reader of server-sent events (WHATWG HTML, section 9.2).
final class EventStream implements AutoCloseable {

    /// One event.
    record Event(String id, String type, JsonObject data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Event> events = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    EventStream(String url, String token, String lastEventId) {
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        thread = Thread.ofVirtual().start(() -> read(request.build()));
    }

    private void read(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofLines());
            var lines = new ArrayList<String>();
            answer.body()
                    .forEach(
                            line -> {
                                if (line.isEmpty()) {
                                    take(lines);
                                    lines.clear();
                                } else {
                                    lines.add(line);
                                }
                            });
        } catch (Exception e) {
            // the stream was cut: the test sees what came
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private void take(List<String> lines) {
        var data = field(lines, "data");
        if (!data.isEmpty()) {
            synchronized (events) {
                events.add(
                        new Event(field(lines, "id"), field(lines, "event"), new JsonObject(data)));
            }
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .reduce("", String::concat);
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
