package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DomainOperationsTest {
    @TempDir
    private Path folder;

    private Book book;
    private DomainOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new DomainOperations(book.desk);
    }

    private OperationRefused refused(Runnable change) {
        return assertThrows(OperationRefused.class, change::run);
    }

    private List<Object> defaults() {
        return operations.list().stream()
                .filter(bag -> bag.get("Default").equals(true))
                .map(bag -> bag.get("DomainName"))
                .toList();
    }

    @Test
    void a_domain_is_accepted_by_name_domain_or_with_its_subdomains() throws Exception {
        operations.create(
                Map.of("Name", "Tailspin Toys", "DomainName", "tailspintoys.com", "DomainType", "InternalRelay"));
        operations.create(Map.of("DomainName", "*.Fabrikam.com"));
        Map<String, Object> fabrikam = operations.get("fabrikam.com");
        assertEquals("fabrikam.com", fabrikam.get("Name"));
        assertEquals(true, fabrikam.get("MatchSubDomains"));
        assertEquals("Authoritative", fabrikam.get("DomainType"));
        assertEquals("tailspintoys.com", operations.get("tailspin TOYS").get("DomainName"));
        assertEquals("InternalRelay", operations.get("TailspinToys.com").get("DomainType"));
        assertEquals(operations.list(), new DomainOperations(book.again().desk).list());
    }

    @Test
    void there_is_always_one_default_domain_and_another_one_takes_its_place() throws Exception {
        assertEquals(List.of("company.com"), defaults());
        operations.change("contoso.com", Map.of("Default", true), Precondition.NONE);
        assertEquals(List.of("contoso.com"), defaults());
        operations.create(Map.of("DomainName", "fabrikam.com", "Default", true));
        assertEquals(List.of("fabrikam.com"), defaults());
        assertEquals("postmaster@fabrikam.com", book.again().now().postmaster());
        OperationRefused away =
                refused(() -> operations.change("fabrikam.com", Map.of("Default", false), Precondition.NONE));
        assertEquals("Default", away.faults().getFirst().name());
        assertEquals(
                OperationRefused.Reason.CONFLICT,
                refused(() -> operations.remove("fabrikam.com", Precondition.NONE))
                        .reason());
        operations.remove("company.com", Precondition.NONE);
        assertEquals(2, operations.list().size());
    }

    @Test
    void a_domain_stays_the_domain_that_it_is() {
        OperationRefused refused =
                refused(() -> operations.change("contoso.com", Map.of("DomainName", "other.com"), Precondition.NONE));
        assertEquals("DomainName", refused.faults().getFirst().name());
        operations.change("contoso.com", Map.of("Name", "Contoso"), Precondition.NONE);
        assertEquals("contoso.com", operations.get("Contoso").get("DomainName"));
    }

    @Test
    void what_is_no_domain_or_is_there_already_is_refused() {
        for (String domain : List.of("no domain", "a..b", "", "*contoso.com", "*.", "x@y.com")) {
            assertEquals(
                    "DomainName",
                    refused(() -> operations.create(Map.of("DomainName", domain)))
                            .faults()
                            .getFirst()
                            .name(),
                    domain);
        }
        assertEquals(
                OperationRefused.Reason.CONFLICT,
                refused(() -> operations.create(Map.of("DomainName", "CONTOSO.com")))
                        .reason());
        assertEquals(
                "DomainType",
                refused(() -> operations.create(Map.of("DomainName", "x.com", "DomainType", "Mine")))
                        .faults()
                        .getFirst()
                        .name());
        assertEquals(2, operations.list().size());
    }

    @Test
    void what_was_read_may_be_sent_back_and_a_stale_change_is_refused() {
        Map<String, Object> seen = operations.get("contoso.com");
        operations.change("contoso.com", seen, Precondition.of(EntityTag.of(seen)));
        assertEquals(Map.of(), new SettingsOperations(book.desk).changes());
        operations.change("contoso.com", Map.of("MatchSubDomains", true), Precondition.NONE);
        OperationRefused stale = refused(() -> operations.remove("contoso.com", Precondition.of(EntityTag.of(seen))));
        assertEquals(OperationRefused.Reason.CHANGED_SINCE, stale.reason());
        assertTrue(stale.getMessage().contains("changed"), stale.getMessage());
    }
}
