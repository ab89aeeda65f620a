package io.orchflow.workspace.client;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The identity in an agent's certificate: a subject alternative name of type URI,
/// `orchflow://workspace/<workspaceId>/team/<teamId>`.
record AgentCertificate(String workspaceId, String teamId) {
    private static final int URI = 6; // RFC 5280, GeneralName
    private static final Pattern NAME =
            Pattern.compile("orchflow://workspace/([0-9a-zA-Z-]+)/team/([0-9a-zA-Z-]+)");

    static AgentCertificate of(X509Certificate certificate) throws CertificateException {
        return names(certificate).stream()
                .flatMap(name -> parse(name).stream())
                .findFirst()
                .orElseThrow(() -> new CertificateException("the certificate names no workspace"));
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(n -> n.get(0).equals(URI))
                        .map(n -> (String) n.get(1))
                        .toList();
    }

    private static Optional<AgentCertificate> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new AgentCertificate(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }
}
