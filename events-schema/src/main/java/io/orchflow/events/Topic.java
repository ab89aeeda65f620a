package io.orchflow.events;

/// A Kafka topic.
///
/// @param owner the one service that writes to it; empty for the schema topic, which every
/// producer writes to
/// @param partitions never changes within a version of the topic
/// @param compacted holds the latest record per key instead of history
public record Topic(String name, String owner, int partitions, boolean compacted) {
    public Topic {
        if (!name.matches("orchflow\\.[a-z]+(\\.[a-z]+)*\\.v[1-9][0-9]*")) {
            throw new IllegalArgumentException("topic name " + name);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions of " + name + ": " + partitions);
        }
    }

    /// Where records go that a consumer of this topic could not take.
    public String deadLetters() {
        return name + ".dlq";
    }

    /// The partition of an aggregate: stable over processes, releases and machines (FNV-1a
    /// over UTF-8).
    public int partitionOf(String key) {
        int hash = 0x811c9dc5;
        for (byte b : key.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return Math.floorMod(hash, partitions);
    }
}
