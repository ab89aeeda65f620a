package io.orchflow.orchestration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskTest {
    private static final Price PRICE = new Price(2_000_000, 500_000, 8_000_000);

    private static Budget budget(
            @Nullable Long tokens, @Nullable Long micros, Spend used, Spend reserved) {
        return new Budget(Scope.SWARM, tokens, micros, used, reserved);
    }

    @Test
    void withoutALimitACallMayAskForAllItWants() {
        var verdict = new Ask(500, 100, 4_000, PRICE).in(List.of(free()));

        assertEquals(new Ask.Granted(4_000, new Spend(4_500, 33_000)), verdict);
    }

    private static Budget free() {
        return budget(null, null, Spend.NONE, Spend.NONE);
    }

    @Test
    void nearALimitTheAnswerIsHeldToWhatIsLeft() {
        var tokens = budget(10_000L, null, new Spend(7_000, 0), Spend.NONE);
        var money = budget(null, 9_000L, Spend.NONE, Spend.NONE);
        var ask = new Ask(500, 100, 4_000, PRICE);

        assertEquals(new Ask.Granted(2_500, new Spend(3_000, 21_000)), ask.in(List.of(tokens)));
        assertEquals(new Ask.Granted(1_000, new Spend(1_500, 9_000)), ask.in(List.of(money)));
        assertEquals(
                new Ask.Granted(1_000, new Spend(1_500, 9_000)), ask.in(List.of(tokens, money)));
    }

    @Test
    void whatOthersMayGiveBackIsWorthWaitingFor() {
        var reserved = budget(10_000L, null, new Spend(7_000, 0), new Spend(2_900, 0));

        assertEquals(new Ask.Busy(), new Ask(500, 100, 4_000, PRICE).in(List.of(free(), reserved)));
    }

    @Test
    void aLimitThatIsReachedIsNamed() {
        var tokens = budget(1_200_000L, null, new Spend(1_199_500, 0), Spend.NONE);
        var money = budget(null, 1_500_000L, new Spend(0, 1_499_999), Spend.NONE);
        var ask = new Ask(500, 100, 4_000, PRICE);

        assertEquals(
                new Ask.Reached("the budget of 1,200,000 tokens for this swarm is used up"),
                ask.in(List.of(tokens)));
        assertEquals(
                new Ask.Reached("the budget of $1.5 for this swarm is used up"),
                ask.in(List.of(money)));
    }

    /// Whatever calls do, what is spent never passes a limit.
    @Test
    void noOrderOfCallsPassesALimit() {
        for (long seed = 0; seed < 300; seed++) {
            race(new Random(seed), seed);
        }
    }

    private record Open(long input, Ask.Granted granted) {}

    private static void race(Random random, long seed) {
        long mostTokens = random.nextLong(50_000);
        long mostMicros = random.nextLong(200_000);
        var used = Spend.NONE;
        var reserved = Spend.NONE;
        var open = new ArrayList<Open>();
        for (int step = 0; step < 200; step++) {
            if (open.isEmpty() || random.nextInt(3) > 0) {
                var budget = budget(mostTokens, mostMicros, used, reserved);
                long most = 1 + random.nextLong(8_000);
                var ask = new Ask(random.nextInt(3_000), Math.min(64, most), most, PRICE);
                if (ask.in(List.of(budget)) instanceof Ask.Granted granted) {
                    assertTrue(granted.maxOutput() <= most && granted.maxOutput() >= 1);
                    reserved = reserved.plus(granted.reserved());
                    open.add(new Open(ask.input(), granted));
                }
            } else {
                var ended = open.remove(random.nextInt(open.size()));
                var worst = ended.granted().reserved();
                reserved =
                        new Spend(
                                reserved.tokens() - worst.tokens(),
                                reserved.micros() - worst.micros());
                long input = ended.input() == 0 ? 0 : random.nextLong(ended.input());
                long output = random.nextLong(ended.granted().maxOutput() + 1);
                var usage = new Usage(input, input == 0 ? 0 : random.nextLong(input), output);
                used = used.plus(Spend.of(usage, PRICE));
            }
            var all = used.plus(reserved);
            assertTrue(all.tokens() <= mostTokens && all.micros() <= mostMicros, "seed " + seed);
        }
    }

    @Test
    void aPriceIsRoundedUpAndACacheIsCheaper() {
        assertEquals(0, PRICE.of(Usage.NONE));
        assertEquals(2, PRICE.of(new Usage(1, 0, 0)));
        assertEquals(1, PRICE.of(new Usage(1, 1, 0)));
        assertEquals(10, PRICE.of(new Usage(1, 0, 1)));
    }

    @Test
    void aModelIsFoundByProviderAndName() {
        var first = provider("one", "small", "big");
        var second = provider("two", "vendor/big", "big");

        assertEquals("small", name(List.of(first, second), null));
        assertEquals("big", name(List.of(first, second), "big"));
        assertEquals("vendor/big", name(List.of(first, second), "two/"));
        assertEquals("vendor/big", name(List.of(first, second), "vendor/big"));
        assertEquals("vendor/big", name(List.of(first, second), "two/vendor/big"));
        assertEquals("none", name(List.of(first, second), "two/small"));
        assertTrue(ModelChoice.of(List.of(first), Wire.MESSAGES, null).isEmpty());
    }

    private static String name(List<Provider> providers, @Nullable String wanted) {
        return ModelChoice.of(providers, Wire.CHAT, wanted)
                .map(choice -> choice.model().name())
                .orElse("none");
    }

    private static Provider provider(String name, String... models) {
        return new Provider(
                name,
                "t",
                name,
                Set.of(Wire.CHAT),
                URI.create("http://127.0.0.1"),
                Arrays.stream(models).map(m -> new ModelOffer(m, Price.FREE, 1_000)).toList(),
                false);
    }
}
