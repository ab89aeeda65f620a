@NullMarked
package io.orchflow.agent.repository;

import org.jspecify.annotations.NullMarked;
