/// Panes: their output rings, viewers, leases and lives. One pane is one tmux window with one
/// program below a leader of ours.
///
/// **Bytes.** tmux's control stream is read by one thread that only drains: decoder, ring, modes,
/// then the viewers that are nearly up to date; those with more to catch up are served by virtual
/// threads. A viewer is a cursor; where the ring has moved past it, it gets a [Picture] taken at a
/// known place of the stream.
///
/// **Numbers.** Each byte of output has one. They are reserved durably in ranges, so that after a
/// crash they jump forward and are never used twice.
///
/// **Life.** The record is written, the leader started, the opening put into the journal, and only
/// then is the program let through its gate. Its end, its exit code and the end of its output come
/// as one mark in the stream, behind the last byte.
///
/// **Not covered:** with tmux 3.3a a picture shows cells that were erased with a background colour
/// and never written to in the default colour: `capture-pane` leaves them out (3.4 does not).
@NullMarked
package io.orchflow.agent.pane;

import org.jspecify.annotations.NullMarked;
