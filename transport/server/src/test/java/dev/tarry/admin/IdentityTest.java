package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.queue.NextHopKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {
    private static QueueIdentity queue(String text) {
        return QueueIdentity.parse(text, Desk.SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "4, true, false, false",
        "MAIL\\4, true, false, false",
        "\\4, true, false, false",
        "\\Submission, false, false, true",
        "mail\\4, true, false, false",
        "mail.company.com\\4, true, false, false",
        "external-company.com, true, false, false",
        "MAIL\\External-Company.com, true, false, false",
        "5, false, true, false",
        "Submission, false, false, true",
        "MAIL\\submission, false, false, true",
        "*, true, true, true",
        "MAIL\\*, true, true, true",
        "1, false, false, false",
        "Shadow\\4, false, false, false",
        "MAIL\\Shadow\\4, false, false, false",
        "MAIL\\Poison, false, false, false",
        "no.such.example, false, false, false",
    })
    void an_identity_means_the_queues_that_exchange_means_by_it(
            String identity, boolean four, boolean five, boolean submission) {
        assertEquals(four, queue(identity).means(Desk.queue(4, Desk.dns("external-company.com"))));
        assertEquals(five, queue(identity).means(Desk.queue(5, Desk.dns("gmail.com"))));
        assertEquals(submission, queue(identity).means(Desk.queue(1, NextHopKey.SUBMISSION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MAIL\\", "MAIL\\4\\5\\6", "MAIL\\a\\b", " "})
    void what_has_no_form_of_a_queue_is_refused(String identity) {
        OperationRefused refused = assertThrows(OperationRefused.class, () -> queue(identity));
        assertEquals(OperationRefused.Reason.INVALID_IDENTITY, refused.reason());
    }

    @Test
    void another_server_has_no_queues_here() {
        OperationRefused refused = assertThrows(OperationRefused.class, () -> queue("OTHER\\4"));
        assertEquals(OperationRefused.Reason.UNKNOWN_QUEUE, refused.reason());
        assertTrue(refused.getMessage().contains("MAIL"), refused.getMessage());
        assertThrows(OperationRefused.class, () -> queue("..\\..\\etc"));
    }

    @Test
    void a_number_beyond_all_queues_is_an_unknown_queue() {
        OperationRefused refused = assertThrows(OperationRefused.class, () -> queue("99999999999"));
        assertEquals(OperationRefused.Reason.UNKNOWN_QUEUE, refused.reason());
    }

    @Test
    void identities_are_printed_as_exchange_prints_them() {
        assertEquals("MAIL\\4", QueueIdentity.shown(4, Desk.dns("gmail.com"), Desk.SERVER));
        assertEquals("MAIL\\Submission", QueueIdentity.shown(1, NextHopKey.SUBMISSION, Desk.SERVER));
        assertEquals("MAIL\\Unreachable", QueueIdentity.shown(2, NextHopKey.UNREACHABLE, Desk.SERVER));
        assertEquals("MAIL\\4\\77", MessageIdentity.shown(77, 4, Desk.dns("gmail.com"), Desk.SERVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "*\\77", "MAIL\\*\\77"})
    void a_message_without_a_queue_is_meant_in_all(String identity) {
        assertEquals(new MessageIdentity(new QueueIdentity.All(), 77), MessageIdentity.parse(identity, Desk.SERVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4\\77", "MAIL\\4\\77", "mail.company.com\\4\\77"})
    void a_message_in_a_queue_is_that_copy(String identity) {
        if (identity.startsWith("4")) {
            // two parts are queue and integer, never server and integer
            assertEquals(
                    new MessageIdentity(new QueueIdentity.Numbered(4), 77),
                    MessageIdentity.parse(identity, Desk.SERVER));
        } else {
            assertEquals(
                    new QueueIdentity.Numbered(4),
                    MessageIdentity.parse(identity, Desk.SERVER).queue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "MAIL\\4\\", "MAIL\\4\\x", "99999999999999999999", "9999999999999999999", "-1"})
    void what_has_no_form_of_a_message_is_refused(String identity) {
        OperationRefused refused =
                assertThrows(OperationRefused.class, () -> MessageIdentity.parse(identity, Desk.SERVER));
        assertEquals(OperationRefused.Reason.INVALID_IDENTITY, refused.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 B (0 bytes)",
                "512|512 B (512 bytes)",
                "1024|1 KB (1,024 bytes)",
                "3539|3.456 KB (3,539 bytes)",
                "26062|25.45 KB (26,062 bytes)",
                "120697|117.9 KB (120,697 bytes)",
                "1146949|1.094 MB (1,146,949 bytes)",
                "37748736|36 MB (37,748,736 bytes)",
            })
    void sizes_are_printed_as_exchange_prints_them(long bytes, String printed) {
        assertEquals(printed, ByteSize.shown(bytes));
    }
}
