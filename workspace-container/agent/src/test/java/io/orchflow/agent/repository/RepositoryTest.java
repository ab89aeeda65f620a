package io.orchflow.agent.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.agent.repository.ScratchTree.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The authoritative repository, clones that come back, and main with its checkout.
class RepositoryTest {

    private final TestRepository place;

    RepositoryTest() throws IOException {
        place = new TestRepository();
    }

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private Path clone(String name) throws IOException {
        Path clone = place.root().resolve("clones").resolve(name);
        place.clones().create(clone, place.main().head(), TestRepository.UID);
        return clone;
    }

    private Clones.Collected collect(Path clone, String base) throws IOException {
        return place.clones()
                .collect(
                        clone,
                        TestRepository.UID,
                        clone.getFileName().toString(),
                        base,
                        "Leftovers",
                        Map.of());
    }

    private String work(String name, String script) throws IOException {
        String base = place.main().head();
        Path clone = clone(name);
        place.inside(clone, script);
        return collect(clone, base).commit();
    }

    private static List<String> paths(BareRepository repository, String commit) throws IOException {
        return repository.entries(commit).stream().map(TreeEntry::path).toList();
    }

    @Test
    void beginsWithOneCommitAndItsCheckout() throws IOException {
        assertEquals(40, place.main().head().length());
        assertTrue(Files.isDirectory(place.checkout().resolve(".git")));
    }

    @Test
    void beginsWithSomebodysHistory() throws IOException {
        Path source = place.source("hello.txt", "hello");

        BareRepository repository =
                new RepositorySource(
                                place.root().resolve("taken.git"),
                                place.root().resolve("data"),
                                Optional.of("file://" + source))
                        .open();

        assertEquals(List.of("hello.txt"), paths(repository, repository.main()));
    }

