/// Copies what workspace agents have noted into facts, each entry once.
@NullMarked
package io.orchflow.terminal.journal;

import org.jspecify.annotations.NullMarked;
