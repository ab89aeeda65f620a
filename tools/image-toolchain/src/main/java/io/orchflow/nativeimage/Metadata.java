package io.orchflow.nativeimage;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// What a jar says for the builder below `META-INF/native-image`.
///
/// @param arguments options as a person would write them, of all `native-image.properties`
/// @param configurations `-H:` options that name the jar's configuration files
/// @param origin of the options, as the builder writes it: it tells whose classes they mean
record Metadata(List<String> arguments, List<String> configurations, String origin) {
    private static final String FOLDER = "META-INF/native-image";

    private static final Map<String, String> CONFIGURATIONS =
            Map.of(
                    "reflect-config.json", "ReflectionConfigurationResources",
                    "resource-config.json", "ResourceConfigurationResources",
                    "proxy-config.json", "DynamicProxyConfigurationResources",
                    "jni-config.json", "JNIConfigurationResources",
                    "serialization-config.json", "SerializationConfigurationResources",
                    "predefined-classes-config.json", "PredefinedClassesConfigurationResources",
                    "reachability-metadata.json", "ReachabilityMetadataResources");

    /// `excluded` tells of a jar and the resource's name whether to leave it out.
    static List<Metadata> of(Path entry, BiPredicate<Path, String> excluded) throws IOException {
        if (Files.isDirectory(entry)) {
            return read(entry, entry, entry.toUri().toString(), excluded);
        }
        if (!Files.isRegularFile(entry)) {
            return List.of();
        }
        try (FileSystem jar = FileSystems.newFileSystem(entry)) {
            return read(entry, jar.getPath("/"), "jar:" + entry.toUri() + "!/", excluded);
        }
    }

    private static List<Metadata> read(
            Path entry, Path root, String origin, BiPredicate<Path, String> excluded)
            throws IOException {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var all = new ArrayList<Metadata>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String resource = root.relativize(file).toString();
                String name = String.valueOf(file.getFileName());
                if (excluded.test(entry, "/" + resource)) {
                    continue;
                }
                if (name.equals("native-image.properties")) {
                    all.add(new Metadata(arguments(file, resource), List.of(), origin + resource));
                } else if (CONFIGURATIONS.containsKey(name)) {
                    String option = "-H:" + CONFIGURATIONS.get(name) + "=" + resource;
                    all.add(new Metadata(List.of(), List.of(option), origin + resource));
                }
            }
        }
        return all;
    }

    private static List<String> arguments(Path file, String resource) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        String folder = resource.substring(0, resource.lastIndexOf('/'));
        return Stream.of(properties.getProperty("Args", "").replace("${.}", folder).split("\\s+"))
                .filter(argument -> !argument.isEmpty())
                .toList();
    }
}
