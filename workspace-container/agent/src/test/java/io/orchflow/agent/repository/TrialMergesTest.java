package io.orchflow.agent.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.agent.repository.TrialMerges.Collision;
import io.orchflow.agent.repository.TrialMerges.Draft;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialMergesTest {

    private final TestRepository place = new TestRepository();
    private final TrialMerges trials = place.trials();
    private final List<Draft> drafts = new ArrayList<>();

    TrialMergesTest() throws IOException {
        moveMain("seed", "printf '1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n' > numbers; echo x > other");
    }

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private void moveMain(String name, String script) throws IOException {
        var prepared = place.main().prepare(place.commit(name, script), "w");
        place.main().commit(prepared.main(), prepared.merged());
    }

    private Path clone(String agentId) throws IOException {
        Path clone = place.root().resolve("clones").resolve(agentId);
        String base = place.main().head();
        place.clones().create(clone, base, TestRepository.UID);
        drafts.add(new Draft(agentId, clone, TestRepository.UID, base));
        return clone;
    }

    @Test
    void tellsWhichFilesTwoHaveChangedInTheSamePlaces() throws IOException {
        place.inside(clone("a"), "sed -i s/5/five/ numbers; echo a > mine");
        place.inside(clone("b"), "sed -i s/5/FIVE/ numbers; git add numbers; echo b > mine");
        place.inside(clone("c"), "echo c > third");

        assertEquals(
                List.of(new Collision("a", "b", List.of("mine", "numbers"))),
                trials.collisions(drafts));
    }

    @Test
    void whatGitMergesAloneIsNoCollision() throws IOException {
        place.inside(clone("a"), "sed -i s/1/one/ numbers");
        place.inside(clone("b"), "sed -i s/9/nine/ numbers");

        assertEquals(List.of(), trials.collisions(drafts));
    }

    @Test
    void tellsOfMainThatHasMovedOn() throws IOException {
        place.inside(clone("a"), "rm other; mkdir other; echo f > other/f");
        moveMain("b", "echo y > other");

        assertEquals(
                List.of("a/"),
                trials.collisions(drafts).stream()
                        .map(c -> c.agentId() + "/" + c.otherId())
                        .toList());
    }

    @Test
    void followsTheWorkAsItChanges() throws IOException {
        Path a = clone("a");
        place.inside(a, "sed -i s/5/five/ numbers");
        place.inside(clone("b"), "sed -i s/5/FIVE/ numbers");
        assertEquals(1, trials.collisions(drafts).size());
        assertEquals(1, trials.collisions(drafts).size());

        place.inside(a, "git checkout -q numbers");

        assertEquals(List.of(), trials.collisions(drafts));
    }

    @Test
    void touchesNoCloneAndNotTheRepository() throws IOException {
        Path a = clone("a");
        place.inside(a, "echo new > new; sed -i s/5/five/ numbers; git add numbers");
        place.inside(clone("b"), "sed -i s/5/FIVE/ numbers");
        String index = Arrays.toString(Files.readAllBytes(a.resolve(".git/index")));
        long objects = objects(a.resolve(".git/objects"));
        long authoritative = objects(place.repository().path().resolve("objects"));

        assertEquals(1, trials.collisions(drafts).size());

        assertEquals(index, Arrays.toString(Files.readAllBytes(a.resolve(".git/index"))));
        assertEquals(objects, objects(a.resolve(".git/objects")));
        assertEquals(authoritative, objects(place.repository().path().resolve("objects")));
    }

    private static long objects(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void leavesNothingBehindWhenNobodyWorks() throws IOException {
        place.inside(clone("a"), "sed -i s/5/five/ numbers");
        trials.collisions(drafts);
        Path kept = place.root().resolve("data/scratch/trials.git");
        assertTrue(Files.exists(kept));

        trials.collisions(List.of());

        assertFalse(Files.exists(kept));
    }

    @Test
    void aCloneThatIsGoneOrBrokenHidesNoOther() throws IOException {
        Path gone = clone("gone");
        Path broken = clone("broken");
        place.inside(clone("a"), "sed -i s/5/five/ numbers");
        place.inside(clone("b"), "sed -i s/5/FIVE/ numbers");
        Trees.delete(gone);
        place.inside(broken, "rm -rf .git; echo not a repository > .git");

        assertEquals(1, trials.collisions(drafts).size());
    }

    @Test
    void hooksAndFiltersOfACloneStartNothingHere() throws IOException {
        Path marker = place.root().resolve("started");
        place.inside(
                clone("a"),
                "echo '* filter=evil' > .gitattributes; git config filter.evil.clean 'touch "
                        + marker
                        + "; cat'; sed -i s/5/five/ numbers");
        place.inside(clone("b"), "sed -i s/5/FIVE/ numbers");

        trials.collisions(drafts);

        assertFalse(Files.exists(marker));
    }
}
