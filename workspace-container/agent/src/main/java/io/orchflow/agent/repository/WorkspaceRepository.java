package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxUsers;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Everything about this workspace's repository, opened (and at the first start made) when the
/// agent starts.
@Startup
@Singleton
public class WorkspaceRepository {

    private final BareRepository repository;
    private final MainBranch main;
    private final Clones clones;
    private final Checks checks;
    private final TrialMerges trials;

    /// @throws UncheckedIOException when the repository cannot be made, for instance because its
    ///     source cannot be cloned
    WorkspaceRepository(
            WorkspaceConfig workspace,
            SourceConfig source,
            Sandboxes sandboxes,
            SandboxUsers users) {
        Path dir = workspace.dir().toAbsolutePath().normalize();
        Path scratch = workspace.state().toAbsolutePath().resolve("scratch");
        try {
            Path siblings = dir.getParent() == null ? dir : dir.getParent();
            this.repository =
                    new RepositorySource(workspace.repository(), siblings, source.gitUrl()).open();
            this.clones = new Clones(repository, sandboxes, scratch);
            this.trials = new TrialMerges(repository, sandboxes, scratch);
            MainCheckout checkout =
                    new MainCheckout(
                            repository,
                            clones,
                            sandboxes,
                            new MainCheckout.Place(
                                    workspace.main().toAbsolutePath(),
                                    workspace.state().toAbsolutePath().resolve("main-delivered"),
                                    scratch,
                                    users.person()));
            checkout.ensure();
            this.main = new MainBranch(repository, checkout);
            this.checks =
                    new Checks(repository, sandboxes, users, dir.resolve("checks"), workspace.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    public BareRepository repository() {
        return repository;
    }

    public MainBranch main() {
        return main;
    }

    public Clones clones() {
        return clones;
    }

    public TrialMerges trials() {
        return trials;
    }

    Checks checks() {
        return checks;
    }
}
