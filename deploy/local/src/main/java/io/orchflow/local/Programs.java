package io.orchflow.local;

import io.orchflow.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The builds of our programs that a system runs, and how they are started.
///
/// @param build which of them
record Programs(Layout layout, Build build) {
    private static final int AGENT_HEAP_MIB = 192;
    static final String AGENT = "agent";
    private static final String BROKER = "broker";

    enum Build {
        /// Jars on this JVM, with AOT caches where there are any.
        JARS,
        /// Jars on this JVM, each of which writes its AOT cache at its end.
        TRAINING,
        /// Native executables.
        EXECUTABLES
    }

    boolean training() {
        return build == Build.TRAINING;
    }

    /// What a system needs of this build; the broker's jars are part of the launcher.
    List<String> names() {
        var names = new ArrayList<>(List.of(Service.GATEWAY.name()));
        Service.BEHIND.forEach(service -> names.add(service.name()));
        names.add(AGENT);
        if (build == Build.EXECUTABLES) {
            names.add(BROKER);
        }
        return names;
    }

    List<String> missing() {
        return names().stream().filter(name -> find(name).isEmpty()).toList();
    }

    /// A service's program, the agent's or, as an executable, the broker's; empty where it is not
    /// built.
    Optional<Path> find(String name) {
        if (build == Build.EXECUTABLES) {
            return Optional.of(layout.executable(name)).filter(Files::isExecutable);
        }
        return name.equals(AGENT) ? layout.agentJar() : layout.serviceJar(name);
    }

    /// @throws Refusal when it is not built
    List<String> command(Service service) {
        Path program =
                find(service.name())
                        .orElseThrow(
                                () -> Refusal.failed(service.name() + " is not built: " + mends()));
        return build == Build.EXECUTABLES
                ? List.of(program.toString(), "-Xmx" + service.heapMiB() + "m")
                : Jvm.command(
                        program, layout.aotCache(service.name()), service.heapMiB(), training());
    }

    List<String> broker() {
        return build == Build.EXECUTABLES
                ? EmbeddedKafka.executable(layout.executable(BROKER))
                : EmbeddedKafka.onJvm(Jvm.aot(layout.aotCache("kafka"), training()));
    }

    List<String> agentOptions() {
        return build == Build.EXECUTABLES
                ? List.of("-Xmx" + AGENT_HEAP_MIB + "m")
                : Jvm.options(layout.aotCache(AGENT), AGENT_HEAP_MIB, training());
    }

    /// How long a service may take to end in order.
    Duration patience() {
        return training() ? Duration.ofMinutes(3) : Duration.ofSeconds(20);
    }

    /// The command that builds what is missing.
    String mends() {
        return "run ./orchflow build" + (build == Build.EXECUTABLES ? " --native" : "");
    }
}
