/// A model server that does what a script says, for tests of agents without a model: real agent
/// programs speak with it as they would with a provider.
@NullMarked
package io.orchflow.modelserver;

import org.jspecify.annotations.NullMarked;
