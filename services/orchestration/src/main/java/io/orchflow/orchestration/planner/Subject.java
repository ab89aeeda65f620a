package io.orchflow.orchestration.planner;

/// What a request is about.
///
/// @param entity one record, lower-case words joined by hyphens
/// @param fields `name:type` or `name:type!`, joined by commas
/// @param trade the words the project is named after, such as `book-shop`
/// @param named false when the request named nothing and the defaults stand in
record Subject(String entity, String entities, String fields, String trade, boolean named) {}
