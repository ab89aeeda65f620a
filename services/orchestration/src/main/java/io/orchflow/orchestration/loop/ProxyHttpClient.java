package io.orchflow.orchestration.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.orchflow.orchestration.tunnel.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Asks models through the proxy, in this process: the same budgets, pauses, keys and counts as for
/// programs' calls. Everything is told on the caller's thread, before the call returns.
final class ProxyHttpClient implements HttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_EVENT = 8 << 20;
    private static final int LONGEST_WORDS = 500;

    private final Way way;
    private final BooleanSupplier open;

    private ProxyHttpClient(Way way, BooleanSupplier open) {
        this.way = way;
        this.open = open;
    }

    /// @param open whether somebody still waits for answers
    static HttpClientBuilder builder(Way way, BooleanSupplier open) {
        return new Builder(new ProxyHttpClient(way, open));
    }

    /// The proxy, for one who asks.
    @FunctionalInterface
    interface Way {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var body = new ByteArrayOutputStream();
        var call = new Call(request, body::writeBytes);
        try {
            ask(call);
        } catch (IOException e) {
            throw new HttpException(502, "its answer broke off: " + e.getMessage());
        }
        var text = body.toString(StandardCharsets.UTF_8);
        if (call.status >= 300) {
            throw new HttpException(call.status, words(text));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(call.status)
                .headers(call.headers())
                .body(text)
                .build();
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        var events = new Events(parser, listener);
        var call = new Call(request, events);
        events.call = call;
        try {
            ask(call);
            if (call.status < 300) {
                events.end();
                listener.onClose();
            } else {
                listener.onError(new HttpException(call.status, words(events.rest())));
            }
        } catch (IOException e) {
            listener.onError(new IOException("its answer broke off", e));
        }
    }

    private void ask(Call call) throws IOException {
        try {
            way.answer(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (call.status == 0) {
            throw new IOException("nobody waits for it any more");
        }
    }

    /// What a refusal says for people.
    private static String words(String body) {
        String words = body;
        try {
            words = JSON.readTree(body).path("error").path("message").asText(body);
        } catch (JsonProcessingException e) {
            // It is said as it came.
        }
        var line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }

    /// Takes bytes of an answer.
    private interface Sink {
        void take(byte[] bytes) throws IOException;
    }

    /// Cuts a stream into events, each handed on as soon as it is whole.
    private static final class Events implements Sink {
        private final ServerSentEventParser parser;
        private final ServerSentEventListener listener;
        private final ByteArrayOutputStream event = new ByteArrayOutputStream();
        private @Nullable Call call;
        private boolean opened;
        private int inLine;

        Events(ServerSentEventParser parser, ServerSentEventListener listener) {
            this.parser = parser;
            this.listener = listener;
        }

        @Override
        public void take(byte[] bytes) throws IOException {
            var asked = call;
            if (asked == null || asked.status >= 300) {
                event.writeBytes(bytes);
                return;
            }
            if (!opened) {
                opened = true;
                listener.onOpen(
                        SuccessfulHttpResponse.builder()
                                .statusCode(asked.status)
                                .headers(asked.headers())
                                .build());
            }
            for (byte b : bytes) {
                event.write(b);
                if (b == '\n') {
                    if (inLine == 0) {
                        end();
                    }
                    inLine = 0;
                } else if (b != '\r') {
                    inLine++;
                }
            }
            if (event.size() > LONGEST_EVENT) {
                throw new IOException("an event is longer than 8 MiB");
            }
        }

        void end() {
            parser.parse(new ByteArrayInputStream(event.toByteArray()), listener);
            event.reset();
        }

        String rest() {
            return event.toString(StandardCharsets.UTF_8);
        }
    }

    /// A call as the proxy sees it.
    private final class Call implements Exchange {
        private final HttpRequest request;
        private final Sink sink;
        private Map<String, String> answered = Map.of();
        private int status;

        Call(HttpRequest request, Sink sink) {
            this.request = request;
            this.sink = sink;
        }

        Map<String, List<String>> headers() {
            var all = new java.util.HashMap<String, List<String>>();
            answered.forEach((name, value) -> all.put(name, List.of(value)));
            return all;
        }

        @Override
        public String method() {
            return request.method().name();
        }

        @Override
        public String path() {
            return URI.create(request.url()).getPath();
        }

        @Override
        public Optional<String> header(String name) {
            return request.headers().entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .findFirst();
        }

        @Override
        public byte[] body() {
            return request.body() == null
                    ? new byte[0]
                    : request.body().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean open() {
            return open.getAsBoolean();
        }

        @Override
        public void answer(int code, Map<String, String> headers, byte[] bytes) throws IOException {
            begin(code, headers);
            sink.take(bytes);
        }

        @Override
        public void begin(int code, Map<String, String> headers) {
            status = code;
            answered = Map.copyOf(headers);
        }

        @Override
        public void piece(byte[] bytes, int length) throws IOException {
            sink.take(java.util.Arrays.copyOf(bytes, length));
        }

        @Override
        public void end() {
            // The call returns.
        }
    }

    /// The proxy has limits of time of its own.
    private record Builder(ProxyHttpClient client) implements HttpClientBuilder {

        @Override
        public @Nullable Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
