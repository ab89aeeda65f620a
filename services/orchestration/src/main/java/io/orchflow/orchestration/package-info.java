/// What the features of the service share.
@NullMarked
package io.orchflow.orchestration;

import org.jspecify.annotations.NullMarked;
