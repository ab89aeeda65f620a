/// Accounts: who a person is, and what proves it.
@NullMarked
package io.orchflow.auth.account;

import org.jspecify.annotations.NullMarked;
