package dev.tarry.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetTest {
    static List<Preset> presets() {
        return Preset.all();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void each_brings_all_it_is_made_of_and_reset_undoes_it(Preset preset) throws Exception {
        try (var rig = new LabRig()) {
            var forwarders = rig.lab.forwarders();
            var applied = rig.lab.apply(preset);
            assertEquals(preset.faults().size(), applied.faults().size());
            assertEquals(applied.faults(), rig.lab.faults());
            assertEquals(preset.rules().size(), rig.lab.rules().size());
            assertEquals(applied.rules(), rig.lab.rules());
            preset.forwarders()
                    .forEach((server, to) ->
                            assertEquals(to, rig.lab.forwarders().get(server)));
            rig.lab.reset(false);
            assertEquals(List.<ActiveFault>of(), rig.lab.faults());
            assertEquals(List.of(), rig.lab.rules());
            assertEquals(forwarders, rig.lab.forwarders());
        }
    }

    @Test
    void names_are_unique_and_found_whatever_their_case() {
        var names = new TreeSet<>(presets().stream().map(Preset::name).toList());
        assertEquals(presets().size(), names.size());
        assertEquals("dns-firewall", Preset.named("DNS-Firewall").orElseThrow().name());
        assertTrue(Preset.named("sunshine").isEmpty());
    }

    @Test
    void the_firewall_of_the_second_cause_blocks_port_53_and_nothing_else() throws Exception {
        try (var rig = new LabRig()) {
            rig.lab.apply(Preset.named("dns-firewall").orElseThrow());
            for (var protocol : Protocol.values()) {
                assertEquals(new Route.BlackHole(), rig.dial(protocol, "192.168.1.10", 53));
            }
            assertTrue(rig.dial(Protocol.TCP, "198.51.100.51", 25) instanceof Route.Open);
        }
    }
}
