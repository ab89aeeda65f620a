package io.orchflow.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTableTest {
    private final OptionTable table;

    OptionTableTest() throws IOException {
        table = new OptionTable();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "--no-fallback -> -H:FallbackThreshold=0",
                "--link-at-build-time -> -H:LinkAtBuildTime=",
                "--link-at-build-time=a.b,c -> -H:LinkAtBuildTime=a.b,c",
                "--initialize-at-run-time=a.B,c -> -H:ClassInitialization=a.B:run_time,c:run_time",
                "--initialize-at-build-time=a -> -H:ClassInitialization=a:build_time",
                "--features=a.F,b.G -> -H:Features=a.F,b.G",
                "--enable-https -> -H:EnableURLProtocols=https",
                "--gc=serial -> -H:+UseSerialGC",
                "-march=x86-64-v2 -> -H:MicroArchitecture=x86-64-v2",
                "-Ob -> -H:Optimize=b",
                "--add-opens=java.base/java.io=ALL-UNNAMED -> -H:AddOpens=java.base/java.io=ALL-UNNAMED"
            })
    void saysWhatTheBuilderCallsIt(String written, String hosted) {
        assertThat(table.translate(written, () -> "unused")).contains(hosted);
    }

    @Test
    void takesTheNextArgumentWhereTheOptionDoes() {
        assertThat(table.translate("--add-exports", () -> "m/p=ALL-UNNAMED"))
                .contains("-H:AddExports=m/p=ALL-UNNAMED");
    }

    @Test
    void knowsWhatItDoesNotKnow() {
        assertThat(
                        table.translate(
                                "--bundle-create",
                                () -> {
                                    throw new NoSuchElementException();
                                }))
                .isEmpty();
    }
}
