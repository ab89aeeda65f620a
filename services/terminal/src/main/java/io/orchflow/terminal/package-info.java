/// Panes for people: open, watch, type, resume.
@NullMarked
package io.orchflow.terminal;

import org.jspecify.annotations.NullMarked;
