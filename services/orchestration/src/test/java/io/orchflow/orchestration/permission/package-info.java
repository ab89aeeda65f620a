@NullMarked
package io.orchflow.orchestration.permission;

import org.jspecify.annotations.NullMarked;
