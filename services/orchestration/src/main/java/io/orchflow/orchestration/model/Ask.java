package io.orchflow.orchestration.model;

import java.util.List;

/// What a call may cost before it is made: an upper bound, since it is held to `maxOutput`.
///
/// @param input tokens of the request at most
/// @param minOutput the least answer that is worth a call
/// @param maxOutput the longest answer that is asked for
public record Ask(long input, long minOutput, long maxOutput, Price price) {

    /// Whether a call may be made.
    public sealed interface Verdict {}

    /// It may.
    ///
    /// @param maxOutput the longest answer it may ask for
    /// @param reserved what it may cost then
    public record Granted(long maxOutput, Spend reserved) implements Verdict {}

    /// Calls that are under way may use all that is left; when they have ended, there may be room.
    public record Busy() implements Verdict {}

    /// There will be no room unless somebody raises the limit.
    ///
    /// @param reason in words for people
    public record Reached(String reason) implements Verdict {}

    public Ask {
        if (input < 0 || minOutput < 1 || maxOutput < minOutput) {
            throw new IllegalArgumentException("not a call: " + input + ", " + maxOutput);
        }
    }

    Spend least() {
        return costing(minOutput);
    }

    private Spend costing(long output) {
        return Spend.of(new Usage(input, 0, output), price);
    }

    /// Holds the call to the budgets it counts for.
    public Verdict in(List<Budget> budgets) {
        for (var budget : budgets) {
            if (!fits(least(), budget.bestRoom())) {
                return new Reached(budget.reached(this));
            }
        }
        var output = maxOutput;
        for (var budget : budgets) {
            if (!fits(least(), budget.room())) {
                return new Busy();
            }
            output = Math.min(output, longest(budget.room()));
        }
        return new Granted(output, costing(output));
    }

    private static boolean fits(Spend spend, Spend room) {
        return spend.tokens() <= room.tokens() && spend.micros() <= room.micros();
    }

    /// The longest answer that fits, found by halving: costs are rounded.
    private long longest(Spend room) {
        long low = minOutput;
        long high = maxOutput;
        while (low < high) {
            var middle = low + (high - low + 1) / 2;
            if (fits(costing(middle), room)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
