package io.orchflow.orchestration.planner;

import java.util.List;

/// What people mean by the words of a trade: a book shop has books with title and author.
///
/// @param words what names this domain in a request, lower case, singular
/// @param entity one record, lower-case words joined by hyphens
/// @param fields `name:type` or `name:type!` (required), joined by commas
record Domain(List<String> words, String entity, String entities, String fields) {

    Domain {
        words = List.copyOf(words);
    }
}
