package io.orchflow.orchestration.planner;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a recipe's program goes: the root of an empty repository, otherwise a folder that nobody
/// uses yet, so that no file of somebody's is replaced.
final class Folders {

    private static final Set<String> HARMLESS =
            Set.of("LICENSE", ".gitignore", ".gitattributes", ".editorconfig");

    private Folders() {}

    /// @param files paths of the repository
    /// @return `.` or the name of a new folder
    static String free(Map<String, String> parameters, List<String> files) {
        var project = parameters.get("project");
        if (project == null || files.stream().allMatch(HARMLESS::contains)) {
            return ".";
        }
        var folder = project;
        for (int number = 2; taken(folder, files); number++) {
            folder = project + "-" + number;
        }
        return folder;
    }

    private static boolean taken(String folder, List<String> files) {
        return files.stream()
                .anyMatch(file -> file.equals(folder) || file.startsWith(folder + "/"));
    }
}
