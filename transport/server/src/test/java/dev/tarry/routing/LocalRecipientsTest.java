package dev.tarry.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalRecipientsTest {
    @ParameterizedTest
    @CsvSource({
        "bob, Bob@company.com, true",
        "bob, bobby@company.com, false",
        "bob, '\"bob\"@company.com', true",
        "bob, POSTMASTER@company.com, true",
        "sales-*, sales-@company.com, true",
        "sales-*, presales-x@company.com, false",
        "b?b, bob@company.com, true",
        "b?b, bb@company.com, false",
        "*a*b*c, xaybzc@company.com, true",
        "*a*b*c, xaybz@company.com, false",
        "*@eu.company.com, anna@EU.company.com, true",
        "*@eu.company.com, anna@company.com, false",
        "bob@company.com, bob@eu.company.com, false"
    })
    void are_known_by_local_part_or_address_with_signs_for_anything(String pattern, String address, boolean known) {
        assertEquals(known, new LocalRecipients(List.of(pattern)).know(EmailAddress.of(address)));
    }

    @Test
    void without_any_everybody_is_known() {
        assertTrue(LocalRecipients.ANY.know(EmailAddress.of("who@ever.example")));
    }

    @Test
    void a_pattern_of_many_stars_is_no_trap() {
        LocalRecipients nasty = new LocalRecipients(List.of("*a".repeat(30) + "b"));
        assertFalse(nasty.know(EmailAddress.of("a".repeat(64) + "@company.com")));
    }

    private static Router router(AcceptedDomain.Type type, boolean atOnce) {
        return new Router(
                List.of(SendConnector.named("Internet", UUID.nameUUIDFromBytes(new byte[1]))
                        .addressSpaces("*;1")
                        .build()),
                List.of(new AcceptedDomain("c", "company.com", type, false, true).knowing(atOnce, "bob")),
                new Router.MailboxDatabase("DB", UUID.nameUUIDFromBytes(new byte[2])),
                Set.of());
    }

    @Test
    void whom_an_authoritative_domain_does_not_know_does_not_exist() {
        Router router = router(AcceptedDomain.Type.AUTHORITATIVE, true);
        EmailAddress nobody = EmailAddress.of("nobody@company.com");
        assertInstanceOf(Route.Local.class, router.nextHop(EmailAddress.of("bob@company.com"), 1));
        assertEquals(new Route.Refused(Router.NOT_FOUND), router.nextHop(nobody, 1));
        assertEquals(router.nextHop(nobody, 1), router.explain(nobody, 1).route());
        assertTrue(router.knowsNot(nobody));
        assertFalse(router.knowsNot(EmailAddress.of("bob@company.com")));
        assertFalse(router.knowsNot(EmailAddress.of("nobody@gmail.com")));
        assertFalse(
                router(AcceptedDomain.Type.AUTHORITATIVE, false).knowsNot(nobody), "the sender gets a report instead");
    }

    @Test
    void whom_an_internal_relay_domain_does_not_know_lives_elsewhere() {
        Router router = router(AcceptedDomain.Type.INTERNAL_RELAY, true);
        EmailAddress other = EmailAddress.of("other@company.com");
        assertInstanceOf(Route.Local.class, router.nextHop(EmailAddress.of("bob@company.com"), 1));
        assertInstanceOf(Route.Deliver.class, router.nextHop(other, 1));
        assertEquals(router.nextHop(other, 1), router.explain(other, 1).route());
        assertFalse(router.knowsNot(other));
    }
}
