@NullMarked
package io.orchflow.orchestration.activity;

import org.jspecify.annotations.NullMarked;
