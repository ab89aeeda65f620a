@NullMarked
package io.orchflow.auth.account;

import org.jspecify.annotations.NullMarked;
