package io.orchflow.auth.key;

import io.orchflow.access.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The public keys, for those who verify access tokens.
@Path("/internal/jwks")
public class KeyResource {

    private final KeyService keys;

    KeyResource(KeyService keys) {
        this.keys = keys;
    }

    @GET
    @Open("public keys are public")
    @Produces(MediaType.APPLICATION_JSON)
    public String jwks() {
        return keys.jwks();
    }
}
