/// The whole system as a person meets it: `./orchflow up`, its API, its browser page.
@NullMarked
package io.orchflow.e2e;

import org.jspecify.annotations.NullMarked;
