@NullMarked
package io.orchflow.orchestration.model;

import org.jspecify.annotations.NullMarked;
