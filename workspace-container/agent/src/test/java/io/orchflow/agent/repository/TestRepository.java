package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxUsers;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.TestPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole repository with its checkout in a private folder.
public final class TestRepository implements AutoCloseable {

    static final int UID = 0x7800_0000 + 9;

    private final TestPlace place = new TestPlace();
    private final SandboxUsers users = new SandboxUsers("test");
    private final BareRepository repository;
    private final Clones clones;
    private final MainBranch main;

    public TestRepository() throws IOException {
        Path data = place.root().resolve("data");
        this.repository =
                new RepositorySource(data.resolve("repository.git"), data, Optional.empty()).open();
        this.clones = new Clones(repository, place.sandboxes(), data.resolve("scratch"));
        MainCheckout checkout =
                new MainCheckout(
                        repository,
                        clones,
                        place.sandboxes(),
                        new MainCheckout.Place(
                                checkout(),
                                data.resolve("delivered"),
                                data.resolve("scratch"),
                                users.person()));
        checkout.ensure();
        this.main = new MainBranch(repository, checkout);
    }

    public Path root() {
        return place.root();
    }

    public TestPlace place() {
        return place;
    }

    Path checkout() {
        return place.root().resolve("data").resolve("main");
    }

    TrialMerges trials() {
        return new TrialMerges(
                repository, place.sandboxes(), place.root().resolve("data").resolve("scratch"));
    }

    public BareRepository repository() {
        return repository;
    }

    public Clones clones() {
        return clones;
    }

    public MainBranch main() {
        return main;
    }

    public SandboxUsers users() {
        return users;
    }

    /// Runs a script in a clone, as an attempt would.
    void inside(Path clone, String script) throws IOException {
        require(place.run(clone, UID, "set -e\n" + script));
    }

    /// Runs a script in the main checkout, as a person would.
    void asPerson(String script) throws IOException {
        require(place.run(checkout(), users.person(), "set -e\n" + script));
    }

    /// A commit with these files, made in a clone of its own.
    String commit(String name, String script) throws IOException {
        String base = main.head();
        Path clone = place.root().resolve("clones").resolve(name);
        clones.create(clone, base, UID);
        inside(clone, script);
        return clones.collect(clone, UID, name, base, "Work", Map.of()).commit();
    }

    /// Somebody's own repository with one file.
    Path source(String name, String content) throws IOException {
        Path folder = Files.createDirectories(place.root().resolve("source"));
        Files.writeString(folder.resolve(name), content);
        for (List<String> argv :
                List.of(
                        List.of("git", "init", "-q", "-b", "trunk", "."),
                        List.of("git", "add", "-A"),
                        List.of("git", "commit", "-q", "-m", "begin"))) {
            require(
                    Subprocess.run(
                            Subprocess.builder(argv, Git.environment(), folder),
                            null,
                            Duration.ofSeconds(10)));
        }
        return folder;
    }

    private static void require(Subprocess.Finished finished) {
        if (finished.exitCode() != 0) {
            throw new AssertionError("exit code " + finished.exitCode() + ": " + finished.errors());
        }
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
