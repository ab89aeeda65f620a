/// The planner that needs no model. It knows what the recipes can do, and says so when none fits.
@NullMarked
package io.orchflow.orchestration.planner;

import org.jspecify.annotations.NullMarked;
