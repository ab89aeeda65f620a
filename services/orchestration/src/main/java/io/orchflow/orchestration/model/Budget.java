package io.orchflow.orchestration.model;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may be spent, what is spent, and what calls that are under way may spend yet.
///
/// @param tokens the most; absent: not limited
/// @param micros the most, in micro-dollars; absent: not limited
public record Budget(
        Scope scope, @Nullable Long tokens, @Nullable Long micros, Spend used, Spend reserved) {

    /// What calls that are to begin may still spend.
    Spend room() {
        return left(used.plus(reserved));
    }

    /// The same once every call that is under way has cost nothing: more cannot come back.
    Spend bestRoom() {
        return left(used);
    }

    private Spend left(Spend gone) {
        return new Spend(
                tokens == null ? Long.MAX_VALUE : tokens - gone.tokens(),
                micros == null ? Long.MAX_VALUE : micros - gone.micros());
    }

    /// Which limit a call cannot keep any more, in words for people.
    String reached(Ask ask) {
        var unit =
                tokens != null && bestRoom().tokens() < ask.least().tokens()
                        ? String.format(Locale.ROOT, "%,d tokens", tokens)
                        : dollars(micros == null ? 0 : micros);
        return "the budget of " + unit + " for " + scope.words() + " is used up";
    }

    static String dollars(long micros) {
        return "$" + BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
