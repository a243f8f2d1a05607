package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StandardCmdletsTest {
    private final CmdletTable table = StandardCmdlets.table();

    @Test
    void names_are_a_verb_and_a_noun() {
        for (Cmdlet cmdlet : table.all()) {
            if (Set.of("AssembleMessage", "mkdir").contains(cmdlet.name()) || cmdlet.wordy()) {
                continue; // Exchange's and PowerShell's own exceptions, and Windows' programs
            }
            assertTrue(cmdlet.name().matches("[A-Z][A-Za-z]+-[A-Z][A-Za-z]+"), cmdlet.name());
        }
    }

    @Test
    void names_and_aliases_are_found_in_any_case() {
        assertEquals("Get-Queue", table.find("get-QUEUE").orElseThrow().name());
        assertEquals("Where-Object", table.find("?").orElseThrow().name());
        assertEquals("ForEach-Object", table.find("foreach").orElseThrow().name());
        assertEquals(Optional.empty(), table.find("Get-Que"));
    }

    @Test
    void parameters_of_a_cmdlet_have_names_of_their_own_and_groups_name_real_ones() {
        for (Cmdlet cmdlet : table.all()) {
            Set<String> names = new HashSet<>();
            for (Parameter parameter : cmdlet.parameters()) {
                assertTrue(names.add(parameter.name().toLowerCase(Locale.ROOT)), cmdlet.name() + " " + parameter);
            }
            for (List<String> group : cmdlet.exclusive()) {
                group.forEach(name -> assertTrue(names.contains(name.toLowerCase(Locale.ROOT)), cmdlet.name() + name));
            }
            assertNotNull(cmdlet.opening().get());
            assertEquals(cmdlet.shows().isEmpty(), cmdlet.table().isEmpty(), cmdlet.name());
        }
    }

    @Test
    void every_cmdlet_says_in_a_sentence_what_it_does() {
        List<String> silent = table.all().stream()
                .filter(cmdlet -> !cmdlet.summary().endsWith("."))
                .map(Cmdlet::name)
                .toList();
        assertEquals(List.of(), silent);
        for (Cmdlet cmdlet : table.all()) {
            cmdlet.remarks().forEach(remark -> assertTrue(remark.endsWith("."), cmdlet.name() + ": " + remark));
        }
    }

    @Test
    void two_cmdlets_cannot_share_a_name() {
        Cmdlet one = Cmdlet.named("Get-Thing").simply(_ -> {});
        assertThrows(IllegalArgumentException.class, () -> new CmdletTable(List.of(one, one)));
        assertFalse(new CmdletTable(List.of(one)).views().containsKey("Thing"));
    }
}
