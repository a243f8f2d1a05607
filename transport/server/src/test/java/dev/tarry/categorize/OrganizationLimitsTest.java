package dev.tarry.categorize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import dev.tarry.store.ContentRef;
import dev.tarry.store.MessageRecord;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is bound by what.
final class OrganizationLimitsTest {
    private static final OrganizationLimits LIMITS = new OrganizationLimits(1_000, 2_000, 3);

    private static MessageRecord message(Submitter submitter, long bytes) {
        return new MessageRecord(
                1,
                new UUID(1, 2),
                "<1@client.example>",
                "",
                ReversePath.of(EmailAddress.of("ann@company.com")),
                Optional.empty(),
                BodyType.SEVEN_BIT,
                false,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                "SMTP:Default Frontend MAIL",
                "",
                "",
                1,
                100,
                new ContentRef(1, 1, bytes),
                0,
                submitter);
    }

    private static String text(Optional<Reply> refusal) {
        return refusal.map(Reply::toString).orElse("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MEMBER | 1000 | 3 | -",
                "MEMBER | 1001 | 3 | 550 5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this organization",
                "MEMBER | 1000 | 4 | 550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients",
                "MEMBER | 9999 | 4 | 550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients",
                "ANONYMOUS | 9999 | 4 | -",
                "SYSTEM | 9999 | 4 | -",
            })
    void our_own_people_are_bound_in_what_they_send(Submitter submitter, long bytes, int recipients, String refusal) {
        assertEquals(refusal, text(LIMITS.refusal(message(submitter, bytes), recipients)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ANONYMOUS | 2000 | -",
                "ANONYMOUS | 2001 | 550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
                "MEMBER | 2001 | 550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
                "SYSTEM | 2001 | -",
            })
    void people_here_are_bound_in_what_they_get(Submitter submitter, long bytes, String refusal) {
        assertEquals(refusal, text(LIMITS.refusalHere(message(submitter, bytes))));
    }

    @ParameterizedTest
    @EnumSource(Submitter.class)
    void without_limits_nothing_is_too_much(Submitter submitter) {
        MessageRecord message = message(submitter, Long.MAX_VALUE);
        assertEquals("-", text(OrganizationLimits.NONE.refusal(message, Integer.MAX_VALUE)));
        assertEquals("-", text(OrganizationLimits.NONE.refusalHere(message)));
    }
}
