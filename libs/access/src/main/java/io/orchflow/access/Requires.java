package io.orchflow.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The endpoint takes only calls with a valid access token whose kind and scopes cover the
/// permission. The role in the team is for the endpoint to check: [Access#require].
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {
    Permission value();
}
