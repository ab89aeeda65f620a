package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void aServiceAsItShouldBePasses() {
        assertThatCode(() -> check("good")).doesNotThrowAnyException();
    }

    @Test
    void aDomainTypeImportsNoFramework() {
        assertThatThrownBy(() -> check("impure"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("impure.pane.Pane")
                .hasMessageContaining("jakarta.inject.Singleton");
    }

    @Test
    void whatTheServiceNamesAsTechnicalMayUseAFramework() {
        assertThatCode(() -> check("impure", "Pane")).doesNotThrowAnyException();
    }

    @Test
    void featuresFormNoCycle() {
        assertThatThrownBy(() -> check("cycle"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Slice one")
                .hasMessageContaining("Slice two");
    }

    @Test
    void noEntityIsInTheWebLayer() {
        assertThatThrownBy(() -> check("entity"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PaneEntity");
    }

    @Test
    void everyEndpointDeclaresItsPermission() {
        assertThatThrownBy(() -> check("endpoint"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PaneResource.pane()");
    }

    private static void check(String fixture, String... roles) {
        var root = "io.orchflow.access.fixture." + fixture;
        HouseRules.check(new ClassFileImporter().importPackages(root), root, roles);
    }
}
