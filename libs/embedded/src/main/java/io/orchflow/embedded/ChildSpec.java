package io.orchflow.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How to start and stop one process.
///
/// @param environment the whole environment; nothing is inherited
/// @param log where both of its outputs go, rotated at 8 MiB
/// @param prefix what goes before everything else, for example `unshare -U --`
/// @param stop the signal that asks it to end
/// @param patience how long it may take to end before it is killed
public record ChildSpec(
        String name,
        List<String> prefix,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log,
        Stop stop,
        Duration patience) {

    public enum Stop {
        TERM,
        INT
    }

    public ChildSpec {
        prefix = List.copyOf(prefix);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException(name + " has no command");
        }
    }
}
