package io.orchflow.agent.pane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Principal ANN = new Principal(Principal.Kind.USER, "ann", "Ann");
    private static final Principal BOB = new Principal(Principal.Kind.USER, "bob", "Bob");
    private static final Principal AGENT = new Principal(Principal.Kind.AGENT, "a1", "developer");

    @Test
    void theOpenerHoldsItAndOthersWhoAttachDoNotGetIt() {
        Lease lease = new Lease(ANN);

        assertFalse(lease.attach(BOB, true));

        assertTrue(lease.isHeldBy(ANN));
        assertFalse(lease.isHeldBy(BOB));
    }

    @Test
    void aDriverWhoAttachesToAFreePaneGetsItAViewerDoesNot() {
        Lease lease = new Lease(null);

        assertFalse(lease.attach(BOB, false));
        assertNull(lease.holder());
        assertTrue(lease.attach(ANN, true));

        assertEquals(ANN, lease.holder());
    }

    @Test
    void itIsThePrincipalsNotTheStreams() {
        Lease lease = new Lease(ANN);
        lease.attach(ANN, true);
        lease.attach(ANN, true);

        assertFalse(lease.detach(ANN), "one stream is left");
        assertTrue(lease.detach(ANN), "none is left");
        assertTrue(lease.isHeldBy(ANN), "the time of grace runs");
    }

    @Test
    void afterTheTimeOfGraceItIsFree() {
        Lease lease = new Lease(ANN);
        lease.attach(ANN, true);
        lease.detach(ANN);

        assertTrue(lease.expire(lease.generation()));

        assertNull(lease.holder());
    }

    @Test
    void whoComesBackInTimeKeepsIt() {
        Lease lease = new Lease(ANN);
        lease.attach(ANN, true);
        lease.detach(ANN);
        long since = lease.generation();
        lease.attach(ANN, true);
        lease.detach(ANN);

        assertFalse(lease.expire(since), "an old time of grace is over");
        assertTrue(lease.isHeldBy(ANN));
    }

    @Test
    void anAgentKeepsItUntilADriverTakesIt() {
        Lease lease = new Lease(AGENT);

        assertFalse(lease.attach(ANN, true));
        assertFalse(lease.isHolderAway(), "an agent has no streams");
        assertTrue(lease.take(ANN));

        assertTrue(lease.isHeldBy(ANN));
        assertFalse(lease.take(ANN), "she has it already");
    }

    @Test
    void onlyTheHolderGivesItUp() {
        Lease lease = new Lease(ANN);

        assertFalse(lease.giveUp(BOB));
        assertTrue(lease.giveUp(ANN));

        assertNull(lease.holder());
    }
}
