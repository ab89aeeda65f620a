package io.orchflow.agent.it;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for one test, and the certificates it gives out, as PEM files.
final class Certificates {

    private static final X500Name AUTHORITY = new X500Name("CN=test authority");

    private final Path folder;
    private final KeyPair authority = keys();

    Certificates(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        JcaX509v3CertificateBuilder builder = builder(AUTHORITY, authority);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        sign("ca", builder);
    }

    /// Writes `<name>.crt` and `<name>.key` of a service.
    void issueService(String name) throws IOException {
        issue(name, uri("orchflow://service/" + name));
    }

    /// Writes `agent.crt` and `agent.key`.
    void issueAgent(String workspaceId, String teamId) throws IOException {
        issue(
                "agent",
                uri("orchflow://workspace/" + workspaceId + "/team/" + teamId),
                new GeneralName(GeneralName.dNSName, workspaceId + ".ws.orchflow"));
    }

    private void issue(String name, GeneralName... names) throws IOException {
        KeyPair keys = keys();
        JcaX509v3CertificateBuilder builder = builder(new X500Name("CN=" + name), keys);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        sign(name, builder);
        write(name + ".key", new JcaPKCS8Generator(keys.getPrivate(), null).generate());
    }

    private static GeneralName uri(String uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
    }

    private static JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
    }

    private void sign(String name, JcaX509v3CertificateBuilder builder) throws IOException {
        try {
            var signer =
                    new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
            write(name + ".crt", builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new IOException(e);
        }
    }

    private void write(String name, Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
        }
        Files.writeString(folder.resolve(name), text.toString());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
