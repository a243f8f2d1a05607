package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.admin.ConnectorOperations;
import dev.tarry.admin.DomainOperations;
import dev.tarry.admin.RemoteDomainOperations;
import dev.tarry.admin.ServiceOperations;
import dev.tarry.admin.SettingProperty;
import dev.tarry.admin.SettingTable;
import dev.tarry.shell.StandardCmdlets;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a Get-cmdlet shows and the API changes, its Set-cmdlet changes too.
final class ParameterTableTest {
    /// Exchange has no parameters for these: who wants another domain makes another object.
    private static final Set<String> NOT_IN_EXCHANGE = Set.of("DomainName", "AdminDisplayName");

    private static final Map<String, SettingTable> TABLES = Map.of(
            "Set-TransportService", ServiceOperations.serviceTable(),
            "Set-TransportConfig", ServiceOperations.configTable(),
            "Set-SendConnector", ConnectorOperations.table(),
            "Set-AcceptedDomain", DomainOperations.table(),
            "Set-RemoteDomain", RemoteDomainOperations.table());

    private static final Map<String, String> OTHERWISE_NAMED = Map.of("Default", "MakeDefault");

    @Test
    void every_property_that_can_be_changed_is_a_parameter() {
        Map<String, List<String>> missing = new TreeMap<>();
        TABLES.forEach((cmdlet, table) -> {
            Set<String> parameters = StandardCmdlets.table().find(cmdlet).orElseThrow().parameters().stream()
                    .map(Parameter::name)
                    .collect(Collectors.toSet());
            List<String> without = table.properties().stream()
                    .filter(SettingProperty::changeable)
                    .map(property -> OTHERWISE_NAMED.getOrDefault(property.name(), property.name()))
                    .filter(name -> !parameters.contains(name) && !NOT_IN_EXCHANGE.contains(name))
                    .toList();
            if (!without.isEmpty()) {
                missing.put(cmdlet, without);
            }
        });
        assertEquals(Map.of(), missing);
    }
}
