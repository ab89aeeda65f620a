package io.orchflow.orchestration.loop;

import java.util.HashSet;
import java.util.Set;

/// Sees whether a model still gets anywhere: a call that was made before and has the same result as
/// then brings nothing, however many others lie between. One thread.
final class Repeats {
    private record Seen(String tool, String arguments, String result) {}

    private final Set<Seen> all = new HashSet<>();
    private int inARow;

    /// @return how many calls in a row have brought nothing
    int after(Hands.Call call, String result) {
        inARow = all.add(new Seen(call.tool(), call.arguments(), result)) ? 0 : inARow + 1;
        return inARow;
    }
}
