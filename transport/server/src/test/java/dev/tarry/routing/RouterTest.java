package dev.tarry.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.queue.DeliveryType;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
    private static final Router.MailboxDatabase MAILBOXES =
            new Router.MailboxDatabase("Mailbox Database 0471695037", new UUID(7, 7));

    private static SendConnector.Builder connector(String name) {
        return SendConnector.named(name, new UUID(1, name.hashCode()));
    }

    private static Router router(SendConnector... connectors) {
        return new Router(
                List.of(connectors),
                List.of(
                        AcceptedDomain.authoritative("company.com", true),
                        new AcceptedDomain("x", "*.relay.com", AcceptedDomain.Type.INTERNAL_RELAY, false, false),
                        new AcceptedDomain("y", "through.com", AcceptedDomain.Type.EXTERNAL_RELAY, false, false)),
                MAILBOXES,
                Set.of(InetAddress.ofLiteral("192.0.2.25")));
    }

    private static String taken(Route route) {
        return assertInstanceOf(Route.Deliver.class, route).connector().name();
    }

    @Test
    void a_star_connector_makes_one_queue_per_recipient_domain() {
        Router router = router(connector("Internet").build());
        Route.Deliver route = assertInstanceOf(Route.Deliver.class, router.nextHop("Gmail.COM", 100));
        assertEquals(DeliveryType.DNS_CONNECTOR_DELIVERY, route.key().deliveryType());
        assertEquals("gmail.com", route.key().nextHopDomain());
        assertEquals(route.connector().id(), route.key().connector());
    }

    @Test
    void a_smart_host_connector_has_one_queue_named_after_its_hosts() {
        Router router = router(connector("Smart")
                .smartHosts("172.17.17.7", "Relay.TailspinToys.com")
                .build());
        Route.Deliver route = assertInstanceOf(Route.Deliver.class, router.nextHop("gmail.com", 100));
        assertEquals(DeliveryType.SMART_HOST_CONNECTOR_DELIVERY, route.key().deliveryType());
        assertEquals("[172.17.17.7],relay.tailspintoys.com", route.key().nextHopDomain());
    }

    @ParameterizedTest
    @CsvSource({"marketing.contoso.com, exact", "x.contoso.com, wild", "contoso.com, wild", "gmail.com, star"})
    void the_most_specific_space_wins_whatever_it_costs(String domain, String expected) {
        Router router = router(
                connector("star").addressSpaces("*;1").build(),
                connector("wild").addressSpaces("*.contoso.com;50").build(),
                connector("exact").addressSpaces("marketing.contoso.com;100").build());
        assertEquals(expected, taken(router.nextHop(domain, 1)));
    }

    @Test
    void among_equal_spaces_cost_decides_and_then_the_name() {
        assertEquals(
                "b",
                taken(router(
                                connector("a").addressSpaces("*;10").build(),
                                connector("b").addressSpaces("*;9").build())
                        .nextHop("gmail.com", 1)));
        assertEquals(
                "Alpha",
                taken(router(connector("beta").build(), connector("Alpha").build())
                        .nextHop("gmail.com", 1)));
    }

    @Test
    void a_message_too_big_for_the_best_connector_takes_a_less_specific_one() {
        Router router = router(
                connector("star").maxMessageSize(0).build(),
                connector("exact")
                        .addressSpaces("gmail.com")
                        .maxMessageSize(1000)
                        .build());
        assertEquals("exact", taken(router.nextHop("gmail.com", 1000)));
        assertEquals("star", taken(router.nextHop("gmail.com", 1001)));
    }

    @Test
    void too_big_for_all_is_refused_and_matched_by_none_is_unreachable() {
        Router router = router(
                connector("small").addressSpaces("*.com").maxMessageSize(10).build());
        Route.Refused refused = assertInstanceOf(Route.Refused.class, router.nextHop("gmail.com", 11));
        assertTrue(refused.reply().permanentNegative());
        assertEquals("5.3.4", refused.reply().status().toString());
        assertEquals(
                new Route.Unreachable("A matching connector cannot be found to route the external recipient"),
                router.nextHop("example.org", 11));
        assertInstanceOf(Route.Unreachable.class, router().nextHop("gmail.com", 1));
    }

    @Test
    void a_disabled_connector_takes_nothing() {
        assertInstanceOf(
                Route.Unreachable.class,
                router(connector("off").enabled(false).build()).nextHop("gmail.com", 1));
    }

    @Test
    void accepted_domains_stay_here_except_those_that_pass_through() {
        Router router = router(connector("Internet").build());
        Route.Local local = assertInstanceOf(Route.Local.class, router.nextHop("Company.com", 1));
        assertEquals(DeliveryType.SMTP_DELIVERY_TO_MAILBOX, local.key().deliveryType());
        assertEquals("Mailbox Database 0471695037", local.key().nextHopDomain());
        assertEquals("Internet", taken(router.nextHop("sub.company.com", 1)));
        assertInstanceOf(Route.Local.class, router.nextHop("a.relay.com", 1));
        assertEquals("Internet", taken(router.beyond("a.relay.com", 1)));
        assertEquals("Internet", taken(router.nextHop("through.com", 1)));
    }

    @Test
    void an_address_literal_goes_to_that_host_unless_it_is_ours() {
        Router router = router(
                connector("Internet").build(),
                connector("c").addressSpaces("*.com").build());
        Route.Deliver out = assertInstanceOf(Route.Deliver.class, router.nextHop("[192.0.2.1]", 1));
        assertEquals("[192.0.2.1]", out.key().nextHopDomain());
        assertEquals("Internet", out.connector().name());
        Route.Local own = assertInstanceOf(Route.Local.class, router.nextHop("[192.0.2.25]", 1));
        assertEquals("company.com", own.domain().domain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0", "1.2.3.256", "", "a b", "a..b", "[gmail.com]", "1.2.3.04", "fe80::1%eth0"})
    void what_is_neither_name_nor_address_is_no_smart_host(String text) {
        assertThrows(IllegalArgumentException.class, () -> SmartHost.of(text));
    }

    @Test
    void smart_hosts_are_read_without_looking_anything_up() {
        assertEquals("[10.10.10.100]", SmartHost.of("[10.10.10.100]").toString());
        assertEquals(
                "[2001:db8:0:0:0:0:0:1]", SmartHost.of("[IPv6:2001:db8::1]").toString());
        assertEquals("smart.fabrikam.com", SmartHost.of("Smart.Fabrikam.com.").toString());
    }

    @Test
    void a_connector_that_cannot_work_is_refused_by_name() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> connector("Broken").port(65_536).build())
                .getMessage()
                .contains("\"Broken\""));
        assertThrows(
                IllegalArgumentException.class,
                () -> connector("x").addressSpaces().build());
        assertThrows(
                IllegalArgumentException.class, () -> connector("x").fqdn("a b").build());
    }

    private static Router of(List<SendConnector> connectors, AcceptedDomain... domains) {
        return new Router(connectors, List.of(domains), MAILBOXES, Set.of(), Set.of("mail", "mail.company.com"));
    }

    private static String verdicts(Router router, String recipient, long bytes) {
        Explanation why = router.explain(EmailAddress.of(recipient), bytes);
        assertEquals(router.nextHop(EmailAddress.of(recipient), bytes), why.route(), recipient);
        return why.connectors().stream()
                .map(choice -> choice.connector().name() + " " + choice.verdict())
                .collect(Collectors.joining(", "));
    }

    @Test
    void a_connector_of_other_servers_takes_nothing_here() {
        Router router = of(List.of(
                connector("Theirs")
                        .addressSpaces("gmail.com")
                        .sourceServers("other")
                        .build(),
                connector("Ours").sourceServers("other", "mail").scoped(true).build(),
                connector("By full name")
                        .addressSpaces("a.com")
                        .sourceServers("mail.company.com")
                        .build()));
        assertEquals("Ours", taken(router.nextHop("gmail.com", 1)));
        assertEquals("By full name", taken(router.nextHop("a.com", 1)));
        assertEquals("Theirs OUT_OF_SCOPE, Ours CHOSEN, By full name NO_MATCH", verdicts(router, "x@gmail.com", 1));
        assertInstanceOf(
                Route.Unreachable.class,
                of(List.of(connector("Theirs").sourceServers("other").build())).nextHop("gmail.com", 1));
    }

    @Test
    void every_connector_says_why_it_was_not_taken() {
        Router router = of(List.of(
                connector("Off").addressSpaces("x.gmail.com").enabled(false).build(),
                connector("Small")
                        .addressSpaces("x.gmail.com")
                        .maxMessageSize(10)
                        .build(),
                connector("Other").addressSpaces("yahoo.com").build(),
                connector("B").addressSpaces("*.gmail.com;5", "*").build(),
                connector("A").addressSpaces("*.gmail.com;5").build(),
                connector("Dear").addressSpaces("*.gmail.com;6").build(),
                connector("All").build()));
        assertEquals(
                "Off DISABLED, Small TOO_SMALL, Other NO_MATCH, B LATER_NAME, A CHOSEN, Dear HIGHER_COST, All LESS_SPECIFIC",
                verdicts(router, "u@x.gmail.com", 11));
        Explanation why = router.explain(EmailAddress.of("u@x.gmail.com"), 11);
        List<String> words = why.connectors().stream()
                .map(choice -> choice.words(11, why.chosen()))
                .toList();
        assertEquals("it is not enabled", words.get(0));
        assertEquals("the message has 11 bytes, and its MaxMessageSize is 10", words.get(1));
        assertEquals("its address space SMTP:*.gmail.com;6 costs more than SMTP:*.gmail.com;5 of \"A\"", words.get(5));
        assertEquals("its address space SMTP:*;1 is less specific than SMTP:*.gmail.com;5 of \"A\"", words.get(6));
        assertEquals(
                Set.of("SMTP:*.gmail.com;5"),
                Set.of(why.chosen().orElseThrow().space().orElseThrow().toString()));
        assertEquals(7, new HashSet<>(words).size());
    }

    @Test
    void what_all_find_too_large_is_refused_and_what_stays_here_asks_no_connector() {
        Router router = of(
                List.of(connector("Small").maxMessageSize(10).build()),
                AcceptedDomain.authoritative("company.com", true));
        assertEquals(new Route.Refused(Router.TOO_LARGE), router.nextHop("gmail.com", 11));
        assertEquals("Small TOO_SMALL", verdicts(router, "x@gmail.com", 11));
        assertEquals("", verdicts(router, "x@company.com", 11));
        assertEquals(
                "company.com",
                router.explain(EmailAddress.of("x@company.com"), 11)
                        .accepted()
                        .orElseThrow()
                        .domain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE."})
    void a_domain_of_another_script_is_the_same_in_both_forms(String domain) {
        for (String written : List.of("bücher.example", "xn--bcher-kva.example")) {
            Router router = of(List.of(connector("It").addressSpaces(written).build()));
            assertEquals("It", taken(router.nextHop(domain, 1)));
            assertEquals(
                    "xn--bcher-kva.example",
                    ((Route.Deliver) router.nextHop(domain, 1)).key().nextHopDomain());
            Router here = of(List.of(), AcceptedDomain.authoritative(written, true));
            assertInstanceOf(Route.Local.class, here.nextHop(domain, 1));
        }
    }

    @Test
    void a_domain_itself_counts_before_the_same_with_subdomains() {
        AcceptedDomain itself = AcceptedDomain.authoritative("a.com", true);
        AcceptedDomain below = new AcceptedDomain("b", "*.a.com", AcceptedDomain.Type.EXTERNAL_RELAY, false, false);
        for (Router router : List.of(of(List.of(), itself, below), of(List.of(), below, itself))) {
            assertEquals(itself, router.acceptedDomain("a.com").orElseThrow());
            assertEquals(below, router.acceptedDomain("x.a.com").orElseThrow());
            assertInstanceOf(Route.Unreachable.class, router.nextHop("x.a.com", 1));
        }
    }

    @Test
    void addresses_of_other_kinds_go_to_connectors_of_their_type_or_are_refused() {
        AcceptedDomain ours = AcceptedDomain.authoritative("company.com", true);
        SendConnector fax = connector("Fax")
                .addressSpaces("FAX:+31*;1", "MOBILE:*")
                .smartHosts("fax.company.com")
                .build();
        Router router = of(List.of(fax, connector("Internet").build()), ours);
        Route.Deliver way = assertInstanceOf(
                Route.Deliver.class, router.nextHop(EmailAddress.of("IMCEAFAX-+2B31+20555@company.com"), 1));
        assertEquals(fax, way.connector());
        assertEquals("fax.company.com", way.key().nextHopDomain());
        assertEquals(DeliveryType.SMART_HOST_CONNECTOR_DELIVERY, way.key().deliveryType());
        assertEquals("Fax CHOSEN, Internet NO_MATCH", verdicts(router, "imceamobile-1@company.com", 1));
        for (String nobodys : List.of("IMCEAFAX-+2B32@company.com", "IMCEAX400-c+3Dus@company.com")) {
            assertEquals(new Route.Refused(Router.NO_ADDRESS_TYPE), router.nextHop(EmailAddress.of(nobodys), 1));
        }
        assertEquals(
                new Route.Refused(Router.NOT_IN_DIRECTORY),
                router.nextHop(EmailAddress.of("IMCEAEX-_O+3DCompany_CN+3Dbob@company.com"), 1));
        assertEquals("Internet", taken(router.nextHop(EmailAddress.of("IMCEAFAX-1@gmail.com"), 1)));
        assertInstanceOf(Route.Local.class, router.nextHop(EmailAddress.of("imcea@company.com"), 1));
    }
}
