package io.orchflow.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What the command line asks for.
sealed interface Command {

    /// @param port 0 takes any free one
    /// @param executables whether services run as native executables instead of on the JVM
    record Up(
            Path data,
            int port,
            boolean openRegistration,
            boolean openBrowser,
            boolean detach,
            boolean executables)
            implements Command {

        /// The command line of the process that stays when this one is detached: it may run
        /// anywhere, so the data directory is absolute.
        List<String> attached() {
            var arguments = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
            arguments.addAll(List.of("--data", data.toString()));
            if (openRegistration) {
                arguments.add("--open-registration");
            }
            if (openBrowser) {
                arguments.add("--open");
            }
            if (executables) {
                arguments.add("--native");
            }
            return List.copyOf(arguments);
        }
    }

    record Down(Path data) implements Command {}

    record Logs(Path data, Optional<String> part, boolean follow) implements Command {}

    record Doctor(Path data) implements Command {}

    record Backup(Path data, Path file) implements Command {}

    record Restore(Path data, Path file) implements Command {}

    /// Makes the AOT caches: starts everything once, uses it a little, and stops it.
    record Train() implements Command {}

    record Version() implements Command {}

    int DEFAULT_PORT = 8080;
    int MAX_PORT = 65535;

    /// @param checkout where the default data directory lies
    /// @throws Refusal for anything that is not understood
    static Command parse(List<String> arguments, Path checkout) {
        if (arguments.isEmpty()) {
            throw Refusal.usage("which command? ./orchflow help lists them");
        }
        var rest = new ArrayDeque<>(arguments.subList(1, arguments.size()));
        Path data = checkout.resolve(".orchflow");
        return switch (arguments.getFirst()) {
            case "up" -> up(rest, data);
            case "down" -> new Down(onlyData(rest, data));
            case "doctor" -> new Doctor(onlyData(rest, data));
            case "logs" -> logs(rest, data);
            case "backup" -> {
                Path file = operand(rest, "backup needs a file to write");
                yield new Backup(onlyData(rest, data), file);
            }
            case "restore" -> {
                Path file = operand(rest, "restore needs a file made by ./orchflow backup");
                yield new Restore(onlyData(rest, data), file);
            }
            case "train" -> none(rest, new Train());
            case "version" -> none(rest, new Version());
            case "verify-audit" ->
                    throw Refusal.usage(
                            "verify-audit is not there yet: it comes with the audit service");
            default ->
                    throw Refusal.usage(
                            "unknown command '"
                                    + arguments.getFirst()
                                    + "'; ./orchflow help lists them");
        };
    }

    private static Up up(Deque<String> rest, Path data) {
        Path chosen = data;
        int port = DEFAULT_PORT;
        boolean openRegistration = false;
        boolean openBrowser = false;
        boolean detach = false;
        boolean executables = false;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (nameOf(option, rest)) {
                case "--port" -> port = port(value("--port", rest));
                case "--data" -> chosen = Path.of(value("--data", rest));
                case "--open-registration" -> openRegistration = true;
                case "--open" -> openBrowser = true;
                case "--detach" -> detach = true;
                case "--native" -> executables = true;
                default -> throw unknown("up", option);
            }
        }
        return new Up(absolute(chosen), port, openRegistration, openBrowser, detach, executables);
    }

    private static Logs logs(Deque<String> rest, Path data) {
        Path chosen = data;
        Optional<String> part = Optional.empty();
        boolean follow = false;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (nameOf(option, rest)) {
                case "--data" -> chosen = Path.of(value("--data", rest));
                case "--follow", "-f" -> follow = true;
                default -> {
                    if (option.startsWith("-") || part.isPresent()) {
                        throw unknown("logs", option);
                    }
                    part = Optional.of(option);
                }
            }
        }
        if (follow && part.isEmpty()) {
            throw Refusal.usage("-f follows one log: name a part, for example 'logs terminal -f'");
        }
        return new Logs(absolute(chosen), part, follow);
    }

    private static Path onlyData(Deque<String> rest, Path data) {
        Path chosen = data;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            if (!nameOf(option, rest).equals("--data")) {
                throw unknown("this command", option);
            }
            chosen = Path.of(value("--data", rest));
        }
        return absolute(chosen);
    }

    private static Path operand(Deque<String> rest, String missing) {
        if (rest.isEmpty() || rest.getFirst().startsWith("-")) {
            throw Refusal.usage(missing);
        }
        return absolute(Path.of(rest.removeFirst()));
    }

    private static Command none(Deque<String> rest, Command command) {
        if (!rest.isEmpty()) {
            throw unknown("this command", rest.getFirst());
        }
        return command;
    }

    /// `--name=value` becomes the name, and the value goes back to the front.
    private static String nameOf(String option, Deque<String> rest) {
        int equals = option.indexOf('=');
        if (!option.startsWith("--") || equals < 0) {
            return option;
        }
        rest.addFirst(option.substring(equals + 1));
        return option.substring(0, equals);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.getFirst().isEmpty() || rest.getFirst().startsWith("--")) {
            throw Refusal.usage(option + " needs a value");
        }
        return rest.removeFirst();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw Refusal.usage("--port needs a number from 0 to 65535, not '" + text + "'");
        }
        throw Refusal.usage("--port needs a number from 0 to 65535, not '" + text + "'");
    }

    private static Refusal unknown(String command, String option) {
        return Refusal.usage(
                "unknown option '" + option + "' for " + command + "; ./orchflow help lists them");
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
