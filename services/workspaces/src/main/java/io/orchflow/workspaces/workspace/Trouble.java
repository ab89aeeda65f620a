package io.orchflow.workspaces.workspace;

/// Why a workspace is not as it should be.
///
/// @param slug stable, lower case with hyphens; goes into facts
/// @param text one sentence for people; may hold paths and exit codes, never output
public record Trouble(String slug, String text) {

    public Trouble {
        if (!slug.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("Trouble has no slug: " + slug);
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("Trouble " + slug + " says nothing");
        }
    }
}
