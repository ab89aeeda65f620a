package io.orchflow.agent.pane;

import com.google.protobuf.ByteString;

/// What a pane shows just before the output byte `seq`.
///
/// @param repaint draws it on any terminal
record Picture(long seq, Size size, ByteString repaint) {}
