package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.lab.mx.Extension;
import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.MailHost;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.queue.QueueView;
import dev.tarry.server.Plan;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the server makes of hosts whose TLS or log-in is broken, by what its connector demands.
final class TlsFaultsTest {
    private static final String REQUIRED = "451 5.7.3 STARTTLS is required to send mail";
    private static final String CERTIFICATE = "454 4.7.5 Certificate validation failure, Reason:";
    private static final String DEMAND_CHAIN = "requireTLS=true tlsAuthLevel=CertificateValidation";
    private static final String DEMAND_NAME = "requireTLS=true tlsAuthLevel=DomainValidation";

    private final List<TrackingEvent> tracked = new ArrayList<>();

    private static Plan plan(String... ofConnector) throws Exception {
        return Plan.of(
                Settings.load(
                        Optional.empty(),
                        Map.of(),
                        Stream.of(ofConnector)
                                .map(set -> "sendConnectors[Internet]." + set)
                                .toList()),
                ZoneOffset.UTC);
    }

    private static List<QueueView> waiting(Simulation simulation) {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view -> view.messageCount() > 0 || view.connections() > 0)
                .toList();
    }

    private static List<JournaledSession> sessions(Simulation simulation) {
        return simulation.lab().sessions(SessionSearch.newest(1_000));
    }

    private static int received(Simulation simulation) {
        return simulation.lab().mail("b@fabrikam.com", "*", 100).size();
    }

    private static void send(Simulation simulation) {
        simulation.send("a@company.com", List.of("b@fabrikam.com"), SimulationTest.TEXT, _ -> {});
        simulation.pass(Duration.ofMinutes(30));
    }

    /// @param outcome `secured` or `clear`: it arrives, so; else how LastError ends while it waits
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IF_OFFERED | | secured",
                "IF_OFFERED | tls strip | clear",
                "IF_OFFERED | tls refuse code=454 text=no | clear",
                "IF_OFFERED | tls refuse code=554 text=no | clear",
                "IF_OFFERED | tls stall | clear",
                "IF_OFFERED | tls close | clear",
                "IF_OFFERED | tls garbage | clear",
                "IF_OFFERED | smtp delay stage=starttls by=20s | secured",
                "IF_OFFERED | smtp drip stage=starttls by=1s | secured",
                "IF_OFFERED | tls certificate kind=expired | secured",
                "IF_OFFERED | tls certificate kind=notyet | secured",
                "IF_OFFERED | tls certificate kind=selfsigned | secured",
                "IF_OFFERED | tls certificate kind=wrongname | secured",
                "IF_OFFERED | tls certificate kind=unknownca | secured",
                "ignoreSTARTTLS=true | | clear",
                "ignoreSTARTTLS=true | tls garbage | clear",
                "requireTLS=true | | secured",
                "requireTLS=true | smtp delay stage=starttls by=20s | secured",
                "requireTLS=true | tls strip | REQUIRED",
                "requireTLS=true | tls refuse code=454 text=no | REQUIRED -> 454 no",
                "requireTLS=true | tls refuse code=554 text=no | REQUIRED -> 554 no",
                "requireTLS=true | tls stall | REQUIRED -> TLS negotiation failed: the host did not end the handshake in time",
                "requireTLS=true | tls close | REQUIRED -> TLS negotiation failed: the host hung up in the handshake",
                "requireTLS=true | tls garbage | REQUIRED -> TLS negotiation failed: the host sent something that is no TLS",
                "requireTLS=true | tls certificate kind=expired | secured",
                "requireTLS=true tlsAuthLevel=EncryptionOnly | tls certificate kind=selfsigned | secured",
                "CHAIN | | secured",
                "CHAIN | tls strip | REQUIRED",
                "CHAIN | tls certificate kind=expired | CERTIFICATECertificateExpired -> not valid after ",
                "CHAIN | tls certificate kind=notyet | CERTIFICATECertificateNotYetValid -> not valid before ",
                "CHAIN | tls certificate kind=selfsigned | CERTIFICATESelfSigned -> signed by itself: ",
                "CHAIN | tls certificate kind=wrongname | secured",
                "CHAIN | tls certificate kind=unknownca | CERTIFICATEUntrustedRoot -> nobody trusted vouches for ",
                "NAME tlsDomain=mail.fabrikam.com | | secured",
                "NAME tlsDomain=*.fabrikam.com | | secured",
                "NAME tlsDomain=*.fabrikam.com | tls certificate kind=expired | CERTIFICATECertificateExpired",
                "NAME tlsDomain=*.fabrikam.com | tls certificate kind=wrongname | CERTIFICATESubjectMismatch",
                "NAME tlsDomain=gmail.com | | CERTIFICATESubjectMismatch -> it is for mail.fabrikam.com, not for gmail.com",
                "NAME | | CERTIFICATESubjectMismatch -> it is for mail.fabrikam.com, not for fabrikam.com",
                "domainSecureEnabled=true | | CERTIFICATESubjectMismatch",
                "domainSecureEnabled=true | tls strip | REQUIRED",
            })
    void mail_leaves_as_its_connector_demands_or_waits(String demand, String fault, String outcome) throws Exception {
        String[] settings = demand.replace("CHAIN", DEMAND_CHAIN)
                .replace("NAME", DEMAND_NAME)
                .replace("IF_OFFERED", "requireTLS=false")
                .split(" ");
        try (Simulation simulation = new Simulation("tls " + demand + fault, 1, plan(settings), tracked::add)) {
            if (fault != null) {
                simulation.lab().addFault(fault);
            }
            send(simulation);
            if (outcome.equals("secured") || outcome.equals("clear")) {
                assertEquals(List.of(), waiting(simulation), tracked::toString);
                assertEquals(1, received(simulation));
                assertEquals(
                        outcome.equals("secured") ? 1 : 0,
                        sessions(simulation).stream()
                                .filter(session -> session.tlsVersion().equals("TLSv1.3"))
                                .count());
                assertFalse(tracked.toString().contains("DEFER"), tracked::toString);
            } else {
                String expected = outcome.replace("REQUIRED", REQUIRED).replace("CERTIFICATE", CERTIFICATE);
                assertEquals(0, received(simulation));
                String said = waiting(simulation).getFirst().lastError().toString();
                assertTrue(said.contains(expected), () -> said);
                assertTrue(
                        sessions(simulation).stream()
                                .allMatch(session -> session.senders().isEmpty()),
                        "no mail was begun");
                simulation.lab().clearFaults();
                simulation.apply(plan("requireTLS=true"));
                simulation.pass(Duration.ofHours(2));
                assertEquals(1, received(simulation));
                assertEquals(0, simulation.store().items("a@company.com").size(), "nobody was told of a failure");
            }
            simulation.pass(Duration.ofMinutes(2));
            assertTrue(
                    sessions(simulation).stream()
                            .allMatch(session -> session.closed().isPresent()),
                    "a connection is left behind");
        }
    }

    @Test
    void a_certificate_is_judged_at_lab_time() throws Exception {
        try (Simulation simulation = new Simulation(
                "tls expiring", 1, plan("requireTLS=true", "tlsAuthLevel=CertificateValidation"), tracked::add)) {
            simulation.lab().addFault("tls certificate kind=notyet");
            send(simulation);
            String early = waiting(simulation).getFirst().lastError().toString();
            assertTrue(early.contains("CertificateNotYetValid"), () -> early);

            simulation.pass(Duration.ofDays(1));
            assertEquals(0, received(simulation));
            simulation.lab().clearFaults();
            simulation.pass(Duration.ofMinutes(20));
            assertEquals(1, received(simulation));
        }
    }

    @Test
    void a_host_that_cannot_do_tls_is_not_asked_for_each_message_but_again_after_an_hour() throws Exception {
        try (Simulation simulation = new Simulation("tls remembered", 1, plan(), tracked::add)) {
            simulation.lab().addFault("tls garbage");
            for (int i = 0; i < 3; i++) {
                simulation.send("a@company.com", List.of("b@fabrikam.com"), SimulationTest.TEXT, _ -> {});
                simulation.pass(Duration.ofMinutes(5));
            }
            assertEquals(3, received(simulation));
            assertEquals(4, sessions(simulation).size(), "one for TLS that came to nothing, and three in the clear");

            simulation.lab().clearFaults();
            simulation.pass(Duration.ofHours(1));
            send(simulation);
            assertEquals(4, received(simulation));
            assertEquals(
                    1,
                    sessions(simulation).stream()
                            .filter(session -> session.tlsVersion().equals("TLSv1.3"))
                            .count());
        }
    }

    // --- log-in

    private static MailHost smartHost(List<String> mechanisms, boolean tls) {
        EnumSet<Extension> extensions = EnumSet.of(Extension.PIPELINING);
        if (tls) {
            extensions.add(Extension.STARTTLS);
        }
        LinkedHashMap<String, String> users = new LinkedHashMap<>();
        users.put("relay@company.com", "s3cret");
        return new MailHost(
                "their-known-mailserver.com",
                List.of(),
                Optional.empty(),
                true,
                extensions,
                mechanisms,
                users,
                List.of(),
                CertificateKind.GOOD,
                false,
                !mechanisms.isEmpty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    /// @param outcome `sent`, or how LastError ends while it waits
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BasicAuth | LOGIN | false | s3cret | sent",
                "BasicAuth | PLAIN | false | s3cret | sent",
                "BasicAuth | PLAIN LOGIN | true | s3cret | sent",
                "BasicAuthRequireTLS | LOGIN | true | s3cret | sent",
                "BasicAuthRequireTLS | LOGIN | false | s3cret | 451 5.7.3 STARTTLS is required to send mail",
                "XOAuth2 | XOAUTH2 | true | s3cret | sent",
                "XOAuth2 | XOAUTH2 | false | s3cret | 451 5.7.3 STARTTLS is required to send mail",
                "XOAuth2 | XOAUTH2 | true | wrong | -> 535 Authentication credentials invalid",
                "XOAuth2 | LOGIN | true | s3cret | 454 4.7.0 Temporary authentication failure -> of AUTH the host does not offer XOAUTH2",
                "BasicAuth | LOGIN | true | wrong | 451 4.4.395 Target host responded with error. -> 535 Authentication credentials invalid",
                "BasicAuth | XOAUTH2 | true | s3cret | 454 4.7.0 Temporary authentication failure -> of AUTH the host does not offer LOGIN or PLAIN",
                "BasicAuth | | true | s3cret | 454 4.7.0 Temporary authentication failure -> the host offers no AUTH, where LOGIN or PLAIN is needed",
                "ExchangeServer | LOGIN | true | | 451 5.7.3 Cannot achieve Exchange Server authentication",
            })
    void a_smart_host_lets_us_in_or_the_mail_waits(
            String mechanism, String offered, boolean tls, String secret, String outcome) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "dnsRoutingEnabled=false",
                "smartHosts=their-known-mailserver.com",
                "smartHostAuthMechanism=" + mechanism));
        if (secret != null) {
            settings.add("authenticationUser=relay@company.com");
            settings.add("authenticationSecret=" + secret);
        }
        try (Simulation simulation = new Simulation(
                "login " + mechanism + offered + tls + secret,
                1,
                plan(settings.toArray(String[]::new)),
                tracked::add)) {
            simulation.lab().putHost(smartHost(offered == null ? List.of() : List.of(offered.split(" ")), tls));
            send(simulation);
            if (outcome.equals("sent")) {
                assertEquals(1, received(simulation), tracked::toString);
                JournaledSession session = sessions(simulation).getFirst();
                assertEquals("relay@company.com", session.user());
                assertEquals(tls ? "TLSv1.3" : "", session.tlsVersion());
            } else {
                String said = waiting(simulation).getFirst().lastError().toString();
                assertTrue(said.contains(outcome), () -> said);
                assertEquals(0, received(simulation));
                simulation.pass(Duration.ofHours(4));
                assertEquals(
                        0,
                        simulation.store().items("a@company.com").stream()
                                .filter(item -> item.toString().contains("Undeliverable"))
                                .count());
                assertEquals(1, waiting(simulation).size(), "it goes on waiting");
            }
            assertFalse(tracked.toString().contains("s3cret"), tracked::toString);
        }
    }
}
