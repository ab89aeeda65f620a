/// Sentences as vectors, without a model or native code at run time.
@NullMarked
package io.orchflow.sentencevectors;

import org.jspecify.annotations.NullMarked;
