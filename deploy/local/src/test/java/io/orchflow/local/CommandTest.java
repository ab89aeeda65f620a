package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    private static final Path CHECKOUT = Path.of("/checkout");

    @Test
    void upHasDefaults() {
        var up = assertInstanceOf(Command.Up.class, parse("up"));
        assertEquals(CHECKOUT.resolve(".orchflow"), up.data());
        assertEquals(8080, up.port());
        assertTrue(!up.openRegistration() && !up.openBrowser() && !up.detach());
    }

    @Test
    void upTakesAllItsOptions() {
        var up =
                assertInstanceOf(
                        Command.Up.class,
                        parse(
                                "up",
                                "--port",
                                "0",
                                "--data=/somewhere/./else",
                                "--open-registration",
                                "--open",
                                "--detach"));
        assertEquals(Path.of("/somewhere/else"), up.data());
        assertEquals(0, up.port());
        assertTrue(up.openRegistration() && up.openBrowser() && up.detach());
    }

    @Test
    void whatStaysWhenDetachedIsToldAllAgain() {
        var up =
                assertInstanceOf(
                        Command.Up.class,
                        parse(
                                "up",
                                "--detach",
                                "--data=d",
                                "--port",
                                "0",
                                "--open-registration",
                                "--native"));
        Path data = Path.of("d").toAbsolutePath();
        assertEquals(
                List.of(
                        "up",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--open-registration",
                        "--native"),
                up.attached());
        var again = Command.parse(up.attached(), Path.of("/elsewhere"));
        assertEquals(new Command.Up(data, 0, true, false, false, true), again);
    }

    @Test
    void othersTakeTheDataDirectory() {
        assertEquals(new Command.Down(Path.of("/d")), parse("down", "--data", "/d"));
        assertEquals(
                new Command.Backup(Path.of("/d"), Path.of("/f")),
                parse("backup", "/f", "--data", "/d"));
        assertEquals(
                new Command.Logs(CHECKOUT.resolve(".orchflow"), Optional.of("auth"), true),
                parse("logs", "auth", "-f"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --prot 1 | unknown option '--prot'",
                "up 1 | unknown option '1'",
                "up --port | --port needs a value",
                "up --data --detach | --data needs a value",
                "up --data= | --data needs a value",
                "logs -f | -f follows one log: name a part",
                "up --port x | --port needs a number from 0 to 65535, not 'x'",
                "up --port 65536 | --port needs a number from 0 to 65535, not '65536'",
                "verify-audit f | verify-audit is not there yet",
                "down --port 1 | unknown option '--port'",
                "logs auth terminal | unknown option 'terminal'",
                "backup | backup needs a file",
                "version now | unknown option 'now'",
                "upp | unknown command 'upp'",
            })
    void whatIsNotUnderstoodIsRefusedWithExitCode2(String line, String message) {
        var refusal = assertThrows(Refusal.class, () -> parse(line.split(" ", -1)));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal.getMessage());
        assertEquals(2, refusal.exitCode());
    }

    private static Command parse(String... arguments) {
        return Command.parse(List.of(arguments), CHECKOUT);
    }
}
