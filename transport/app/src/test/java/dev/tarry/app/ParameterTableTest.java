package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.admin.ConnectorOperations;
import dev.tarry.admin.DomainOperations;
import dev.tarry.admin.RemoteDomainOperations;
import dev.tarry.admin.ServiceOperations;
import dev.tarry.admin.SettingProperty;
import dev.tarry.admin.SettingTable;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a Get-cmdlet shows and the API changes, its Set-cmdlet changes too.
final class ParameterTableTest {
    /// Exchange has no parameter for it: who wants another domain makes another object.
    private static final String NEW_ONLY = "DomainName";

    private static final Map<String, SettingTable> TABLES = Map.of(
            "Set-TransportService", ServiceOperations.serviceTable(),
            "Set-TransportConfig", ServiceOperations.configTable(),
            "Set-SendConnector", ConnectorOperations.table(),
            "Set-AcceptedDomain", DomainOperations.table(),
            "Set-RemoteDomain", RemoteDomainOperations.table());

    @Test
    void every_property_that_can_be_changed_is_a_parameter() {
        TABLES.forEach((cmdlet, table) -> {
            Set<String> parameters = CmdletTable.standard().find(cmdlet).orElseThrow().parameters().stream()
                    .map(Parameter::name)
                    .collect(Collectors.toSet());
            List<String> missing = table.properties().stream()
                    .filter(SettingProperty::changeable)
                    .map(SettingProperty::name)
                    .filter(name -> !parameters.contains(name) && !name.equals(NEW_ONLY))
                    .toList();
            assertEquals(List.of(), missing, cmdlet);
        });
    }
}
