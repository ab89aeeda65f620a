package io.orchflow.agent.pane;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may write to a pane: one principal at a time, or nobody. The lease belongs to the principal,
/// not to one of its streams. Not safe for use by several threads.
final class Lease {

    private record Key(Principal.Kind kind, String id) {}

    private final Map<Key, Integer> streams = new HashMap<>();
    private @Nullable Principal holder;
    // Grows whenever a waiting for the holder's return is over, one way or the other.
    private long generation;

    Lease(@Nullable Principal holder) {
        this.holder = holder;
    }

    @Nullable Principal holder() {
        return holder;
    }

    boolean isHeldBy(Principal who) {
        return holder != null && holder.isSameAs(who);
    }

    /// A stream began.
    ///
    /// @return true when the lease changed hands: it was free, and this one drives
    boolean attach(Principal who, boolean driver) {
        streams.merge(key(who), 1, Integer::sum);
        if (isHeldBy(who)) {
            generation++;
        }
        return driver && holder == null && give(who);
    }

    /// A stream ended.
    ///
    /// @return true when the holder has none left: [#expire] is due after the time of grace
    boolean detach(Principal who) {
        streams.computeIfPresent(key(who), (_, count) -> count > 1 ? count - 1 : null);
        return isHeldBy(who) && isHolderAway();
    }

    /// A driver takes the lease, from whoever holds it.
    ///
    /// @return true when it changed hands
    boolean take(Principal who) {
        return !isHeldBy(who) && give(who);
    }

    /// The holder lets go.
    ///
    /// @return true when it is free now and was not before
    boolean giveUp(Principal who) {
        return isHeldBy(who) && give(null);
    }

    /// What to hand to [#expire] when the time of grace is over.
    long generation() {
        return generation;
    }

    /// True when the holder is somebody who can come and go, and has no stream.
    boolean isHolderAway() {
        return holder != null
                && holder.kind() != Principal.Kind.AGENT
                && !streams.containsKey(key(holder));
    }

    /// The time of grace is over.
    ///
    /// @param since [#generation] when it began
    /// @return true when the lease became free
    boolean expire(long since) {
        return since == generation && isHolderAway() && give(null);
    }

    private boolean give(@Nullable Principal to) {
        holder = to;
        generation++;
        return true;
    }

    private static Key key(Principal who) {
        return new Key(who.kind(), who.id());
    }
}
