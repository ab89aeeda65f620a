/// The facts of orchflow: their topics, their envelope and their encoding.
@NullMarked
package io.orchflow.events;

import org.jspecify.annotations.NullMarked;
