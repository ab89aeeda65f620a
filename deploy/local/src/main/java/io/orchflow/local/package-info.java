/// The launcher behind `./orchflow`: embedded infrastructure and every service as its own process.
@NullMarked
package io.orchflow.local;

import org.jspecify.annotations.NullMarked;
