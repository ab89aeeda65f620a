package io.orchflow.orchestration.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.tunnel.Lines;
import io.orchflow.orchestration.tunnel.Tunnel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The runner in the pane (`workspace-container/profiles/lib/model.mjs`), by lines of JSON.
final class RunnerTunnel implements Hands, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING = 16;
    private static final int LEAST_OUTPUT = 1;

    private final Lines lines;
    private final BlockingQueue<Optional<JsonNode>> heard = new ArrayBlockingQueue<>(WAITING);
    private final Thread reader;
    private volatile boolean open = true;

    RunnerTunnel(Tunnel tunnel) {
        this.lines = new Lines(tunnel);
        this.reader = Thread.ofVirtual().name("runner-reader").start(this::read);
    }

    private void read() {
        try {
            for (var line = lines.next(); line != null; line = lines.next()) {
                heard.put(Optional.of(JSON.readTree(line)));
            }
        } catch (IOException e) {
            open = false; // What is no JSON comes from nobody whom we know.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        open = false;
        var _ = heard.offer(Optional.empty());
    }

    /// What it begins with.
    ///
    /// @throws IllegalArgumentException it is no beginning; the message says what is wrong
    Hello hello() throws IOException, InterruptedException {
        var line = next("hello");
        var model = line.path("model");
        var wire = Wire.of(model.path("wire").asText("")).filter(Wire.ofOurAgent()::contains);
        var prompt = line.path("prompt").asText("");
        var name = model.path("name").asText("");
        var most = model.path("maxOutput").asInt(0);
        if (prompt.isBlank() || name.isBlank() || wire.isEmpty() || most < LEAST_OUTPUT) {
            throw new IllegalArgumentException(
                    "a runner begins with {type: \"hello\", prompt, model: {name, wire, maxOutput}}");
        }
        return new Hello(prompt, name, wire.get(), most, line.path("interrupted").asBoolean(false));
    }

    /// @throws IOException it is gone, or says something else
    private JsonNode next(String type) throws IOException, InterruptedException {
        var line = open ? heard.take() : Optional.ofNullable(heard.poll()).orElse(Optional.empty());
        if (line.isEmpty()) {
            throw new IOException("the runner is gone");
        }
        var said = line.get().path("type").asText("");
        if (!said.equals(type)) {
            throw new IOException("the runner says " + said + " and not " + type);
        }
        return line.get();
    }

    private void send(ObjectNode line) throws IOException {
        if (!open) {
            throw new IOException("the runner is gone");
        }
        lines.send(line.toString());
    }

    private static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Outcome act(Call call) throws IOException, InterruptedException {
        var line = line("call").put("id", call.id()).put("tool", call.tool());
        try {
            line.set("arguments", JSON.readTree(call.arguments()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the arguments of a call are JSON", e);
        }
        send(line);
        var result = next("result");
        return new Outcome(
                result.path("ok").asBoolean(false),
                result.hasNonNull("exitCode") ? result.get("exitCode").asInt() : null,
                result.path("text").asText(""),
                said(result));
    }

    private static List<Said> said(JsonNode line) {
        var said = new ArrayList<Said>();
        for (var one : line.path("messages")) {
            said.add(new Said(one.path("from").asText("somebody"), one.path("text").asText("")));
        }
        return said;
    }

    @Override
    public void say(String words) {
        try {
            send(line("text").put("text", words));
        } catch (IOException e) {
            open = false;
        }
    }

    @Override
    public void used(long input, long output) throws IOException {
        send(line("usage").put("input", input).put("output", output));
    }

    @Override
    public void note(String text) throws IOException {
        send(line("note").put("text", text));
    }

    @Override
    public List<Said> end(End end) throws IOException, InterruptedException {
        send(line("end").put("exitCode", end.exitCode()).put("text", end.words()));
        return said(next("over"));
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
