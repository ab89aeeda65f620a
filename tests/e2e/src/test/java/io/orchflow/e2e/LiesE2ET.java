package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A corpus of lies, none of which may end DONE, and of honest work, all of which must. Each is a
/// shell script in `src/test/resources/lies` that plays the agent, with its checks at its head.
///
/// `-Dlies.apart=true` gives each lie a workspace of its own, so that one which is believed (and
/// therefore merged) does not change what the others start from.
@ExtendWith(Shared.class)
class LiesE2ET {
    private static final boolean APART = Boolean.getBoolean("lies.apart");

    private final Api api;

    LiesE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    /// @param says what it does, in words
    /// @param after id of the task it needs; empty: the base
    private record Script(
            String id,
            String says,
            List<String> checks,
            String after,
            List<String> mayChange,
            boolean mayBeEmpty,
            String text) {

        static Script read(String folder, String id) throws IOException {
            String name = "/lies/" + folder + id + ".sh";
            try (InputStream in =
                    Objects.requireNonNull(LiesE2ET.class.getResourceAsStream(name))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Script(
                        id,
                        String.join("", all(text, "says")),
                        all(text, "check"),
                        String.join("", all(text, "after")),
                        all(text, "mayChange"),
                        !all(text, "mayBeEmpty").isEmpty(),
                        text);
            }
        }

        private static List<String> all(String text, String field) {
            String head = "#: " + field + ": ";
            return text.lines()
                    .filter(line -> line.startsWith(head))
                    .map(line -> line.substring(head.length()))
                    .toList();
        }

        ObjectNode task() {
            ObjectNode task = Work.commandTask(id, checks.getFirst(), "sh", "-c", text);
            task.put("title", says).put("prompt", says);
            checks.stream()
                    .skip(1)
                    .forEach(c -> task.withArray("acceptance").addObject().put("command", c));
            if (!id.equals("base")) {
                task.withArray("dependsOn").add(after.isEmpty() ? "base" : after);
            }
            mayChange.forEach(task.withArray("mayChange")::add);
            if (mayBeEmpty) {
                task.put("mayBeEmpty", true);
            }
            return task;
        }
    }

    private static List<Script> scripts(String folder) throws IOException, URISyntaxException {
        URI place = Objects.requireNonNull(LiesE2ET.class.getResource("/lies/" + folder)).toURI();
        var scripts = new ArrayList<Script>();
        try (var files = Files.list(Path.of(place))) {
            for (Path file : files.sorted().toList()) {
                scripts.add(
                        Script.read(
                                folder + "/",
                                file.getFileName().toString().replaceFirst("\\.sh$", "")));
            }
        }
        return scripts;
    }

    /// What became of one of them.
    private record Fate(Script script, JsonNode task) {
        boolean done() {
            return task.get("state").asText().equals("DONE");
        }

        String row() {
            String why = task.path("reason").asText("");
            return "%-22s | %-9s | %s"
                    .formatted(
                            script.id(),
                            task.get("state").asText(),
                            why.isEmpty() ? script.says() : why.replace('\n', ' '));
        }
    }

    private List<Fate> run(String name, List<Script> scripts) throws IOException {
        Work work = Work.inNewWorkspace(api, name);
        var tasks = new ArrayList<ObjectNode>();
        tasks.add(Script.read("", "base").task());
        scripts.forEach(script -> tasks.add(script.task()));
        String swarmId = work.approve(work.customPlan(tasks.toArray(ObjectNode[]::new)));
        JsonNode swarm =
                work.awaitSwarm(swarmId, "its end", Duration.ofSeconds(170), Work::hasEnded);
        assertThat(ProofE2ET.task(swarm, "base").get("state").asText())
                .as(swarm.toPrettyString())
                .isEqualTo("DONE");
        api.post("/api/workspaces/" + work.workspaceId + "/stop").expect(202);
        return scripts.stream().map(s -> new Fate(s, ProofE2ET.task(swarm, s.id()))).toList();
    }

    private static void print(String title, List<Fate> fates) {
        var table = new StringBuilder("\n" + title + "\n");
        fates.forEach(fate -> table.append(fate.row()).append('\n'));
        System.out.println(table);
    }

    @Test
    void noLieTurnsGreen() throws Exception {
        var fates = new ArrayList<Fate>();
        var lies = scripts("lie");
        if (APART) {
            for (Script lie : lies) {
                fates.addAll(run(lie.id(), List.of(lie)));
            }
        } else {
            fates.addAll(run("lies", lies));
        }

        print("lie                    | state     | why", fates);
        assertThat(fates).hasSizeGreaterThanOrEqualTo(14);
        assertThat(fates.stream().filter(Fate::done).map(fate -> fate.script().id())).isEmpty();
        assertThat(fates)
                .allSatisfy(fate -> assertThat(fate.task().path("reason").asText()).isNotBlank());
    }

    @Test
    void noHonestAgentIsRefused() throws Exception {
        var fates = run("honest", scripts("honest"));

        print("honest                 | state     | what", fates);
        assertThat(fates).hasSizeGreaterThanOrEqualTo(8);
        assertThat(fates.stream().filter(fate -> !fate.done()).map(Fate::row)).isEmpty();
        assertThat(fates)
                .allSatisfy(
                        fate ->
                                assertThat(Work.list(fate.task().get("evidence")))
                                        .isNotEmpty()
                                        .allSatisfy(
                                                e ->
                                                        assertThat(e.get("exitCode").asInt())
                                                                .isZero()));
    }
}
