/// The authoritative repository of the workspace, its main checkout, the checks that run on its
/// commits and the merges into its main branch.
@NullMarked
package io.orchflow.agent.repository;

import org.jspecify.annotations.NullMarked;
