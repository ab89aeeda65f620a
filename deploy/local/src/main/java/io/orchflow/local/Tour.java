package io.orchflow.local;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A little use of a fresh system, so that AOT caches hold more than its start: an account, a
/// workspace, a pane, and a first swarm. Each step prints how it went; one that fails costs only
/// speed.
final class Tour {
    private static final Duration WORKSPACE = Duration.ofMinutes(1);
    private static final Duration ASSISTANT = Duration.ofSeconds(20);
    private static final Duration SWARM = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();

    private String last = "";

    Tour(String url) {
        this.url = url;
    }

    void run() {
        get("/");
        post(
                "/api/auth/register",
                """
                {"email": "tour@example.org", "password": "%s", "displayName": "Tour"}
                """
                        .formatted(io.orchflow.embedded.Secrets.random()));
        get("/api/auth/me");
        String workspace =
                field("id", post("/api/workspaces", "{\"name\": \"tour\"}")).orElse("none");
        await("/api/workspaces/" + workspace, Pattern.compile("RUNNING|FAILED"), WORKSPACE);
        post("/api/terminal/pane", "{\"workspaceId\": \"%s\"}".formatted(workspace));
        get("/api/terminal/panes?workspaceId=" + workspace);
        swarm(workspace);
    }

    private void swarm(String workspace) {
        String body = "{\"workspaceId\": \"%s\"}".formatted(workspace);
        String conversation = field("id", post("/api/conversations", body)).orElse("none");
        String messages = "/api/conversations/" + conversation + "/messages";
        post(messages, "{\"text\": \"Build me a REST API with auth\"}");
        String answer = await(messages, Pattern.compile("\"planId\""), ASSISTANT);
        field("planId", answer)
                .flatMap(plan -> field("swarmId", post("/api/plans/" + plan + "/approve", "{}")))
                .ifPresent(
                        swarm ->
                                await(
                                        "/api/swarms/" + swarm,
                                        Pattern.compile("COMPLETED|FAILED"),
                                        SWARM));
    }

    private String await(String path, Pattern wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String answer = get(path);
        while (!wanted.matcher(answer).find() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
            answer = get(path);
        }
        return answer;
    }

    private String get(String path) {
        return send(path, HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    private String post(String path, String json) {
        return send(
                path,
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .header("Origin", url)
                        .POST(BodyPublishers.ofString(json)));
    }

    private String send(String path, HttpRequest.Builder request) {
        try {
            var answer =
                    client.send(
                            request.timeout(Duration.ofSeconds(30)).build(),
                            BodyHandlers.ofString());
            if (!path.equals(last)) {
                System.out.println("  tour           " + path + " " + answer.statusCode());
            }
            last = path;
            return answer.body();
        } catch (IOException e) {
            System.out.println("  tour           " + path + " " + e);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Optional<String> field(String name, String json) {
        var matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([A-Za-z0-9-]{1,64})\"").matcher(json);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
