package io.orchflow.agent.pane;

import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.workspace.v1.OpenPaneRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a person's pane runs: a login shell or a command in the main checkout, with an environment
/// of its own.
final class PersonPane {

    private static final int MAX_TITLE = 200;
    private static final Path BASH = Path.of("/bin/bash");

    private final WorkspaceConfig config;
    private final Optional<PersonSandbox> sandbox;

    PersonPane(WorkspaceConfig config, Optional<PersonSandbox> sandbox) {
        this.config = config;
        this.sandbox = sandbox;
    }

    /// @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, naming the field
    PaneSpec spec(OpenPaneRequest request) {
        String shell = Files.isExecutable(BASH) ? BASH.toString() : "/bin/sh";
        String paneId = PaneSpec.newId();
        List<String> argv =
                request.getCommandCount() == 0
                        ? List.of(shell, "-l")
                        : PanesService.checkedArgv(request.getCommandList());
        String title = request.getTitle().isBlank() ? title(argv) : request.getTitle();
        if (title.length() > MAX_TITLE) {
            throw Wire.invalid("title has more than " + MAX_TITLE + " characters");
        }
        String requestId = request.getRequestId();
        return new PaneSpec(
                paneId,
                requestId.isEmpty() ? null : requestId,
                Wire.principal(request.getOpener()),
                null,
                null,
                title,
                size(request),
                sandbox.map(wrapper -> wrapper.wrap(paneId, argv)).orElse(argv),
                environment(paneId, shell),
                folder(request.getCwd()));
    }

    private Map<String, String> environment(String paneId, String shell) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "/opt/orchflow/recipes/bin:/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", config.home().toString());
        environment.put("SHELL", shell);
        environment.put("TERM", "xterm-256color");
        environment.put("COLORTERM", "truecolor");
        environment.put("LANG", "C.UTF-8");
        environment.put("ORCHFLOW_WORKSPACE_ID", config.id());
        environment.put("ORCHFLOW_PANE_ID", paneId);
        environment.put("PANE_ID", paneId);
        environment.put("SESSION_ID", config.id());
        return environment;
    }

    private Path folder(String cwd) {
        try {
            Files.createDirectories(config.main());
            Files.createDirectories(config.home());
            Path root = config.main().toRealPath();
            Path folder = root.resolve(cwd).toRealPath();
            if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
                throw Wire.invalid("cwd is no folder of the main checkout: " + cwd);
            }
            return folder;
        } catch (IOException | InvalidPathException _) {
            throw Wire.invalid("cwd is no folder of the main checkout: " + cwd);
        }
    }

    private static Size size(OpenPaneRequest request) {
        try {
            return Size.ofRequest(request.getCols(), request.getRows());
        } catch (IllegalArgumentException e) {
            throw Wire.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String title(List<String> argv) {
        Path name = Path.of(argv.getFirst()).getFileName();
        String title = name == null ? argv.getFirst() : name.toString();
        return title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) : title;
    }
}
