@NullMarked
package io.orchflow.auth.key;

import org.jspecify.annotations.NullMarked;
