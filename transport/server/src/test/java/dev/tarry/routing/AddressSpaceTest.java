package dev.tarry.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressSpaceTest {
    @ParameterizedTest
    @CsvSource({
        "SMTP:contoso.com;1, SMTP:contoso.com;1",
        "contoso.com;1, SMTP:contoso.com;1",
        "SMTP:contoso.com, SMTP:contoso.com;1",
        "contoso.com, SMTP:contoso.com;1",
        "smtp:*.Contoso.COM;100, SMTP:*.contoso.com;100",
        "*, SMTP:*;1",
        "X400:c=us;a=;p=org;5, X400:c=us;a=;p=org;5"
    })
    void what_administrators_write_means_the_same_in_all_its_forms(String written, String shown) {
        assertEquals(shown, AddressSpace.of(written).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*contoso.com",
                "--",
                "",
                "contoso..com",
                "*.*.com",
                "contoso.com;0",
                "contoso.com;101",
                "contoso.com;x",
                "SMTP:",
                ":contoso.com",
                "*.",
                "con toso.com",
                "[192.0.2.1]"
            })
    void what_is_no_address_space_is_refused_with_a_word_on_what_would_be_right(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> AddressSpace.of(written))
                .getMessage();
        assertTrue(message.contains("address space"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "*, gmail.com, true",
        "*, [192.0.2.1], true",
        "contoso.com, contoso.com, true",
        "contoso.com, mail.contoso.com, false",
        "*.contoso.com, contoso.com, true",
        "*.contoso.com, a.b.contoso.com, true",
        "*.contoso.com, notcontoso.com, false",
        "*.com, contoso.com, true",
        "*.com, com, true",
        "FAX:*, gmail.com, false"
    })
    void a_wildcard_takes_the_domain_itself_and_all_below_it_and_nothing_else(
            String space, String domain, boolean takes) {
        assertEquals(takes, AddressSpace.of(space).takes(domain));
    }

    @ParameterizedTest
    @CsvSource({
        "FAX:*, +1 206 555, true",
        "FAX:+1*, +1 206 555, true",
        "FAX:+1*, +41 206 555, false",
        "FAX:*555, +1 206 555, true",
        "FAX:+1*206*555, +1 206 555, true",
        "FAX:+1*555*206, +1 206 555, false",
        "FAX:+1 206*206 555, +1 206 555, false",
        "FAX:ab*ba, aba, false",
        "FAX:+1 206 555, +1 206 555, true",
        "FAX:(2.6)*, (206), false",
        "FAX:AB*, abc, true",
        "X400:*, +1 206 555, false"
    })
    void within_a_space_of_another_type_a_star_stands_for_any_text(String space, String address, boolean takes) {
        assertEquals(takes, AddressSpace.of(space).takes("FAX", address));
    }

    @Test
    @Timeout(60)
    void a_strangers_address_is_compared_in_no_time_however_many_stars_a_space_has() {
        AddressSpace space = AddressSpace.of("FAX:" + "*a".repeat(30) + "*b");
        assertFalse(space.takes("FAX", "a".repeat(60)));
        assertTrue(space.takes("FAX", "a".repeat(59) + "b"));
    }

    @Test
    void a_plain_domain_is_more_specific_than_a_longer_wildcard() {
        assertTrue(AddressSpace.of("a.io").specificity()
                > AddressSpace.of("*.a-very-long-name-indeed.example.com").specificity());
    }
}
