package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.ConnectorOperations;
import dev.tarry.admin.DomainOperations;
import dev.tarry.admin.ReceiveConnectorOperations;
import dev.tarry.admin.RemoteDomainOperations;
import dev.tarry.admin.ServiceOperations;
import dev.tarry.admin.SettingForm;
import dev.tarry.admin.SettingProperty;
import dev.tarry.admin.SettingTable;
import dev.tarry.shell.StandardCmdlets;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.exchange.ExchangeCmdlets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a Get-cmdlet shows and the API changes, its Set-cmdlet changes too; and every real parameter that Exchange's
/// cmdlets have is taken or refused by name: never "cannot be found".
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
    void what_the_settings_take_as_a_word_a_parameter_takes_as_an_enumeration() {
        Map<String, SettingTable> tables = new TreeMap<>(TABLES);
        tables.put("Set-ReceiveConnector", ReceiveConnectorOperations.table());
        Map<String, Set<String>> server = new TreeMap<>();
        Map<String, Set<String>> shell = new TreeMap<>();
        tables.forEach((cmdlet, table) -> table.properties().stream()
                .filter(property -> property.row().isPresent())
                .filter(property -> Set.of(SettingForm.TEXT, SettingForm.WORDS, SettingForm.LIST)
                        .contains(property.form()))
                .filter(property -> !property.row().get().words().isEmpty())
                .filter(property -> !property.row().get().words().contains("true"))
                .forEach(property -> {
                    String name = cmdlet + " -" + property.name();
                    server.put(name, new TreeSet<>(property.row().get().words()));
                    StandardCmdlets.table().find(cmdlet).orElseThrow().parameters().stream()
                            .filter(parameter -> parameter.name().equals(property.name()))
                            .filter(parameter -> !parameter.enumeration().isEmpty())
                            .forEach(parameter -> shell.put(name, new TreeSet<>(parameter.choices())));
                }));
        assertEquals(server, shell);
        assertTrue(server.size() > 10, server.toString());
    }

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

    /// A row of the table of Exchange's parameters: `Cmdlet: taken … | refused … | ours …`.
    ///
    /// @param taken   Exchange's that have an effect here, or of which help says that they have none
    /// @param refused Exchange's that are refused by name, with a sentence
    /// @param ours    that Exchange does not have
    private record Row(String cmdlet, Set<String> taken, Set<String> refused, Set<String> ours) {
        static Row of(String line) {
            String[] parts = line.split(":", 2);
            List<Set<String>> columns = Stream.of(parts[1].split("\\|", -1))
                    .map(words -> Stream.of(words.strip().split(" +"))
                            .filter(word -> !word.isEmpty())
                            .collect(Collectors.<String, Set<String>>toCollection(
                                    () -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))))
                    .toList();
            assertEquals(3, columns.size(), line);
            return new Row(parts[0].strip(), columns.get(0), columns.get(1), columns.get(2));
        }
    }

    private static List<Row> rows() throws IOException {
        try (InputStream in = ParameterTableTest.class.getResourceAsStream("exchange-parameters.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    @Test
    void every_real_parameter_is_taken_or_refused_by_name() throws IOException {
        CmdletTable table = StandardCmdlets.table();
        Map<String, Object> wrong = new TreeMap<>();
        for (Row row : rows()) {
            Cmdlet cmdlet = table.find(row.cmdlet()).orElseThrow(() -> new AssertionError(row.cmdlet()));
            Set<String> refused = new TreeSet<>(cmdlet.refused());
            Set<String> taken = cmdlet.parameters().stream()
                    .map(Parameter::name)
                    .filter(name -> !refused.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> known = new TreeSet<>(row.taken());
            known.addAll(row.ours());
            if (!taken.equals(known)) {
                wrong.put(row.cmdlet() + " takes", taken + " and not " + known);
            }
            if (!refused.equals(new TreeSet<>(row.refused()))) {
                wrong.put(row.cmdlet() + " refuses", refused + " and not " + row.refused());
            }
        }
        assertEquals(Map.of(), wrong);
    }

    @Test
    void every_cmdlet_of_exchanges_stands_in_the_table_and_says_what_it_does() throws IOException {
        Set<String> known = rows().stream().map(Row::cmdlet).collect(Collectors.toSet());
        for (Cmdlet cmdlet : ExchangeCmdlets.all()) {
            assertFalse(cmdlet.summary().isBlank(), cmdlet.name());
            boolean absent = cmdlet.summary().startsWith("Not supported here.");
            assertTrue(absent || known.contains(cmdlet.name()), cmdlet.name());
        }
    }
}
