package io.orchflow.nativeimage;

import com.oracle.svm.core.option.APIOption;
import com.oracle.svm.core.option.APIOption.APIOptionKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The options that people write (`--no-fallback`, `-march=…`) and what the builder calls them
/// (`-H:…`), read from the builder's own annotations.
final class OptionTable {
    private static final String DESCRIPTORS =
            "META-INF/services/jdk.graal.compiler.options.OptionDescriptors";

    private record Entry(Field field, APIOption option) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /// Reads the options of all jars on the class path.
    OptionTable() throws IOException {
        ClassLoader loader = OptionTable.class.getClassLoader();
        for (URL list : Collections.list(loader.getResources(DESCRIPTORS))) {
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
                for (String descriptors : lines.lines().map(String::strip).toList()) {
                    if (!descriptors.isEmpty() && !descriptors.startsWith("#")) {
                        addClass(descriptors, loader);
                    }
                }
            }
        }
    }

    /// `a.b.Outer_Inner_OptionDescriptors` is of the fields of `a.b.Outer$Inner`.
    private void addClass(String descriptors, ClassLoader loader) {
        int start = descriptors.lastIndexOf('.') + 1;
        String owner = descriptors.substring(start, descriptors.lastIndexOf('_'));
        try {
            Class<?> type =
                    Class.forName(
                            descriptors.substring(0, start) + owner.replace('_', '$'),
                            false,
                            loader);
            for (Field field : type.getDeclaredFields()) {
                for (APIOption option : field.getAnnotationsByType(APIOption.class)) {
                    for (String name : option.name()) {
                        entries.put(fullName(name, option), new Entry(field, option));
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new Failure("the builder's jars lack " + e.getMessage());
        }
    }

    private static String fullName(String name, APIOption option) {
        if (option.group() == APIOption.NullGroup.class) {
            return APIOption.Utils.optionName(name);
        }
        var group = instantiate(option.group());
        return APIOption.Utils.groupName(group) + name;
    }

    /// The builder's arguments for one that a person wrote; `next` gives the following argument to
    /// an option that takes it. Empty where this is no such option.
    Optional<String> translate(String argument, Supplier<String> next) {
        Entry exact = entries.get(argument);
        if (exact != null) {
            boolean takesNext =
                    !isBoolean(exact.field())
                            && exact.option().fixedValue().length == 0
                            && exact.option().valueSeparator()[0] == APIOption.WHITESPACE_SEPARATOR;
            return Optional.of(hosted(exact, takesNext ? next.get() : null));
        }
        for (var entry : entries.entrySet()) {
            for (char separator : entry.getValue().option().valueSeparator()) {
                String start =
                        entry.getKey()
                                + (separator == APIOption.NO_SEPARATOR
                                        ? ""
                                        : Character.toString(separator));
                if (separator != APIOption.WHITESPACE_SEPARATOR && argument.startsWith(start)) {
                    return Optional.of(
                            hosted(entry.getValue(), argument.substring(start.length())));
                }
            }
        }
        return Optional.empty();
    }

    private static String hosted(Entry entry, @Nullable String given) {
        String name = entry.field().getName();
        APIOption option = entry.option();
        if (isBoolean(entry.field())) {
            return "-H:" + (option.kind() == APIOptionKind.Negated ? "-" : "+") + name;
        }
        String value = given;
        if (option.fixedValue().length > 0) {
            value = option.fixedValue()[0];
        } else if (value == null) {
            value = option.defaultValue().length > 0 ? option.defaultValue()[0] : "";
        }
        Object transformed = value;
        for (Class<? extends Function<Object, Object>> transformer : option.valueTransformer()) {
            transformed = instantiate(transformer).apply(transformed);
        }
        return "-H:" + name + "=" + transformed;
    }

    private static boolean isBoolean(Field field) {
        return field.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] == Boolean.class;
    }

    private static <T> T instantiate(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new Failure("the builder's " + type.getName() + " cannot be used: " + e);
        }
    }
}
