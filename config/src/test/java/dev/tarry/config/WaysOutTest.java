package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Send connectors, accepted and remote domains as they are written down.
final class WaysOutTest {
    private static final String SECRET = "hunter2, {or} \"so\"";

    private static Settings load(String... sets) throws ConfigException {
        return Settings.load(Optional.empty(), Map.of(), List.of(sets));
    }

    /// Of the built-in connector.
    private static String[] connector(String rows) {
        return Arrays.stream(rows.split(" "))
                .map(row -> "sendConnectors[Internet]." + row)
                .toArray(String[]::new);
    }

    private static List<String> faults(String... sets) {
        return assertThrows(ConfigException.class, () -> load(sets)).faults().stream()
                .map(fault -> fault.key().substring(fault.key().indexOf('.') + 1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tlsAuthLevel=EncryptionOnly                                            | tlsAuthLevel",
                "tlsAuthLevel=EncryptionOnly ignoreSTARTTLS=true                        | tlsAuthLevel",
                "requireTLS=true ignoreSTARTTLS=true                                    | requireTLS",
                "tlsDomain=contoso.com                                                  | tlsDomain",
                "requireTLS=true tlsAuthLevel=CertificateValidation tlsDomain=a.com     | tlsDomain",
                "requireTLS=true tlsAuthLevel=DomainValidation dnsRoutingEnabled=false smartHosts=a.com | tlsDomain",
                "domainSecureEnabled=true ignoreSTARTTLS=true                           | domainSecureEnabled",
                "domainSecureEnabled=true dnsRoutingEnabled=false smartHosts=a.com      | domainSecureEnabled",
                "smartHostAuthMechanism=BasicAuth                                       | authenticationUser",
                "smartHostAuthMechanism=BasicAuthRequireTLS authenticationUser=u        | authenticationSecret",
                "smartHostAuthMechanism=XOAuth2 authenticationSecret=t                  | authenticationUser",
                "addressSpaces=X400:c=us                                                | addressSpaces",
            })
    void what_exchange_does_not_combine_is_refused(String rows, String at) {
        assertEquals(List.of(at), faults(connector(rows)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requireTLS=true tlsAuthLevel=EncryptionOnly",
                "requireTLS=true tlsAuthLevel=DomainValidation",
                "requireTLS=true tlsAuthLevel=DomainValidation tlsDomain=*.contoso.com",
                "domainSecureEnabled=true",
                "smartHostAuthMechanism=ExchangeServer",
                "smartHostAuthMechanism=BasicAuth authenticationUser=u authenticationSecret=s",
                "addressSpaces=FAX:*;3,x.com dnsRoutingEnabled=false smartHosts=a.com",
                "sourceIPAddress=2001:db8::1 protocolLoggingLevel=verbose isScopedConnector=true",
            })
    void what_exchange_combines_is_taken(String rows) throws ConfigException {
        assertEquals(
                "Internet", load(connector(rows)).sendConnectors().getFirst().name());
    }

    @ParameterizedTest
    @CsvSource({
        "contoso.com, SMTP:contoso.com;1",
        "*, SMTP:*;1",
        "smtp:*.Contoso.COM;7, SMTP:*.contoso.com;7",
        "*.bücher.example, SMTP:*.xn--bcher-kva.example;1",
        "x400:c=US;a= ;p=contoso;5, X400:c=US;a= ;p=contoso;5",
        "FAX:+31*;2, FAX:+31*;2"
    })
    void an_address_space_has_one_full_form(String written, String printed) {
        Kind<String> kind = DomainKinds.ADDRESS_SPACE;
        assertEquals(printed, kind.print().apply(kind.parse().apply(written)));
        assertEquals(printed, kind.print().apply(kind.parse().apply(printed)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--", "SMTP:--", "*contoso.com", "a..b", "", "FAX:", "a.com;0", "a.com;101", "a.com;x", "a b"})
    void what_is_no_address_space_is_refused(String text) {
        assertThrows(
                IllegalArgumentException.class,
                () -> DomainKinds.ADDRESS_SPACE.parse().apply(text));
    }

    @Test
    void a_secret_is_in_no_text_about_the_settings(@TempDir Path folder) throws Exception {
        SettingsBook book = SettingsBook.open(
                new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder), false));
        book.changeList(
                "sendConnectors",
                (_, all) -> all.getFirst()
                        .putAll(Map.of(
                                "smartHostAuthMechanism", "BasicAuth",
                                "authenticationUser", "relay",
                                "authenticationSecret", SECRET)));
        Settings now = book.now();
        assertEquals(
                Optional.of(SECRET), now.sendConnectors().getFirst().login().secret());
        assertFalse(now.sendConnectors().toString().contains("hunter2"), now.sendConnectors()::toString);
        assertFalse(now.explained().toString().contains("hunter2"));
        book.changes().forEach((key, text) -> {
            String shown = SettingsBook.withoutSecrets(key, text);
            assertFalse(shown.contains("hunter2"), shown);
            assertTrue(shown.contains("relay") && shown.contains(Setting.HIDDEN), shown);
        });
        Settings again = SettingsBook.open(
                        new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder), false))
                .now();
        assertEquals(now.sendConnectors(), again.sendConnectors());
    }

    @Test
    void one_value_of_an_element_is_hidden_too_and_what_stands_for_a_secret_is_none() {
        for (String key :
                List.of("sendConnectors[Internet].authenticationSecret", "sendConnectors.0.authenticationSecret")) {
            assertEquals(Setting.HIDDEN, SettingsBook.withoutSecrets(key, "x"));
        }
        assertEquals("x", SettingsBook.withoutSecrets("sendConnectors[Internet].comment", "x"));
        assertEquals(
                List.of("authenticationSecret"),
                faults(Stream.concat(
                                Arrays.stream(connector("smartHostAuthMechanism=BasicAuth authenticationUser=u")),
                                Stream.of("sendConnectors[Internet].authenticationSecret=" + Setting.HIDDEN))
                        .toArray(String[]::new)));
    }

    @Test
    void a_domain_is_accepted_with_its_subdomains_by_an_asterisk_and_beside_itself() throws ConfigException {
        List<AcceptedDomainSettings> domains =
                load("acceptedDomains=[{domainName: a.com, default: true}, {domainName: '*.a.com', domainType: ExternalRelay},"
                                + " {domainName: bücher.example}]")
                        .acceptedDomains();
        assertEquals(
                List.of("a.com false", "a.com true", "xn--bcher-kva.example false"),
                domains.stream()
                        .map(d -> d.domainName() + " " + d.matchSubDomains())
                        .toList());
        assertThrows(
                ConfigException.class,
                () -> load(
                        "acceptedDomains=[{domainName: bücher.example, default: true}, {domainName: xn--bcher-kva.example}]"));
    }

    @Test
    void there_is_a_remote_domain_for_all_and_each_domain_has_one_at_most() throws ConfigException {
        assertEquals(List.of(new RemoteDomainSettings("Default", "*", false, true, true)), load().remoteDomains());
        assertEquals(
                List.of("domainName"),
                faults("remoteDomains=[{name: a, domainName: x.com}, {name: b, domainName: X.com}]"));
        assertEquals(
                List.of("name"), faults("remoteDomains=[{name: a, domainName: x.com}, {name: A, domainName: y.com}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.7.1                    | 550 5.7.1 Unable to relay                 | true",
                "550 5.7.1                    | 550 5.7.1                                 | true",
                "550 5.7.1                    | 550 5.7.10 Something else                 | false",
                "550 5.7.1                    | 550 5.1.1 User unknown                    | false",
                "550 5.7.1                    | 450 5.7.1 Not now                         | false",
                "535 5.7.3 Authentication     | 535 5.7.3 AUTHENTICATION unsuccessful     | true",
                "535 5.7.3 Authentication     | 535 5.7.3 Bad                             | false",
                "421 4.7.1*permanently        | 421 4.7.1 [TS03] will be permanently x    | true",
                "421 4.7.1*permanently        | 421 4.7.1 [TS03] will be deferred         | false",
                "421 4.7.1*a*b                | 421 4.7.1 b and a                         | false",
                "550 5.1.1*                   | 550 5.1.1                                 | true",
            })
    void a_pattern_means_its_codes_and_the_beginning_of_the_words(String pattern, String reply, boolean meant) {
        assertEquals(meant, new ReplyPattern(pattern).matches(reply));
    }

    @Test
    void the_lists_of_exchange_are_there_and_can_be_replaced() throws ConfigException {
        CustomFailures shipped = load().customFailures();
        assertTrue(shipped.downgrades("550 5.7.1 Unable to relay"));
        assertTrue(shipped.downgrades("550 5.7.7 Access Denied, bad EHLO"));
        assertFalse(shipped.downgrades("550 5.1.1 User unknown"));
        assertTrue(
                shipped.upgrades(
                        "421 4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred; Retrying will NOT succeed."));
        assertFalse(shipped.upgrades("421 4.7.0 Try again"));
        assertFalse(load("customFailures.downgraded={}").customFailures().downgrades("550 5.7.1 Unable to relay"));
        assertThrows(ConfigException.class, () -> load("customFailures.upgraded=250 2.0.0 ok"));
    }
}
