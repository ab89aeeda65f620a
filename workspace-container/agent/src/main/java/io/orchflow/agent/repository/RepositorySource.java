package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the authoritative repository comes from at the workspace's first start: an empty history,
/// or somebody's repository.
final class RepositorySource {

    private static final Duration CLONE_LIMIT = Duration.ofMinutes(10);
    private static final Set<String> SCHEMES = Set.of("https", "http", "git", "ssh", "file");

    /// Export exactly what the tree holds; the tree's own attributes must not hide or rewrite files
    /// before a check.
    private static final String ATTRIBUTES =
            "* -export-ignore -export-subst -text -ident !eol !filter !working-tree-encoding\n";

    private final Path repository;
    private final Path dataRoot;
    private final Optional<String> url;

    /// @param dataRoot holds the data of all workspaces; nothing is cloned from below it
    RepositorySource(Path repository, Path dataRoot, Optional<String> url) {
        this.repository = repository.toAbsolutePath().normalize();
        this.dataRoot = dataRoot.toAbsolutePath().normalize();
        this.url = url.filter(given -> !given.isBlank()).map(String::strip);
    }

    /// Opens the repository, and makes it first when it is not there. Interrupted, it is made anew
    /// the next time.
    ///
    /// @throws IOException when the source cannot be cloned; the message names it, without
    ///     credentials
    BareRepository open() throws IOException {
        if (!Files.isDirectory(repository)) {
            Path fresh = repository.resolveSibling(repository.getFileName() + ".new");
            Trees.delete(fresh);
            Files.createDirectories(fresh.getParent());
            Git git = new Git(fresh);
            try {
                create(git);
                Files.move(fresh, repository, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Trees.delete(fresh);
            }
        }
        setAttributes(repository);
        return new BareRepository(new Git(repository));
    }

    private static void setAttributes(Path repository) throws IOException {
        Path attributes = repository.resolve("info").resolve("attributes");
        Files.createDirectories(attributes.getParent());
        Files.writeString(attributes, ATTRIBUTES);
    }

    private void create(Git git) throws IOException {
        git.run(
                "init",
                "--quiet",
                "--bare",
                "--template=",
                "--initial-branch=main",
                git.repository().toString());
        for (Map.Entry<String, String> setting :
                Map.of(
                                "gc.auto", "0",
                                "core.logAllRefUpdates", "true",
                                "transfer.fsckObjects", "true",
                                "uploadpack.allowReachableSHA1InWant", "true")
                        .entrySet()) {
            git.run("config", setting.getKey(), setting.getValue());
        }
        if (url.isEmpty() || !fetched(git, url.get())) {
            String tree = git.line("hash-object", "-t", "tree", "-w", "/dev/null");
            git.run(
                    "update-ref",
                    BareRepository.MAIN,
                    git.line("commit-tree", tree, "-m", "Begin the workspace"));
        }
    }

    /// @return false when the source has no commit yet
    private boolean fetched(Git git, String source) throws IOException {
        requireUsable(source);
        Finished listed = remote(git, "ls-remote", "--quiet", "--", source);
        if (listed.text().isBlank()) {
            return false;
        }
        remote(
                git,
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--",
                source,
                "+HEAD:" + BareRepository.MAIN);
        return true;
    }

    private Finished remote(Git git, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(git.argv());
        for (String scheme : SCHEMES) {
            argv.addAll(List.of("-c", "protocol." + scheme + ".allow=always"));
        }
        // Old histories hold harmless blemishes; what could harm stays an error.
        for (String blemish :
                List.of(
                        "zeroPaddedFilemode",
                        "missingSpaceBeforeDate",
                        "badTimezone",
                        "missingEmail",
                        "badDate")) {
            argv.addAll(List.of("-c", "fetch.fsck." + blemish + "=ignore"));
        }
        argv.addAll(List.of(arguments));
        Map<String, String> environment = Git.environment();
        environment.put(
                "GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oStrictHostKeyChecking=accept-new");
        environment.put("GIT_ASKPASS", "/bin/false");
        Finished finished =
                Subprocess.run(
                        Subprocess.builder(argv, environment, Path.of("/")), null, CLONE_LIMIT);
        if (finished.exitCode() != 0) {
            throw new IOException(
                    "the source repository "
                            + withoutCredentials(url.orElse(""))
                            + " cannot be cloned: "
                            + withoutCredentials(finished.lastError()));
        }
        return finished;
    }

    private void requireUsable(String source) throws IOException {
        boolean usable;
        try {
            URI uri = URI.create(source);
            String scheme = uri.getScheme();
            usable = scheme != null && SCHEMES.contains(scheme);
            if (usable && scheme.equals("file")) {
                Path path = Path.of(uri.getPath());
                Path real = Files.exists(path) ? path.toRealPath() : path.normalize();
                usable =
                        !real.startsWith(Files.exists(dataRoot) ? dataRoot.toRealPath() : dataRoot);
            }
        } catch (IllegalArgumentException e) {
            usable = false;
        }
        if (!usable) {
            throw new IOException(
                    "the source repository "
                            + withoutCredentials(source)
                            + " cannot be cloned: its address is not usable (https, http, ssh, git or file URLs are)");
        }
    }

    private static String withoutCredentials(String text) {
        return text.replaceAll("://[^/@\\s]*@", "://");
    }
}
