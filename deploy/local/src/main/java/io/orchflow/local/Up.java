package io.orchflow.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// `./orchflow up`: starts everything, and stops it on SIGINT, SIGTERM or SIGHUP.
final class Up {
    private Up() {}

    static int run(Layout layout, Command.Up options) {
        Requirements.checkBuilt(new Programs(layout, build(options)));
        Requirements.checkData(layout.data());
        var lock = DataLock.take(layout);
        if (options.port() != 0) {
            Requirements.checkPort(options.port());
        }
        Descendants.adopt();
        var console = new Console(System.out);
        console.line("orchflow keeps its data in " + layout.data());
        EarlierRun.end(layout, console);
        LocalSystem system =
                LocalSystem.prepare(
                        layout,
                        console,
                        options.port(),
                        options.openRegistration(),
                        kafkaDelay(),
                        build(options));
        var stop = new StopOnce(system, lock);
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        try {
            system.start();
        } catch (RuntimeException e) {
            if (stop.hasBegun()) {
                waitForSignal();
            }
            throw e;
        }
        console.line("ready: " + system.url());
        system.firstSignIn().ifPresent(url -> console.line("first sign-in: " + url));
        console.line(
                "started in %.1f s; stop with Ctrl-C or ./orchflow down"
                        .formatted(console.elapsed()));
        if (options.openBrowser()) {
            openBrowser(system, console);
        }
        waitForSignal();
        return 0;
    }

    static Programs.Build build(Command.Up options) {
        return options.executables() ? Programs.Build.EXECUTABLES : Programs.Build.JARS;
    }

    /// ORCHFLOW_KAFKA_DELAY, in seconds: for the tests of a system whose Kafka comes late.
    private static Duration kafkaDelay() {
        String text = System.getenv().getOrDefault("ORCHFLOW_KAFKA_DELAY", "0");
        try {
            return Duration.ofSeconds(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.usage("ORCHFLOW_KAFKA_DELAY needs seconds, not '" + text + "'");
        }
    }

    private static void openBrowser(LocalSystem system, Console console) {
        String url = system.firstSignIn().orElse(system.url());
        String opener = Requirements.onPath("xdg-open").isPresent() ? "xdg-open" : "open";
        try {
            Process _ = new ProcessBuilder(opener, url).start();
        } catch (IOException e) {
            console.line("no browser could be opened (" + e.getMessage() + "): go to " + url);
        }
    }

    private static void waitForSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs at the end of this JVM, whatever the reason.
    private static final class StopOnce implements Runnable {
        private final LocalSystem system;
        private final DataLock lock;
        private final AtomicBoolean done = new AtomicBoolean();

        StopOnce(LocalSystem system, DataLock lock) {
            this.system = system;
            this.lock = lock;
        }

        /// Whether a signal came: what fails from then on was ended by us.
        boolean hasBegun() {
            return done.get();
        }

        @Override
        public void run() {
            if (done.compareAndSet(false, true)) {
                system.stop();
                lock.close();
            }
        }
    }
}
