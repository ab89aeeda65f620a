package io.orchflow.workspaces.driver;

import io.orchflow.workspaces.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts the agent as a process in a session of its own, so that the end of this service does not
/// end it.
@ApplicationScoped
class AgentLauncher {

    /// Exit code of a second agent for the same workspace, which the lock refuses.
    static final int ALREADY_LOCKED = 75;

    private static final long LONGEST_LOG = 4L << 20;
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");

    private final LocalDriverConfig config;
    private final AgentCertificates certificates;

    AgentLauncher(LocalDriverConfig config, AgentCertificates certificates) {
        this.config = config;
        this.certificates = certificates;
    }

    /// @throws IOException folders, certificate or process could not be made
    Process launch(Workspace workspace, AgentFolders folders) throws IOException {
        folders.make();
        Files.deleteIfExists(folders.endpoint());
        certificates.issue(workspace.id(), workspace.teamId(), folders.tls());
        rotateLog(folders.log());
        var builder = new ProcessBuilder(command(folders));
        environment(workspace, folders, builder.environment());
        return builder.directory(folders.data().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folders.log().toFile()))
                .start();
    }

    /// `setsid` and `flock` replace themselves, so that the pid stays that of the agent. The lock's
    /// file descriptor is the agent's alone: Java closes it in every process that it starts.
    private List<String> command(AgentFolders folders) {
        var command = new ArrayList<String>();
        command.add("setsid");
        command.addAll(List.of("flock", "--nonblock", "--no-fork", "--conflict-exit-code"));
        command.addAll(List.of(Integer.toString(ALREADY_LOCKED), folders.lock().toString()));
        var program = absolute(config.agentProgram());
        if (program.endsWith(".jar")) {
            command.add(config.java());
            command.addAll(config.agentOptions());
            command.addAll(List.of("-jar", program));
        } else {
            command.add(program);
            command.addAll(config.agentOptions());
        }
        return command;
    }

    private void environment(
            Workspace workspace, AgentFolders folders, Map<String, String> environment) {
        environment.keySet().retainAll(INHERITED);
        environment.put("ORCHFLOW_WORKSPACE_ID", workspace.id());
        environment.put("ORCHFLOW_TEAM_ID", workspace.teamId());
        environment.put("ORCHFLOW_WORKSPACE_NAME", workspace.name());
        environment.put("ORCHFLOW_WORKSPACE_DIR", absolute(folders.data()));
        environment.put("ORCHFLOW_WORKSPACE_RUNTIME_DIR", absolute(folders.runtime()));
        environment.put("ORCHFLOW_AGENT_TLS_DIR", absolute(folders.tls()));
        config.recipesDir()
                .ifPresent(dir -> environment.put("ORCHFLOW_RECIPES_DIR", absolute(dir)));
        config.profilesDir()
                .ifPresent(dir -> environment.put("ORCHFLOW_PROFILES_DIR", absolute(dir)));
        if (workspace.gitUrl() != null) {
            environment.put("ORCHFLOW_SOURCE_GIT_URL", workspace.gitUrl());
        }
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private static void rotateLog(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
