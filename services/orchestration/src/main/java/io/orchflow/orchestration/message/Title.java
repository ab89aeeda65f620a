package io.orchflow.orchestration.message;

/// What a list shows of a person's words.
public final class Title {
    static final int LONGEST = 120;

    private Title() {}

    /// The words in one line of at most 120 characters, cut at a space where there is one.
    public static String of(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.length() <= LONGEST) {
            return line;
        }
        int space = line.lastIndexOf(' ', LONGEST - 1);
        int end = space > 0 ? space : LONGEST - 1;
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + "…";
    }
}
