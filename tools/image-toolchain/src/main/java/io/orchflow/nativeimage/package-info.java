/// A `native-image` command made of packages: the builder's jars, a copy of the JDK, and the small
/// C parts that no package carries. `Toolchain` makes the folder; `Driver` is its command.
@NullMarked
package io.orchflow.nativeimage;

import org.jspecify.annotations.NullMarked;
