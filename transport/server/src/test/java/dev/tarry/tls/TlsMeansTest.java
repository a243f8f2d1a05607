package dev.tarry.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.routing.SendTls;
import dev.tarry.stage.TestCertificates;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsMeansTest {
    private static final String OURS = "<I>CN=mail<S>CN=mail";

    private static SendTls showing(boolean domainSecure, String name) {
        return new SendTls(
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                domainSecure,
                Optional.of(name).filter(n -> !n.isEmpty()));
    }

    @Test
    void without_a_certificate_all_that_are_wanted_are_missing() {
        assertEquals(Optional.empty(), TlsMeans.NONE.missing(showing(false, "")));
        assertEquals(
                Optional.of("there is no certificate for Domain Security: smtpSend.tls.certificate names none"),
                TlsMeans.NONE.missing(showing(true, "")));
        assertEquals(
                Optional.of("no certificate is called <I>a<S>b: smtpSend.tls.certificate names none"),
                TlsMeans.NONE.missing(showing(false, "<I>a<S>b")));
    }

    @Test
    void the_one_there_is_answers_to_its_name_and_to_domain_security_and_to_no_other_name(@TempDir Path folder)
            throws Exception {
        TestCertificates.Made made = new TestCertificates(folder).make("mail", "CN=mail", "");
        TlsMeans means = new TlsMeans(TrustSource.NOBODY, Optional.of(new OwnCertificate(made.key(), made.chain())));
        assertEquals(Optional.empty(), means.missing(showing(false, OURS)));
        assertEquals(Optional.empty(), means.missing(showing(true, "")));
        assertEquals(Optional.empty(), means.missing(showing(false, "")));
        assertEquals(
                Optional.of(
                        "no certificate is called <I>CN=mail<S>CN=other: the one there is, smtpSend.tls.certificate, is"
                                + " called " + OURS),
                means.missing(showing(true, "<I>CN=mail<S>CN=other")));
    }
}
