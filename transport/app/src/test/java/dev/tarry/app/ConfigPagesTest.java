package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tarry.config.ReferencePage;
import dev.tarry.config.SamplePage;
import dev.tarry.config.SchemaPage;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages beside the `config` module are written from its table. Run with
/// `-Dtarry.renew=true` to write them anew.
final class ConfigPagesTest {
    private static final Path FOLDER = Path.of("..", "..", "config");
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^( *)#(?=\\S|  )");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PrettyJson.text(SchemaPage.tree()), InputFormat.JSON);

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("REFERENCE.md", ReferencePage.text());
        pages.put("tarry.sample.yaml", SamplePage.text());
        pages.put("tarry.schema.json", PrettyJson.text(SchemaPage.tree()) + "\n");
        return pages;
    }

    @Test
    void the_pages_say_what_the_table_says() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Path file = FOLDER.resolve(page.getKey());
            assertEquals(
                    page.getValue(),
                    Files.exists(file) ? Files.readString(file) : "",
                    "config/" + page.getKey() + " is stale; this test with -Dtarry.renew=true writes it anew");
        }
    }

    private static String uncommented() {
        return COMMENTED_OUT.matcher(SamplePage.text()).replaceAll("$1");
    }

    @Test
    void the_sample_is_right_and_so_it_is_when_nothing_in_it_is_commented_out(@TempDir Path folder) throws Exception {
        for (String text : List.of(SamplePage.text(), uncommented())) {
            Path file = Files.writeString(folder.resolve("tarry.yaml"), text);
            Settings settings = Settings.load(Optional.of(file), Map.of(), List.of());
            assertEquals(List.of(), SettingsDiff.between(Settings.defaults(), settings));
            assertEquals(List.of(), faults(text));
        }
    }

    @Test
    void everything_that_can_be_set_stands_in_the_sample(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("tarry.yaml"), uncommented());
        Settings.load(Optional.of(file), Map.of(), List.of()).explained().stream()
                .filter(one -> !one.key().matches("\\w+\\[[1-9]\\d*].*"))
                .forEach(one ->
                        assertTrue(one.origin().text().contains("tarry.yaml:"), () -> one.key() + " is not in it"));
    }

    private List<String> faults(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport: {queueMaxIdleTime: 5m}",
                "transport.messageExpirationTimeout: 1.00:00:00",
                "receive.tls: {certificate: a.pem, key: b.pem}",
                "receive: {tls.certificate: a.pem, tls.key: b.pem}",
                "transport:",
                "world: LAB",
                "server: {profile: 2013}",
                "server: {profile: '2013', computerName: 007}",
                "lab: {seed: -5, realAddresses: $true}",
                "dns: {externalDNSServers: '8.8.8.8,1.1.1.1', internalDNSServers: [], adapterServers: {}}",
                "sendConnectors: []",
                "dsn: {texts: [{dsnCode: 5.4.4, text: gone}]}",
                "dsn.texts: [{dsnCode: 5.4.4, text: gone}]",
                "transport: {maxOutboundConnections: unlimited, maxPerDomainOutboundConnections: '40'}",
                "dsn: {externalDsnMaxMessageAttachSize: '10 MB (10,485,760 bytes)', externalPostmasterAddress: ''}",
                "trackingLog: {maxFileSize: 1048576, path: 7}"
            })
    void what_the_server_takes_fits_the_schema(String yaml) throws Exception {
        assertEquals(List.of(), faults(yaml));
        Path file = Files.createTempFile("right", ".yaml");
        Settings.load(Optional.of(Files.writeString(file, yaml)), Map.of(), List.of());
        Files.delete(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport: {queueMaxIdleTme: 5m}",
                "transport.queueMaxIdleTme: 5m",
                "transport: {queueMaxIdleTime: soon}",
                "transport: {queueMaxIdleTime: 5}",
                "transport: {queueGlitchRetryCount: 16}",
                "transport: {queueGlitchRetryCount: four}",
                "transport: [1]",
                "world: moon",
                "lab: {realAddresses: 1}",
                "dns: {externalDNSServers: [{a: b}]}",
                "sendConnectors: [{name: a}]",
                "sendConnectors: [{name: a, addressSpaces: 'SMTP:*;1', colour: red}]",
                "sendConnectors: {name: a}",
                "trackingLog: {maxFileSize: much}",
                "nothing: here",
                "dsn: {texts: [{dsnCode: 5.4.4}]}",
                "- 1"
            })
    void what_is_wrong_does_not_fit_it(String yaml) {
        assertTrue(!faults(yaml).isEmpty(), yaml);
    }
}