    @Test
    void failedCloneIsAFailureAndLeavesNothing() {
        Path target = place.root().resolve("taken.git");
        RepositorySource source =
                new RepositorySource(
                        target,
                        place.root().resolve("data"),
                        Optional.of("https://me:secret@127.0.0.1:1/none.git"));

        IOException failure = assertThrows(IOException.class, source::open);

        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith(
                                "the source repository https://127.0.0.1:1/none.git cannot be cloned: "),
                String.valueOf(failure.getMessage()));
        assertFalse(String.valueOf(failure.getMessage()).contains("secret"));
        assertFalse(Files.exists(target));
    }

    @Test
    void otherWorkspacesAreNoSource() throws IOException {
        Path source = place.source("a", "b");
        RepositorySource below =
                new RepositorySource(
                        place.root().resolve("taken.git"),
                        place.root(),
                        Optional.of("file://" + source));

        assertThrows(IOException.class, below::open);
        assertThrows(
                IOException.class,
                () ->
                        new RepositorySource(
                                        place.root().resolve("t.git"),
                                        place.root().resolve("data"),
                                        Optional.of("ext::sh -c touch% /tmp/pwned"))
                                .open());
    }

    @Test
    void leftoversAndCommitsComeIn() throws IOException {
        String base = place.main().head();
        Path clone = clone("a1");
        place.inside(
                clone,
                "echo 1 > one; git add one; git -c user.name=x -c user.email=x@x commit -qm one; echo 2 > two; echo x > ign; echo ign > .gitignore");

        Clones.Collected collected = collect(clone, base);

        assertEquals(List.of(".gitignore", "one", "two"), collected.changedPaths());
        assertEquals(2, place.repository().log(base, collected.commit()).size());
        assertEquals(
                "Leftovers", place.repository().log(base, collected.commit()).getFirst().subject());
        assertEquals("2\n", new String(place.repository().file(collected.commit(), "two"), UTF_8));
    }

    @Test
    void nothingDoneIsTheBase() throws IOException {
        String base = place.main().head();

        assertEquals(base, work("a1", "true"));
    }

    @Test
    void rewrittenHistoryComesAsOneCommit() throws IOException {
        String base = place.main().head();
        String commit =
                work(
                        "a1",
                        "echo 1 > one; git checkout -q --orphan new; git add -A; git -c user.name=x -c user.email=x@x commit -qm new");

        assertEquals(1, place.repository().log(base, commit).size());
        assertEquals(List.of("one"), place.repository().changedPaths(base, commit));
    }

    @Test
    void replaceRefsAndGraftsChangeNothing() throws IOException {
        place.main().commit(place.main().head(), work("a0", "echo 1 > one; echo 2 > two"));
        String base = place.main().head();
        String edit =
                """
                echo lie > one; git -c user.name=x -c user.email=x@x commit -qa --amend -m base
                """;
        String replaced = work("a1", edit + "git replace -f " + base + " HEAD");
        String grafted =
                work(
                        "a2",
                        edit
                                + "mkdir -p .git/info; echo $(git rev-parse HEAD) "
                                + base
                                + " > .git/info/grafts");

        for (String commit : List.of(replaced, grafted)) {
            assertTrue(place.repository().isAncestor(base, commit));
            assertEquals(List.of("one"), place.repository().changedPaths(base, commit));
        }
    }

    @Test
    void linksAndSubmodulesAreKnown() throws IOException {
        String commit =
                work(
                        "a1",
                        "echo 1 > one; ln -s /etc/passwd link; git init -q sub; git -C sub -c user.name=x -c user.email=x@x commit -q --allow-empty -m sub");

        var entries = place.repository().entries(commit);

        assertEquals(List.of("link", "one", "sub"), entries.stream().map(TreeEntry::path).toList());
        assertTrue(entries.get(0).link());
        assertEquals("/etc/passwd", place.repository().target(entries.get(0)));
        assertTrue(entries.get(1).file());
        assertTrue(entries.get(2).submodule());
    }

    @Test
    void evilSettingsAndHooksReachNothingOutside() throws IOException {
        String base = place.main().head();
        Path clone = clone("a1");
        Path trap = place.root().resolve("trapped");
        String touch = "sh -c 'touch " + trap + " /workspace/ran'";
        place.inside(
                clone,
                """
                cat > .git/hooks-all <<'X'
                #!/bin/sh
                touch %1$s /workspace/ran-hook
                X
                mkdir -p .git/hooks; for h in pre-commit commit-msg post-commit post-index-change reference-transaction; do cp .git/hooks-all .git/hooks/$h; chmod +x .git/hooks/$h; done
                git config core.hooksPath .git/hooks
                git config core.fsmonitor "%2$s"
                git config core.sshCommand "%2$s"
                git config core.editor "%2$s"
                git config gpg.program "%2$s"
                git config commit.gpgSign true
                git config filter.evil.clean "%2$s; cat"
                git config filter.evil.required false
                echo '* filter=evil' > .gitattributes
                echo data > data
                """
                        .formatted(trap, touch));

        Clones.Collected collected = collect(clone, base);

        assertFalse(Files.exists(trap));
        assertFalse(Files.exists(clone.resolve("ran-hook")));
        assertNotEquals(base, collected.commit());
    }

    @Test
    void brokenCloneIsRefused() throws IOException {
        String base = place.main().head();
        Path gone = clone("a1");
        place.inside(gone, "rm -rf .git");
        Path link = clone("a2");
        place.inside(link, "mv .git /tmp/x; ln -s " + place.repository().path() + " .git");

        assertThrows(Refusal.class, () -> collect(gone, base));
        assertThrows(Refusal.class, () -> collect(link, base));
        assertThrows(Refusal.class, () -> collect(place.root().resolve("none"), base));
    }

    @Test
    void brokenObjectsDoNotPass() throws IOException {
        String base = place.main().head();
        Path clone = clone("a1");
        // A tree with an entry named ".git", as no honest git writes it.
        place.inside(
                clone,
                """
                blob=$(echo x | git hash-object -w --stdin)
                tree=$(printf '100644 .git\\0' > /tmp/t; echo $blob | xxd -r -p >> /tmp/t; git hash-object -t tree --literally -w /tmp/t)
                git update-ref refs/heads/main $(git -c user.name=x -c user.email=x@x commit-tree $tree -p HEAD -m evil)
                rm -f .git/index; git read-tree HEAD 2>/dev/null || true
                git config core.bare false; git config --add core.protectNTFS false
                """);

        Exception refused = assertThrows(Exception.class, () -> collect(clone, base));

        assertTrue(refused instanceof Refusal, refused.toString());
        assertEquals(base, place.main().head());
    }

    @Test
    void mergeMovesMainAndItsCheckout() throws IOException {
        String one = work("a1", "echo 1 > one");
        String two = work("a2", "echo 2 > two");
        MainBranch main = place.main();

        MainBranch.Prepared first = main.prepare(one, "First");
        MainBranch.Merged merged = main.commit(first.main(), first.merged());
        MainBranch.Prepared second = main.prepare(two, "Second");
        main.commit(second.main(), second.merged());

        assertEquals(one, merged.main());
        assertEquals("", merged.notice());
        assertEquals(second.merged(), main.head());
        assertEquals(List.of("one", "two"), paths(place.repository(), main.head()));
        assertEquals("1\n", Files.readString(place.checkout().resolve("one")));
        assertEquals("2\n", Files.readString(place.checkout().resolve("two")));
        assertEquals(second.merged(), main.prepare(one, "Again").merged());
    }

    @Test
    void retriedAndLostMerges() throws IOException {
        String one = work("a1", "echo 1 > one");
        String two = work("a2", "echo 2 > two");
        MainBranch main = place.main();
        MainBranch.Prepared first = main.prepare(one, "First");
        MainBranch.Prepared second = main.prepare(two, "Second");

        main.commit(first.main(), first.merged());

        assertEquals(one, main.commit(first.main(), first.merged()).main());
        Refusal lost =
                assertThrows(Refusal.class, () -> main.commit(second.main(), second.merged()));
        assertEquals(Refusal.Reason.WRONG_STATE, lost.reason());
    }

    @Test
    void conflictNamesThePaths() throws IOException {
        String one = work("a1", "echo 1 > file; echo 1 > fine");
        String two = work("a2", "echo 2 > file");
        MainBranch main = place.main();
        MainBranch.Prepared first = main.prepare(one, "First");
        main.commit(first.main(), first.merged());

        MainBranch.Prepared second = main.prepare(two, "Second");

        assertEquals(List.of("file"), second.conflicts());
        assertEquals("", second.merged());
    }

    @Test
    void checkoutKeepsPeoplesEdits() throws IOException {
        MainBranch main = place.main();
        String first = work("a1", "echo 1 > file; echo 1 > other");
        main.commit(main.prepare(first, "").main(), first);
        place.asPerson("echo mine > other; echo new > untracked");
        String second = work("a2", "echo 2 > file");

        MainBranch.Merged followed = main.commit(main.prepare(second, "").main(), second);

        assertEquals("", followed.notice());
        assertEquals("2\n", Files.readString(place.checkout().resolve("file")));
        assertEquals("mine\n", Files.readString(place.checkout().resolve("other")));

        String third = work("a3", "echo 3 > other; echo 3 > untracked");
        MainBranch.Merged kept = main.commit(main.prepare(third, "").main(), third);

        assertTrue(
                kept.notice().startsWith("the main checkout has edits of its own in "),
                kept.notice());
        assertEquals("mine\n", Files.readString(place.checkout().resolve("other")));
        assertEquals("new\n", Files.readString(place.checkout().resolve("untracked")));
        assertEquals(third, main.head());
    }

    @Test
    void checkoutOnAnotherBranchIsLeftAlone() throws IOException {
        MainBranch main = place.main();
        place.asPerson("git checkout -q -b mine");
        String one = work("a1", "echo 1 > one");

        MainBranch.Merged merged = main.commit(main.prepare(one, "").main(), one);

        assertEquals("the main checkout is on another branch", merged.notice());
        assertFalse(Files.exists(place.checkout().resolve("one")));
    }

    @Test
    void checkoutWithCommitsOfItsOwnIsLeftAlone() throws IOException {
        MainBranch main = place.main();
        String base = main.head();
        String one = work("a1", "echo 1 > one");
        MainBranch.Prepared prepared = main.prepare(one, "");
        place.asPerson(
                "echo p > p; git add p; git -c user.name=p -c user.email=p@p commit -qm person");

        MainBranch.Merged merged = main.commit(base, prepared.merged());

        assertEquals(
                "the main checkout has commits of its own that are not on main", merged.notice());
        assertEquals(one, merged.main());
        place.asPerson("git -c user.name=p -c user.email=p@p merge -q -m both orchflow/main");
        assertEquals(List.of("one", "p"), paths(place.repository(), main.head()));
    }

    @Test
    void checkoutWithoutRepositoryIsSaidToBeUnusable() throws IOException {
        MainBranch main = place.main();
        place.asPerson("rm -rf .git; echo x > mine");
        String one = work("a1", "echo 1 > one");

        MainBranch.Merged merged = main.commit(main.prepare(one, "").main(), one);

        assertEquals("the main checkout's git repository is not usable", merged.notice());
        assertEquals(one, main.head());
        assertTrue(Files.exists(place.checkout().resolve("mine")));
    }

    @Test
    void peoplesCommitsBecomeMain() throws IOException {
        place.asPerson(
                "echo p > person; git add person; git -c user.name=p -c user.email=p@p commit -qm person");

        String head = place.main().head();

        assertEquals(List.of("person"), paths(place.repository(), head));
        String one = work("a1", "echo 1 > one");
        MainBranch.Merged merged = place.main().commit(head, one);
        assertEquals("", merged.notice());
        assertTrue(Files.exists(place.checkout().resolve("one")));
    }

    @Test
    void namesThatAreMoreThanNames() {
        for (String bad :
                List.of(
                        "",
                        "HEAD",
                        "--help",
                        "main",
                        "-" + "a".repeat(39),
                        "A".repeat(40),
                        "a".repeat(40) + "^{tree}")) {
            assertThrows(Refusal.class, () -> Names.commit("commit", bad), bad);
        }
        for (String bad :
                List.of(
                        "",
                        "/etc/passwd",
                        "../x",
                        "a/../b",
                        "a//b",
                        "./a",
                        ".git/config",
                        "a/.GIT/x",
                        "a\0b")) {
            assertThrows(Refusal.class, () -> Names.path("path", bad), bad);
        }
        for (String bad : List.of("", "-a", "../a", "a/b", "a b", "a.lock/..")) {
            assertThrows(Refusal.class, () -> Names.id("agent_id", bad), bad);
        }
    }

    @Test
    void unknownCommitAndFile() throws IOException {
        String head = place.main().head();

        assertThrows(Refusal.class, () -> place.repository().require("0".repeat(40)));
        assertThrows(Refusal.class, () -> place.repository().file(head, "none"));
    }

    @Test
    void aCloneMayHoldWhatAnEarlierAttemptDid() throws IOException {
        String earlier = work("a", "echo a > a");
        Path clone = place.root().resolve("clones").resolve("b");

        place.clones().create(clone, place.main().head(), earlier, TestRepository.UID);

        place.inside(clone, "test ! -e a; git merge -q earlier; test -e a");
    }

    @Test
    void nothingIsMadeFromAnEarlierCommitThatIsNotThere() throws IOException {
        Path clone = place.root().resolve("clones").resolve("b");
        String base = place.main().head();

        assertThrows(
                Refusal.class,
                () -> place.clones().create(clone, base, "0".repeat(40), TestRepository.UID));
        assertFalse(Files.exists(clone));
    }
}
