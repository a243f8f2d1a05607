package dev.tarry.app;

import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Route;
import dev.tarry.lab.Lab;
import java.security.cert.CertificateEncodingException;
import java.util.List;

/// `/lab/v1/ca.…`: the certificate of the lab's authority, for clients that are to trust the lab's world.
final class AuthorityRoutes {
    private static final String PEM = "application/pem-certificate-chain"; // RFC 8555 §9.1
    private static final String DER = "application/x-x509-ca-cert";

    private AuthorityRoutes() {}

    static List<Route> of(Lab lab) {
        return List.of(
                Route.get("/lab/v1/ca.pem", "The certificate of the lab's authority, for a client to trust.")
                        .givesType(PEM, "One certificate in PEM.")
                        .by(_ -> new Reply.Text(PEM, lab.authority().rootPem())),
                Route.get("/lab/v1/ca.der", "The same in DER.")
                        .givesType(DER, "One certificate in DER.")
                        .by(_ -> new Reply.Octets(DER, der(lab))),
                Route.get("/lab/v1/ca.crt", "The same in DER, under the name that browsers and Windows open.")
                        .givesType(DER, "One certificate in DER.")
                        .by(_ -> new Reply.Octets(DER, der(lab))));
    }

    private static byte[] der(Lab lab) {
        try {
            return lab.authority().root().getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate has no octets", impossible);
        }
    }
}
