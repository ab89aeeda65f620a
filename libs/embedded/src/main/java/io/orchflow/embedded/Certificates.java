package io.orchflow.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// The certificates of one installation: an authority, and a client certificate per service that
/// names it (`URI:orchflow://service/<name>`). PEM, keys PKCS #8, ECDSA P-256, mode 0600.
public final class Certificates {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVICE_LIFE = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final String AUTHORITY_NAME = "CN=orchflow authority";

    private final Path folder;
    private final Path authority;
    private final KeyPair authorityKey;
    private final X509Certificate authorityCertificate;

    private Certificates(
            Path folder,
            Path authority,
            KeyPair authorityKey,
            X509Certificate authorityCertificate) {
        this.folder = folder;
        this.authority = authority;
        this.authorityKey = authorityKey;
        this.authorityCertificate = authorityCertificate;
    }

    /// Makes what is missing: `ca.crt` and a `<service>.crt` and `<service>.key` each in
    /// `folder/<service>`; `ca.crt` and `ca.key` in `folder/agent-ca`. Service certificates are
    /// renewed 30 days before they end.
    public static Certificates in(Path folder, List<String> services) {
        Path authority = folder.resolve("agent-ca");
        Secrets.makePrivateFolder(folder);
        Secrets.makePrivateFolder(authority);
        try {
            var certificates = open(folder, authority);
            for (String service : services) {
                certificates.issue(service);
            }
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep certificates in " + folder, e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make certificates in " + folder, e);
        }
    }

    /// The folder to hand to one service, with its own key and no other's.
    public Path serviceFolder(String service) {
        return folder.resolve(service);
    }

    /// The folder with the key that signs workspace agents' certificates.
    public Path agentAuthorityFolder() {
        return authority;
    }

    private static Certificates open(Path folder, Path authority)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Path key = authority.resolve("ca.key");
        Path certificate = authority.resolve("ca.crt");
        if (!Files.exists(key) || !Files.exists(certificate)) {
            KeyPair pair = freshKey();
            write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(certificate, "CERTIFICATE", selfSigned(pair).getEncoded());
        }
        X509Certificate read = readCertificate(certificate);
        PrivateKey privateKey =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(readPem(key)));
        return new Certificates(
                folder, authority, new KeyPair(read.getPublicKey(), privateKey), read);
    }

    private void issue(String service)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Path home = serviceFolder(service);
        Secrets.makePrivateFolder(home);
        write(home.resolve("ca.crt"), "CERTIFICATE", authorityCertificate.getEncoded());
        Path certificate = home.resolve(service + ".crt");
        if (Files.exists(certificate) && stillGood(readCertificate(certificate))) {
            return;
        }
        KeyPair pair = freshKey();
        var builder = builder(new X500Principal("CN=" + service), pair, SERVICE_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier,
                                "orchflow://service/" + service)));
        write(home.resolve(service + ".key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(certificate, "CERTIFICATE", signed(builder, authorityKey).getEncoded());
    }

    private boolean stillGood(X509Certificate certificate) throws GeneralSecurityException {
        try {
            certificate.verify(authorityKey.getPublic());
        } catch (GeneralSecurityException e) {
            return false;
        }
        return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE));
    }

    private static X509Certificate selfSigned(KeyPair pair)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var builder = builder(new X500Principal(AUTHORITY_NAME), pair, AUTHORITY_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return signed(builder, pair);
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal subject, KeyPair pair, Duration life) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                new X500Principal(AUTHORITY_NAME),
                new BigInteger(120, new SecureRandom()).setBit(119),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(life)),
                subject,
                pair.getPublic());
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws CertificateException, OperatorCreationException {
        var contentSigner =
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
    }

    private static KeyPair freshKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate readCertificate(Path file)
            throws IOException, CertificateException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static byte[] readPem(Path file) throws IOException {
        try (var reader = new PemReader(Files.newBufferedReader(file))) {
            PemObject object = reader.readPemObject();
            if (object == null) {
                throw new IOException("no PEM object in " + file);
            }
            return object.getContent();
        }
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        Secrets.writePrivate(file, text.toString());
    }
}
