package io.orchflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One installation for all tests that do not break it: given to them as a constructor parameter.
final class Shared implements ParameterResolver {
    record Installation(Orchflow orchflow, Api api) implements AutoCloseable {
        @Override
        public void close() {
            orchflow.close();
        }
    }

    private static Installation open() {
        try {
            Path data = Files.createTempDirectory("orchflow-e2e");
            Orchflow orchflow = Orchflow.start(data).awaitReady();
            return new Installation(orchflow, Api.signUp(orchflow));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent("installation", _ -> open(), Installation.class);
    }
}
