/// What agents ask people before they act, and what people answer.
@NullMarked
package io.orchflow.orchestration.permission;

import org.jspecify.annotations.NullMarked;
