package io.orchflow.local;

import io.orchflow.embedded.Certificates;
import io.orchflow.embedded.ChildSpec;
import io.orchflow.embedded.EmbeddedKafka;
import io.orchflow.embedded.EmbeddedPostgres;
import io.orchflow.embedded.EmbeddedRedis;
import io.orchflow.embedded.FactTopics;
import io.orchflow.embedded.Infrastructure;
import io.orchflow.embedded.Ports;
import io.orchflow.embedded.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything on this machine: starts it (the gateway first, so that a browser that comes early
/// sees it come up; then infrastructure; then services, all at once) and stops it in order.
final class LocalSystem {
    private static final Duration INFRASTRUCTURE = Duration.ofSeconds(90);
    private static final Duration SERVICE = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 160;

    /// Those that use something end before it: workspaces ends agents, so those who talk to agents
    /// come first.
    private static final List<List<String>> STOP_ORDER =
            List.of(
                    List.of("gateway"),
                    List.of("orchestration", "terminal"),
                    List.of("workspaces", "auth"),
                    List.of("kafka", "redis", "postgres"));

    private final Layout layout;
    private final Console console;
    private final Supervisor supervisor;
    private final Environment environment;
    private final SetupCode setupCode;
    private final Duration kafkaDelay;
    private final Programs programs;
    private final DiskWatch diskWatch;

    private LocalSystem(
            Layout layout,
            Console console,
            Environment environment,
            SetupCode setupCode,
            Duration kafkaDelay,
            Programs programs) {
        this.layout = layout;
        this.console = console;
        this.supervisor = new Supervisor(layout, console);
        this.environment = environment;
        this.setupCode = setupCode;
        this.kafkaDelay = kafkaDelay;
        this.programs = programs;
        this.diskWatch = new DiskWatch(layout.data(), console);
    }

    /// Makes folders, secrets, certificates and settings; starts nothing.
    ///
    /// @param kafkaDelay how long Kafka is left out after the start; only fault tests want that
    static LocalSystem prepare(
            Layout layout,
            Console console,
            int port,
            boolean open,
            Duration kafkaDelay,
            Programs.Build build) {
        var programs = new Programs(layout, build);
        Folders.makeRuntime(layout.runtime());
        Stream.of(layout.logs(), layout.run(), layout.data().resolve("workspaces"))
                .forEach(Secrets::makePrivateFolder);
        Secrets secrets = Secrets.in(layout.secrets());
        var names =
                Stream.concat(Stream.of(Service.GATEWAY), Service.BEHIND.stream())
                        .map(Service::name);
        Map<String, Integer> ports = new HashMap<>();
        Service.BEHIND.forEach(service -> ports.put(service.name(), Ports.free()));
        ports.put(Service.GATEWAY.name(), port == 0 ? Ports.free() : port);
        var setupCode = new SetupCode(layout);
        var environment =
                new Environment(
                        layout,
                        Map.copyOf(ports),
                        Ports.free(),
                        EmbeddedPostgres.settings(
                                layout.data().resolve("postgres"),
                                new EmbeddedPostgres.Options(
                                        Ports.free(), CONNECTIONS, layout.log("postgres")),
                                secrets),
                        EmbeddedRedis.prepare(
                                layout.data().resolve("redis"),
                                Ports.free(),
                                layout.log("redis"),
                                secrets),
                        EmbeddedKafka.prepare(
                                layout.data().resolve("kafka"),
                                Ports.free(),
                                layout.log("kafka"),
                                secrets,
                                FactTopics.all(),
                                programs.broker()),
                        Certificates.in(layout.data().resolve("tls"), names.toList()),
                        open,
                        setupCode.get().orElse(""),
                        programs);
        return new LocalSystem(layout, console, environment, setupCode, kafkaDelay, programs);
    }

    String url() {
        return environment.url();
    }

    /// The address that carries the set-up code; empty once there is an account.
    Optional<String> firstSignIn() {
        if (environment.setupCode().isEmpty()) {
            return Optional.empty();
        }
        Optional<Http.Answer> answer =
                Http.get(
                        Environment.localUrl(environment.port("auth")) + "/internal/accounts",
                        Map.of("Orchflow-Internal", environment.internalSecret()));
        if (answer.isPresent() && answer.get().body().replace(" ", "").contains("\"any\":true")) {
            setupCode.markUsed();
            return Optional.empty();
        }
        return Optional.of(url() + "/#code=" + environment.setupCode());
    }

    /// Returns when everything answers.
    ///
    /// @throws Refusal when a part does not come up
    void start() {
        diskWatch.start();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            supervisor.start(part(Service.GATEWAY));
            var gateway =
                    CompletableFuture.runAsync(
                            () -> announce("gateway", "answers on " + url()), threads);
            var kafka = CompletableFuture.runAsync(this::startKafka, threads);
            var redis =
                    CompletableFuture.runAsync(
                            () -> startInfrastructure(environment.redis(), "redis"), threads);
            var postgres = CompletableFuture.runAsync(this::startPostgres, threads);
            var services =
                    CompletableFuture.allOf(postgres, redis)
                            .thenRunAsync(() -> startServices(threads), threads);
            joinAll(gateway, kafka, services);
        }
    }

    /// Ends services, then what they use, then whatever of theirs still lives.
    void stop() {
        console.line("stopping");
        supervisor.beginStop();
        long started = java.lang.System.nanoTime();
        STOP_ORDER.forEach(this::stopTogether);
        List<String> killed = Descendants.endAll();
        diskWatch.close();
        Folders.delete(layout.runtime());
        Folders.delete(layout.run());
        console.line(
                "stopped in %.1f s%s"
                        .formatted(
                                Console.seconds(started),
                                killed.isEmpty()
                                        ? ""
                                        : "; had to kill " + String.join(", ", killed)));
    }

    private void stopTogether(List<String> names) {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            join(
                    CompletableFuture.allOf(
                            names.stream()
                                    .map(
                                            name ->
                                                    CompletableFuture.runAsync(
                                                            () -> supervisor.stop(name), threads))
                                    .toArray(CompletableFuture[]::new)));
        }
    }

    private void startPostgres() {
        environment.postgres().initialise();
        startInfrastructure(environment.postgres(), "postgres");
        environment.postgres().createDatabase(EmbeddedPostgres.DATABASE);
        Service.BEHIND.stream()
                .filter(Service::database)
                .forEach(service -> environment.postgres().createRole(service.name()));
    }

    private void startKafka() {
        if (kafkaDelay.isZero()) {
            startInfrastructure(environment.kafka(), "kafka");
            return;
        }
        console.progress("kafka", "left out for %d s, as asked".formatted(kafkaDelay.toSeconds()));
        Thread.ofPlatform()
                .daemon()
                .name("late-kafka")
                .start(
                        () -> {
                            java.util.concurrent.locks.LockSupport.parkNanos(kafkaDelay.toNanos());
                            if (!supervisor.isStopping()) {
                                startInfrastructure(environment.kafka(), "kafka");
                            }
                        });
    }

    private void startInfrastructure(Infrastructure infrastructure, String name) {
        supervisor.start(new Part(name, infrastructure::child, infrastructure::answers));
        supervisor.awaitReady(name, INFRASTRUCTURE);
        console.progress(name, "ready");
    }

    private void startServices(ExecutorService threads) {
        var ready =
                Service.BEHIND.reversed().stream()
                        .map(
                                service -> {
                                    supervisor.start(part(service));
                                    return CompletableFuture.runAsync(
                                            () -> announce(service.name(), "ready"), threads);
                                })
                        .toArray(CompletableFuture[]::new);
        joinAll(ready);
    }

    private void announce(String service, String what) {
        supervisor.awaitReady(service, SERVICE);
        console.progress(service, what);
    }

    private Part part(Service service) {
        int port =
                service.equals(Service.GATEWAY)
                        ? environment.gatewayHealth()
                        : environment.port(service.name());
        String health = Environment.localUrl(port) + "/q/health/ready";
        return new Part(service.name(), () -> spec(service), () -> Http.isOk(health));
    }

    private ChildSpec spec(Service service) {
        return new ChildSpec(
                service.name(),
                List.of(),
                programs.command(service),
                environment.of(service),
                layout.data(),
                layout.log(service.name()),
                ChildSpec.Stop.TERM,
                programs.patience());
    }

    /// Throws what failed first, and lets nobody wait any longer.
    private void joinAll(CompletableFuture<?>... parts) {
        var outcome = new CompletableFuture<Void>();
        for (var part : parts) {
            var _ = part.whenComplete((_, failure) -> fail(outcome, failure));
        }
        var _ = CompletableFuture.allOf(parts).thenRun(() -> outcome.complete(null));
        join(outcome);
    }

    private void fail(CompletableFuture<Void> outcome, @Nullable Throwable failure) {
        if (failure != null && outcome.completeExceptionally(failure)) {
            supervisor.beginStop();
        }
    }

    private static void join(CompletableFuture<Void> all) {
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
