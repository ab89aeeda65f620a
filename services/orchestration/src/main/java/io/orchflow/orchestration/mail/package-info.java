/// What agents write to one another, who may write to whom, and how much.
@NullMarked
package io.orchflow.orchestration.mail;

import org.jspecify.annotations.NullMarked;
