package io.orchflow.orchestration.worker;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.orchflow.orchestration.swarm.SwarmStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Kills a node at its n-th step: every use of the store and every request to or reply from the
/// agent counts as one, and from the n-th on nothing this node does has any effect.
final class Fuse {
    /// Ends a thread of the dead node; no production code catches it.
    static final class Dead extends Error {
        Dead() {
            super("the node is dead", null, false, false);
        }
    }

    private final AtomicInteger left;

    Fuse(int steps) {
        left = new AtomicInteger(steps);
    }

    boolean blown() {
        return left.get() <= 0;
    }

    private void step() {
        if (left.decrementAndGet() <= 0) {
            throw new Dead();
        }
    }

    SwarmStore in(SwarmStore store) {
        return (SwarmStore)
                Proxy.newProxyInstance(
                        SwarmStore.class.getClassLoader(),
                        new Class<?>[] {SwarmStore.class},
                        (_, method, arguments) -> {
                            step();
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    Channel in(Channel channel) {
        return ClientInterceptors.intercept(channel, new Cut());
    }

    private final class Cut implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(
                MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            step();
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> replies, Metadata headers) {
                    super.start(new Replies<>(replies), headers);
                }
            };
        }
    }

    private final class Replies<A> extends SimpleForwardingClientCallListener<A> {
        Replies(ClientCall.Listener<A> to) {
            super(to);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            var lost = left.decrementAndGet() <= 0;
            super.onClose(lost ? Status.UNAVAILABLE.withDescription("dead") : status, trailers);
        }
    }
}
