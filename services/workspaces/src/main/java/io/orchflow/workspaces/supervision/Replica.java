package io.orchflow.workspaces.supervision;

import io.orchflow.events.Ids;
import io.orchflow.workspaces.driver.AgentProcess;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// This process among all that run the service: `<boot>/<pid namespace>/<pid>/<start
/// ticks>/<random>`, so that another one on the same machine can tell that it has ended.
@Singleton
final class Replica {

    private final String machine;
    private final String id;

    Replica() {
        machine = boot() + "/" + pidNamespace();
        var self = AgentProcess.find(ProcessHandle.current().pid()).orElseThrow();
        id = machine + "/" + self.pid() + "/" + self.startTicks() + "/" + Ids.next();
    }

    String id() {
        return id;
    }

    /// @return true only for a replica of this machine whose process is gone
    boolean knowsToHaveEnded(String other) {
        var parts = other.split("/", -1);
        return parts.length == 5
                && other.startsWith(machine + "/")
                && !machine.startsWith("?")
                && !other.equals(id)
                && !new AgentProcess(Long.parseLong(parts[2]), Long.parseLong(parts[3])).lives();
    }

    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException _) {
            return "?";
        }
    }

    private static String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException _) {
            return "?";
        }
    }
}
