/// The one bridge between virtual threads and Hibernate Reactive.
@NullMarked
package io.orchflow.auth.storage;

import org.jspecify.annotations.NullMarked;
