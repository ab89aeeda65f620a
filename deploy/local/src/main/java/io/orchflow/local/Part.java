package io.orchflow.local;

import io.orchflow.embedded.ChildSpec;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One process of the system.
///
/// @param spec asked for at every start
/// @param answers whether the others can use it now
record Part(String name, Supplier<ChildSpec> spec, BooleanSupplier answers) {}
