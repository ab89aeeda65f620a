package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "npm test # npm[test]",
                "cd app && npm run -s x; exit 1 # cd[app] npm[run -s x] exit[1]",
                "! grep -q 'a b' \"c d\" | sort > out 2>&1 # grep[-q a b c d] sort[]",
                "A=1 timeout 20s env -i B=2 node --test # node[--test]",
                "test \"$(node src/x.mjs)\" = 6 # test[$(node src/x.mjs) = 6] node[src/x.mjs]",
                "(sh ./test/check.sh) || { true; } # sh[./test/check.sh] true[] }[]",
                "cat < in\\ put # cat[in put]",
                "if [ -f x ]; then ./verify; fi # [[-f x ]] ./verify[] fi[]",
            })
    void isReadAsFarAsItCanBe(String line, String expected) {
        var commands =
                CheckLine.read(line).commands().stream()
                        .map(c -> c.program() + "[" + String.join(" ", c.arguments()) + "]")
                        .collect(Collectors.joining(" "));

        assertEquals(expected, commands);
    }
}
