package io.orchflow.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.events.ActorKind;
import io.orchflow.events.Topics;
import io.orchflow.events.terminal.JournalGapFound;
import io.orchflow.events.terminal.PaneClosed;
import io.orchflow.events.terminal.PaneExited;
import io.orchflow.events.terminal.PaneOpened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What happens to panes becomes facts: each once, in order, none missing, whenever the service
/// dies.
class JournalIT {

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem(Map.of());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void everyPaneIsToldOnceThoughTheServiceIsKilledAgainAndAgain() {
        var panes = new ArrayList<String>();
        var left = new ArrayList<String>();
        for (int round = 0; round < 3; round++) {
            for (int pane = 0; pane < 4; pane++) {
                var paneId = system.open("sh", "-c", "exit " + pane);
                panes.add(paneId);
                if (pane % 2 == 1) {
                    system.close(paneId);
                } else {
                    left.add(paneId);
                }
            }
            system.terminal.kill();
            system.terminal.startAgain();
        }
        try (var reader = new FactReader(system, Topics.PANE)) {
            // Leases of the killed run out first, and Kafka ends what they had begun.
            TestSystem.await(
                    Duration.ofSeconds(60),
                    () -> told(reader.read(), PaneExited.class).containsAll(left),
                    () -> told(reader.read(), PaneExited.class) + " of " + left);
            var facts = reader.read();
            assertThat(told(facts, PaneOpened.class)).containsExactlyInAnyOrderElementsOf(panes);
            assertThat(told(facts, PaneExited.class)).doesNotHaveDuplicates();
            assertThat(told(facts, PaneClosed.class)).hasSize(6).doesNotHaveDuplicates();
            assertThat(facts).noneMatch(JournalGapFound.class::isInstance);
            left.forEach(paneId -> assertOrder(facts, paneId));
        }
    }

    private static void assertOrder(List<SpecificRecordBase> facts, String paneId) {
        var opened =
                facts.stream()
                        .filter(PaneOpened.class::isInstance)
                        .map(PaneOpened.class::cast)
                        .filter(fact -> fact.getPaneId().equals(paneId))
                        .findFirst()
                        .orElseThrow();
        assertThat(opened.getTeamId()).isEqualTo(TestSystem.TEAM);
        assertThat(opened.getWorkspaceId()).isEqualTo(system.workspaceId);
        assertThat(opened.getActor().getKind()).isEqualTo(ActorKind.USER);
        assertThat(opened.getActor().getId()).isEqualTo("member");
        var exited =
                facts.stream()
                        .filter(PaneExited.class::isInstance)
                        .map(PaneExited.class::cast)
                        .filter(fact -> fact.getPaneId().equals(paneId))
                        .findFirst()
                        .orElseThrow();
        assertThat(facts.indexOf(opened)).isLessThan(facts.indexOf(exited));
    }

    private static List<String> told(
            List<SpecificRecordBase> facts, Class<? extends SpecificRecordBase> type) {
        return facts.stream()
                .filter(type::isInstance)
                .map(fact -> (String) fact.get(fact.getSchema().getField("paneId").pos()))
                .toList();
    }
}
