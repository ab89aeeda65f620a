/// What agents' programs say they are doing: shown while it happens, and no proof of anything.
@NullMarked
package io.orchflow.orchestration.activity;

import org.jspecify.annotations.NullMarked;
