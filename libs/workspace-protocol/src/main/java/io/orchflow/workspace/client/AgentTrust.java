package io.orchflow.workspace.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts a certificate of the installation's authority that names the expected workspace, and
/// remembers the team it names.
final class AgentTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authority;
    private final String workspaceId;
    private final CompletableFuture<String> teamId = new CompletableFuture<>();

    AgentTrust(X509ExtendedTrustManager authority, String workspaceId) {
        this.authority = authority;
        this.workspaceId = workspaceId;
    }

    /// Completed at the first handshake.
    CompletableFuture<String> teamId() {
        return teamId;
    }

    private void checkName(X509Certificate[] chain) throws CertificateException {
        AgentCertificate named = AgentCertificate.of(chain[0]);
        if (!named.workspaceId().equals(workspaceId)) {
            throw new CertificateException(
                    "the agent of workspace %s answered instead of %s"
                            .formatted(named.workspaceId(), workspaceId));
        }
        teamId.complete(named.teamId());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authority.checkServerTrusted(chain, authType, engine);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authority.checkServerTrusted(chain, authType, socket);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        authority.checkServerTrusted(chain, authType);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("this side is never a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority.getAcceptedIssuers();
    }
}
