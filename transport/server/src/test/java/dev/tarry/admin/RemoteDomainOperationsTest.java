package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteDomainOperationsTest {
    @TempDir
    private Path folder;

    private Book book;
    private RemoteDomainOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new RemoteDomainOperations(book.desk);
    }

    private static OperationRefused.Reason refused(Runnable what) {
        return assertThrows(OperationRefused.class, what::run).reason();
    }

    @Test
    void one_is_there_for_all_domains_with_exchanges_values_and_stays() {
        Map<String, Object> all = operations.get("Default");
        assertEquals("*", all.get("DomainName"));
        assertEquals("External", all.get("AllowedOOFType"));
        assertEquals(true, all.get("NDREnabled"));
        assertEquals("Unlimited", all.get("LineWrapSize"));
        assertEquals(all, operations.get("*"));
        assertEquals(all, operations.get((String) all.get("Guid")));
        assertEquals(
                List.of("DomainName", "IsInternal", "TargetDeliveryDomain"),
                List.copyOf(all.keySet()).subList(0, 3));
        assertEquals(OperationRefused.Reason.CONFLICT, refused(() -> operations.remove("Default", Precondition.NONE)));
    }

    @Test
    void one_is_made_changed_and_removed_and_is_there_after_a_restart() throws Exception {
        Changed made = operations.create(Map.of("Name", "Partner", "DomainName", "*.Bücher.example"));
        assertEquals("*.xn--bcher-kva.example", made.item().get("DomainName"));
        Changed changed =
                operations.change("*.bücher.example", Map.of("NDREnabled", false, "Name", "P"), Precondition.NONE);
        assertEquals(List.of(), changed.warnings());
        assertEquals(changed.item(), new RemoteDomainOperations(book.again().desk).get("p"));
        assertEquals(false, book.now().remoteDomains().getLast().ndr());
        operations.change("P", operations.get("P"), Precondition.NONE);
        operations.remove("P", Precondition.of(EntityTag.of(operations.get("P"))));
        assertEquals(1, new RemoteDomainOperations(book.again().desk).list().size());
    }

    @Test
    void what_has_no_effect_is_kept_and_said_to_have_none() {
        Changed changed = operations.change(
                "Default", Map.of("LineWrapSize", 76L, "CharacterSet", "utf-8", "NDREnabled", true), Precondition.NONE);
        assertEquals(
                List.of(
                        "CharacterSet is kept and shown, and has no effect here.",
                        "LineWrapSize is kept and shown, and has no effect here."),
                changed.warnings().stream().sorted().toList());
        assertEquals(76L, operations.get("Default").get("LineWrapSize"));
    }

    @Test
    void names_and_domains_are_there_and_their_own_and_a_domain_stays_what_it_is() {
        assertEquals(OperationRefused.Reason.SETTING_REFUSED, refused(() -> operations.create(Map.of())));
        operations.create(Map.of("Name", "a", "DomainName", "x.com"));
        assertEquals(
                OperationRefused.Reason.CONFLICT,
                refused(() -> operations.create(Map.of("Name", "A", "DomainName", "y.com"))));
        assertEquals(
                OperationRefused.Reason.CONFLICT,
                refused(() -> operations.create(Map.of("Name", "b", "DomainName", "X.com"))));
        assertEquals(
                OperationRefused.Reason.SETTING_REFUSED,
                refused(() -> operations.create(Map.of("Name", "b", "DomainName", "*x.com"))));
        assertEquals(
                OperationRefused.Reason.SETTING_REFUSED,
                refused(() -> operations.change("a", Map.of("DomainName", "z.com"), Precondition.NONE)));
        assertEquals(OperationRefused.Reason.UNKNOWN_OBJECT, refused(() -> operations.get("nobody")));
    }
}
