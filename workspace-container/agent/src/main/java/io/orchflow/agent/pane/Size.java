package io.orchflow.agent.pane;

/// A terminal's size in character cells.
///
/// @param cols 2..500
/// @param rows 1..300
public record Size(int cols, int rows) {

    public Size {
        if (cols < 2 || cols > 500) {
            throw new IllegalArgumentException("cols is " + cols + ", allowed are 2..500");
        }
        if (rows < 1 || rows > 300) {
            throw new IllegalArgumentException("rows is " + rows + ", allowed are 1..300");
        }
    }

    /// As the protocol has it: 0 means the default, 80 columns and 24 rows.
    public static Size ofRequest(int cols, int rows) {
        return new Size(cols == 0 ? 80 : cols, rows == 0 ? 24 : rows);
    }
}
