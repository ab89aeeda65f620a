package io.orchflow.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;

/// Gives a `@QuarkusTest` or `@QuarkusIntegrationTest` real PostgreSQL, Redis and Kafka, as the
/// settings that `./orchflow up` gives a service. Use:
///
/// ```java
/// @QuarkusTestResource(value = TestInfrastructure.class, restrictToAnnotatedClass = true,
///     initArgs = @ResourceArg(name = "service", value = "auth"))
/// ```
///
/// Arguments: `service` (its PostgreSQL role and schema; required), `kafka` (`true`, the default,
/// starts it; `later` gives an address where nothing listens until [#startKafka()]; `false` leaves
/// it out), and any number of `set:<property>` = value that are passed on. Servers are shared by
/// the whole JVM; every start gets a new database.
public final class TestInfrastructure implements QuarkusTestResourceLifecycleManager {
    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, String> start() {
        String service = arguments.get("service");
        if (service == null) {
            throw new IllegalArgumentException("@ResourceArg(name = \"service\", …) is missing");
        }
        var settings = new HashMap<String, String>();
        settings.putAll(
                (Map<String, String>)
                        call("environment", service, arguments.getOrDefault("kafka", "true")));
        arguments.forEach(
                (name, value) -> {
                    if (name.startsWith("set:")) {
                        settings.put(name.substring("set:".length()), value);
                    }
                });
        return settings;
    }

    @Override
    public void stop() {
        // The servers are shared; the JVM's end stops them.
    }

    /// Starts Kafka (again, with its data and address) and returns when clients can produce.
    public static void startKafka() {
        call("startKafka");
    }

    /// Stops Kafka in order.
    public static void stopKafka() {
        call("stopKafka");
    }

    /// Quarkus loads test resources in class loaders of its own; the servers live in the JVM's.
    private static Object call(String method, String... arguments) {
        var types = new Class<?>[arguments.length];
        java.util.Arrays.fill(types, String.class);
        try {
            Class<?> shared =
                    ClassLoader.getSystemClassLoader()
                            .loadClass("io.orchflow.embedded.SharedInfrastructure");
            Object answer = shared.getMethod(method, types).invoke(null, (Object[]) arguments);
            return answer == null ? Map.of() : answer;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("test infrastructure", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
