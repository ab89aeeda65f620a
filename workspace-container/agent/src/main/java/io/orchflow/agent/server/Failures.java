package io.orchflow.agent.server;

import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchflow.agent.tmux.TmuxException;
import org.jboss.logging.Logger;

/// Turns what a method throws into its status: a [StatusRuntimeException] as it is, no tmux into
/// UNAVAILABLE, anything else into INTERNAL, logged.
final class Failures implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(listener) {

            @Override
            public void onMessage(Q message) {
                guard(() -> super.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                guard(super::onHalfClose);
            }

            private void guard(Runnable step) {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    fail(call, e);
                    delegate().onCancel();
                }
            }
        };
    }

    private static void fail(ServerCall<?, ?> call, RuntimeException e) {
        Status status = status(e, call.getMethodDescriptor().getFullMethodName());
        try {
            call.close(status, new Metadata());
        } catch (IllegalStateException closed) {
            LOG.debugf("the call was over already: %s", closed.getMessage());
        }
    }

    private static Status status(RuntimeException e, String method) {
        if (e instanceof StatusRuntimeException known) {
            return known.getStatus();
        }
        if (e instanceof TmuxException tmux && tmux.isGone()) {
            return Status.UNAVAILABLE.withDescription(tmux.getMessage());
        }
        LOG.errorf(e, "call failed, method=%s", method);
        return Status.INTERNAL.withDescription("see the workspace agent's log");
    }
}
