package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A deterministic playbook, as the catalogue describes it.
///
/// @param digest SHA-256 of the recipe's files, 64 hex digits
/// @param languages words such as `node`; the first is the default
/// @param parameters default values by name, in the catalogue's order
/// @param variants names that a language adds to those of titles and checks
record Recipe(
        String id,
        String title,
        String summary,
        String digest,
        Topology topology,
        List<String> languages,
        List<String> keywords,
        List<String> examples,
        Map<String, String> parameters,
        Map<String, Map<String, String>> variants,
        List<Step> steps,
        List<Line> lines) {

    Recipe {
        languages = List.copyOf(languages);
        keywords = List.copyOf(keywords);
        examples = List.copyOf(examples);
        steps = List.copyOf(steps);
        lines = List.copyOf(lines);
    }

    /// How the result is used; label and command hold `{{name}}` where a parameter goes.
    ///
    /// @param needs steps that have to be done for it
    record Line(String label, List<String> needs, String command) {

        Line {
            needs = List.copyOf(needs);
        }
    }

    /// One task of the recipe; title and checks hold `{{name}}` where a parameter goes.
    record Step(
            String id,
            String step,
            String role,
            String title,
            List<String> dependsOn,
            List<String> checks) {

        Step {
            dependsOn = List.copyOf(dependsOn);
            checks = List.copyOf(checks);
        }
    }

    /// Whether a plan's task names this step of this very recipe.
    boolean isPinned(@Nullable String reference, String step) {
        var begin = id + "/" + step + "@";
        return reference != null
                && reference.startsWith(begin)
                && reference.length() > begin.length()
                && digest.startsWith(reference.substring(begin.length()));
    }

    /// What a plan's task names: recipe, step and the first 12 digits of the digest.
    String reference(Step step) {
        return id + "/" + step.step() + "@" + digest.substring(0, 12);
    }
}
