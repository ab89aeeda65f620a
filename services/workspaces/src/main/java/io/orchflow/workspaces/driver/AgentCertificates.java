package io.orchflow.workspaces.driver;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// Issues the certificate by which a workspace's agent proves which workspace and team it serves:
/// SAN `URI:orchflow://workspace/<id>/team/<team>` and `DNS:<id>.ws.orchflow`, P-256, a year.
@ApplicationScoped
class AgentCertificates {

    private static final Duration VALID = Duration.ofDays(366);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final LocalDriverConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AgentCertificates(LocalDriverConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /// Writes `agent.key` (PKCS#8), `agent.crt` and `ca.crt` as PEM into the folder.
    ///
    /// @throws IOException the CA cannot be read, or the folder not written
    void issue(String workspaceId, String teamId, Path folder) throws IOException {
        try {
            var ca = caCertificate();
            var pair = keyPair();
            var certificate = sign(certificate(ca, pair, workspaceId, teamId));
            write(folder.resolve("ca.crt"), ca);
            write(folder.resolve("agent.crt"), certificate);
            write(
                    folder.resolve("agent.key"),
                    new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate for workspace " + workspaceId, e);
        }
    }

    private X509v3CertificateBuilder certificate(
            X509CertificateHolder ca, KeyPair pair, String workspaceId, String teamId)
            throws IOException {
        var now = clock.instant();
        var builder =
                new JcaX509v3CertificateBuilder(
                        ca.getSubject(),
                        new BigInteger(127, random),
                        Date.from(now.minus(CLOCK_SKEW)),
                        Date.from(now.plus(VALID)),
                        new X500Name("CN=workspace agent"),
                        pair.getPublic());
        var uri = "orchflow://workspace/" + workspaceId + "/team/" + teamId;
        var names =
                new GeneralName[] {
                    new GeneralName(GeneralName.uniformResourceIdentifier, uri),
                    new GeneralName(GeneralName.dNSName, workspaceId + ".ws.orchflow")
                };
        builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return builder;
    }

    private X509CertificateHolder sign(X509v3CertificateBuilder builder)
            throws IOException, OperatorCreationException {
        var key = caKey();
        var algorithm = key.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return builder.build(new JcaContentSignerBuilder(algorithm).build(key));
    }

    private X509CertificateHolder caCertificate() throws IOException {
        var file = config.tlsDir().resolve("ca.crt");
        if (parse(file) instanceof X509CertificateHolder certificate) {
            return certificate;
        }
        throw new IOException(file + " holds no certificate");
    }

    private PrivateKey caKey() throws IOException {
        var file = config.agentCaDir().resolve("ca.key");
        var converter = new JcaPEMKeyConverter();
        return switch (parse(file)) {
            case PrivateKeyInfo pkcs8 -> converter.getPrivateKey(pkcs8);
            case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
            case null, default -> throw new IOException(file + " holds no private key");
        };
    }

    private static Object parse(Path file) throws IOException {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            return parser.readObject();
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static void write(Path file, Object pem) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
