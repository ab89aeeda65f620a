package io.orchflow.agent.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.agent.repository.Checks.Check;
import io.orchflow.agent.repository.Checks.Originals;
import io.orchflow.agent.repository.Checks.Outcome;
import io.orchflow.agent.sandbox.TestPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Acceptance checks on exports of commits.
class ChecksTest {

    private final TestRepository place;
    private final Checks checks;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    ChecksTest() throws IOException {
        place = new TestRepository();
        checks =
                new Checks(
                        place.repository(),
                        place.place().sandboxes(),
                        place.users(),
                        place.root().resolve("checks"),
                        "test");
    }

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private Outcome run(String commit, String command, Map<String, byte[]> overlay)
            throws IOException {
        return run(commit, command, Originals.NONE, overlay);
    }

    private Outcome run(
            String commit, String command, Originals originals, Map<String, byte[]> overlay)
            throws IOException {
        return checks.start(
                        new Check(
                                commit,
                                command,
                                Duration.ofSeconds(20),
                                Map.of("GIVEN", "a 'b'"),
                                originals,
                                overlay))
                .run(output::writeBytes);
    }

    private long leftFolders() throws IOException {
        try (Stream<Path> left = Files.list(place.root().resolve("checks"))) {
            return left.count();
        }
    }

    @Test
    void outputExitCodeAndDigest() throws Exception {
        String commit =
                place.commit(
                        "a1",
                        "echo 1 > one; mkdir d; ln -s ../one d/link; echo '#!/bin/sh' > run; chmod +x run");

        Outcome outcome =
                run(
                        commit,
                        "ls -A; cat d/link; test -x run; echo \"$GIVEN\"; echo err >/dev/stderr; echo out >/dev/stdout; exit 3",
                        Map.of());

        assertEquals(3, outcome.exitCode());
        assertEquals("d\none\nrun\n1\na 'b'\nerr\nout\n", output.toString(UTF_8));
        assertEquals(output.size(), outcome.outputBytes());
        assertEquals(
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(output.toByteArray())),
                outcome.outputSha256());
        assertEquals("sandboxed", outcome.assurance());
        assertEquals(0, leftFolders());
    }

    @Test
    void exportHoldsWhatTheCommitHolds() throws IOException {
        String commit =
                place.commit(
                        "a1",
                        "echo 'hidden export-ignore' > .gitattributes; echo 'v export-subst' >> .gitattributes; echo h > hidden; echo '$Format:%H$' > v");

        Outcome outcome = run(commit, "cat hidden v", Map.of());

        assertEquals(0, outcome.exitCode());
        assertEquals("h\n$Format:%H$\n", output.toString(UTF_8));
    }

    @Test
    void eachCheckBeginsClean() throws IOException {
        String commit = place.commit("a1", "echo 1 > one");

        run(commit, "echo left > two; echo left > /tmp/x; echo left > ~/y", Map.of());
        Outcome second = run(commit, "ls; ls /tmp ~", Map.of());

        assertEquals(0, second.exitCode());
        assertEquals("one\n/home/agent:\n\n/tmp:\n", output.toString(UTF_8));
    }

    @Test
    void frozenInputsReplaceWhatIsThereAndStay() throws IOException {
        String commit =
                place.commit(
                        "a1",
                        "mkdir t; echo 'exit 0' > t/judge.sh; ln -s /tmp away; echo f > file");

        Outcome outcome =
                run(
                        commit,
                        "echo 'exit 0' > t/judge.sh; rm -f t/judge.sh; mv t t2; touch t/new; ls -l away/deep/x file/y; sh t/judge.sh",
                        Map.of(
                                "t/judge.sh", "echo judged; exit 5\n".getBytes(UTF_8),
                                "away/deep/x", "x".getBytes(UTF_8),
                                "file/y", "#!/bin/sh\n".getBytes(UTF_8)));

        assertEquals(5, outcome.exitCode(), output.toString(UTF_8));
        assertTrue(output.toString(UTF_8).endsWith("judged\n"));
        assertTrue(output.toString(UTF_8).contains("-rwxr-xr-x"), output.toString(UTF_8));
    }

    @Test
    void originalsAreAsInAnotherCommit() throws IOException {
        String base =
                place.commit(
                        "a1",
                        "mkdir t f; echo 'exit 4' > t/judge.sh; chmod +x t/judge.sh; echo 1 > t/gone; echo 2 > f/deep; ln -s judge.sh t/link");
        String commit =
                place.commit(
                        "a2",
                        "mkdir t; echo 'exit 0' > t/judge.sh; echo new > t/new; echo kept > kept; echo flat > f; ln -s /etc/passwd t/link");

        Outcome outcome =
                run(
                        commit,
                        "ls t; cat kept f/deep; readlink t/link; test -x t/judge.sh || exit 9; echo true > t/judge.sh; sh t/judge.sh",
                        new Originals(
                                base, List.of("t/judge.sh", "t/gone", "t/new", "t/link", "f/deep")),
                        Map.of("t/gone", "laid over".getBytes(UTF_8)));

        assertEquals(4, outcome.exitCode(), output.toString(UTF_8));
        assertTrue(
                output.toString(UTF_8).startsWith("gone\njudge.sh\nlink\nkept\n2\njudge.sh\n"),
                output.toString(UTF_8));
    }

    @Test
    void attributesOfATreeChangeNoByteOfIt() throws IOException {
        String commit =
                place.commit(
                        "a1",
                        """
                        echo '$Id$' > ident; echo one > eol; echo é > encoded; echo one > filtered
                        git add -A; git -c user.name=x -c user.email=x@x commit -qm files
                        echo 'ident ident
                        eol text eol=crlf
                        encoded working-tree-encoding=ISO-8859-1
                        filtered filter=lfs' > .gitattributes
                        git update-index --assume-unchanged encoded eol
                        git add .gitattributes; git -c user.name=x -c user.email=x@x commit -qm attributes
                        """);

        run(commit, "cat ident eol encoded filtered", Map.of());

        assertEquals("$Id$\none\né\none\n", output.toString(UTF_8));
    }

    @Test
    void timeIsLimited() throws IOException {
        String commit = place.main().head();

        Outcome outcome =
                checks.start(
                                new Check(
                                        commit,
                                        "echo begun; setsid sleep 16180 & sleep 16180",
                                        Duration.ofSeconds(1),
                                        Map.of(),
                                        Originals.NONE,
                                        Map.of()))
                        .run(output::writeBytes);

        assertEquals(124, outcome.exitCode());
        assertEquals("begun\n", output.toString(UTF_8));
        assertEquals(0, TestPlace.running("sleep 16180"));
        assertEquals(0, leftFolders());
    }

    @Test
    void cancelEndsEverything() throws Exception {
        Checks.Run run =
                checks.start(
                        new Check(
                                place.main().head(),
                                "setsid sleep 14142 & sleep 14142",
                                Duration.ofSeconds(60),
                                Map.of(),
                                Originals.NONE,
                                Map.of()));
        Thread running =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                run.run(output::writeBytes);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        assertTrue(TestPlace.eventually(() -> TestPlace.running("sleep 14142") >= 2));

        run.cancel();

        assertTrue(running.join(Duration.ofSeconds(5)));
        assertEquals(0, TestPlace.running("sleep 14142"));
        assertEquals(0, leftFolders());
    }

    @Test
    void backgroundProcessDoesNotHoldTheResult() throws IOException {
        Outcome outcome = run(place.main().head(), "sleep 100 & echo done", Map.of());

        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.elapsed().toSeconds() < 5);
    }
}
