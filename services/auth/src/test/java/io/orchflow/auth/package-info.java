@NullMarked
package io.orchflow.auth;

import org.jspecify.annotations.NullMarked;
