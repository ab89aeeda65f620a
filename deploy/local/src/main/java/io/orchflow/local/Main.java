package io.orchflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `./orchflow <command>`; the script gives the checkout in the system property
/// `orchflow.checkout`.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Path checkout =
                Path.of(System.getProperty("orchflow.checkout", ".")).toAbsolutePath().normalize();
        int exitCode;
        try {
            exitCode = run(Command.parse(List.of(args), checkout), checkout);
        } catch (Refusal e) {
            System.err.println("orchflow: " + e.getMessage());
            exitCode = e.exitCode();
        } catch (UncheckedIOException e) {
            System.err.println("orchflow: " + e.getMessage() + " (" + reason(e.getCause()) + ")");
            exitCode = Refusal.FAILED;
        } catch (RuntimeException e) {
            System.err.println("orchflow: unexpected, please report it: " + e + " " + origin(e));
            exitCode = Refusal.FAILED;
        }
        System.exit(exitCode);
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null ? "no reason given" : String.valueOf(cause.getMessage());
    }

    private static String origin(RuntimeException e) {
        return Stream.of(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.orchflow"))
                .map(frame -> "(at " + frame + ")")
                .findFirst()
                .orElse("");
    }

    private static int run(Command command, Path checkout) {
        return switch (command) {
            case Command.Up up ->
                    up.detach()
                            ? Detached.up(new Layout(checkout, up.data()), up)
                            : Up.run(new Layout(checkout, up.data()), up);
            case Command.Down down -> Detached.down(new Layout(checkout, down.data()));
            case Command.Logs logs -> Logs.show(new Layout(checkout, logs.data()), logs);
            case Command.Doctor doctor -> Doctor.run(new Layout(checkout, doctor.data()));
            case Command.Backup backup ->
                    Archive.backup(new Layout(checkout, backup.data()), backup.file());
            case Command.Restore restore ->
                    Archive.restore(new Layout(checkout, restore.data()), restore.file());
            case Command.Train _ -> Training.run(checkout);
            case Command.Version _ -> version();
        };
    }

    private static int version() {
        var properties = new java.util.Properties();
        try (var in = Main.class.getResourceAsStream("/orchflow-version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the version cannot be read", e);
        }
        System.out.println("orchflow " + properties.getProperty("version"));
        return 0;
    }
}
