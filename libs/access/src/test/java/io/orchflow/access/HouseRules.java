package io.orchflow.access;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The four rules that hold in every service:
/// - a domain type (one without a role suffix) imports no framework;
/// - features (the packages below the service's own) form no cycle;
/// - no entity in the web layer;
/// - every endpoint declares [Requires] or [Open].
public final class HouseRules {

    private static final Set<String> ROLES =
            Set.of(
                    "Resource",
                    "View",
                    "Body",
                    "Socket",
                    "Consumer",
                    "Repository",
                    "Entity",
                    "Config",
                    "Service",
                    "Client",
                    "Filter",
                    "Mapper",
                    "Worker",
                    "Relay",
                    "Producer",
                    "Store",
                    "Routes",
                    "Route",
                    "Handler",
                    "Adapter",
                    "Health",
                    "Job",
                    "Startup",
                    "Driver",
                    "Source",
                    "Table",
                    "Metrics",
                    "Publisher",
                    "Main",
                    "Directory",
                    "Server",
                    "Proxy");

    private static final String[] FRAMEWORKS = {
        "jakarta..",
        "io.quarkus..",
        "io.vertx..",
        "io.smallrye..",
        "io.grpc..",
        "org.hibernate..",
        "org.apache.kafka..",
        "org.eclipse.microprofile..",
        "com.fasterxml.jackson.databind.."
    };

    private final JavaClasses classes;
    private final String root;
    private final Set<String> roles;

    private HouseRules(JavaClasses classes, String root, Set<String> roles) {
        this.classes = classes;
        this.root = root;
        this.roles = roles;
    }

    /// @param root package of the service, such as `io.orchflow.terminal`
    /// @param moreRoles suffixes of this service's technical classes besides the usual ones
    /// @throws AssertionError naming every class that breaks a rule
    public static void check(String root, String... moreRoles) {
        var imported =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root);
        check(imported, root, moreRoles);
    }

    static void check(JavaClasses classes, String root, String... moreRoles) {
        var roles = new HashSet<>(ROLES);
        roles.addAll(Arrays.asList(moreRoles));
        var rules = new HouseRules(classes, root, roles);
        rules.pureDomain();
        rules.noCycles();
        rules.noEntityInTheWebLayer();
        rules.everyEndpointDeclaresItsPermission();
    }

    private void pureDomain() {
        noClasses()
                .that(are("domain types", type -> !technical(type)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(FRAMEWORKS))
                .allowEmptyShould(true)
                .check(classes);
    }

    private void noCycles() {
        slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    private void noEntityInTheWebLayer() {
        noClasses()
                .that(are("in the web layer", HouseRules::web))
                .should()
                .dependOnClassesThat(are("entities", HouseRules::entity))
                .allowEmptyShould(true)
                .check(classes);
    }

    private void everyEndpointDeclaresItsPermission() {
        methods()
                .that(endpoints())
                .should()
                .beAnnotatedWith(Requires.class)
                .orShould()
                .beAnnotatedWith(Open.class)
                .allowEmptyShould(true)
                .check(classes);
        classes()
                .that()
                .areAnnotatedWith("io.quarkus.websockets.next.WebSocket")
                .should()
                .beAnnotatedWith(Requires.class)
                .orShould()
                .beAnnotatedWith(Open.class)
                .allowEmptyShould(true)
                .check(classes);
    }

    private boolean technical(JavaClass type) {
        var name = outermost(type).getSimpleName();
        return roles.stream().anyMatch(name::endsWith) || name.equals("package-info");
    }

    private static boolean web(JavaClass type) {
        var name = outermost(type).getSimpleName();
        return name.endsWith("Resource") || name.endsWith("Socket");
    }

    private static boolean entity(JavaClass type) {
        return type.isAnnotatedWith("jakarta.persistence.Entity");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRules::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaMethod> endpoints() {
        return DescribedPredicate.describe(
                "are endpoints",
                method ->
                        !method.getOwner()
                                        .isAnnotatedWith(
                                                "org.eclipse.microprofile.rest.client.inject.RegisterRestClient")
                                && method.isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod"));
    }

    private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe("are " + what, predicate);
    }
}
