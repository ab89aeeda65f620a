package io.orchflow.agent.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lets a call through when the caller's certificate names a service that may make it.
final class CallerCheck implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(CallerCheck.class);
    private static final String SERVICE = "orchflow://service/";
    private static final int SAN_URI = 6;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String service = service(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        String method = call.getMethodDescriptor().getFullMethodName();
        if (service == null) {
            return refuse(call, Status.UNAUTHENTICATED, "the certificate names no service");
        }
        if (!AccessTable.allows(service, method)) {
            LOG.warnf("call refused, service=%s method=%s", service, method);
            return refuse(call, Status.PERMISSION_DENIED, service + " may not call " + method);
        }
        Object connection = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        Context context =
                Context.current()
                        .withValue(Caller.SERVICE, service)
                        .withValue(Caller.CONNECTION, String.valueOf(connection));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(
            ServerCall<Q, A> call, Status status, String why) {
        call.close(status.withDescription(why), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static @Nullable String service(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return null;
            }
            return names.stream()
                    .filter(name -> Integer.valueOf(SAN_URI).equals(name.get(0)))
                    .map(name -> String.valueOf(name.get(1)))
                    .filter(uri -> uri.startsWith(SERVICE))
                    .map(uri -> uri.substring(SERVICE.length()))
                    .findFirst()
                    .orElse(null);
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            LOG.debugf("a caller's certificate cannot be read: %s", e.getMessage());
            return null;
        }
    }
}
