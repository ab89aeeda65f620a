@NullMarked
package io.orchflow.auth.session;

import org.jspecify.annotations.NullMarked;
