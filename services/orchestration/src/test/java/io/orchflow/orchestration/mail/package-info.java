@NullMarked
package io.orchflow.orchestration.mail;

import org.jspecify.annotations.NullMarked;
