/// The performance tables: orchflow and its peers, in the same run, on loopback.
@NullMarked
package io.orchflow.load;

import org.jspecify.annotations.NullMarked;
