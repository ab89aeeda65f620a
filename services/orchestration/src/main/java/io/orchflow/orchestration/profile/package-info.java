/// Agent programs by their profiles: data that says how to start them and what they speak.
@NullMarked
package io.orchflow.orchestration.profile;

import org.jspecify.annotations.NullMarked;
