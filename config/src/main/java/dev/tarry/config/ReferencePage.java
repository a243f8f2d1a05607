package dev.tarry.config;

import java.util.ArrayList;
import java.util.List;

/// All settings in one page of Markdown: the reference that is kept beside this module.
public final class ReferencePage {
    private static final String HEAD = """
            # Settings

            Written by `tarry config` from the table that the server itself reads; `tarry config show` tells what holds on
            your machine, and where it comes from.

            Sources, weakest first: the defaults below, the file (`--config`), what was set at run time (kept in
            `settings.yaml` of the data folder), the variables below, `--set key=value`. In the file keys may be nested or
            dotted. An element of a list is named in `--set` by its place or its name: `sendConnectors[0].port=26`,
            `sendConnectors[Internet].port=26`; in a variable by its place: `TARRY_SENDCONNECTORS_0_PORT`.

            - spans: `hh:mm:ss`, `d.hh:mm:ss`, `5m`, `48h`, `2d`, or ISO 8601
            - sizes: bytes, or a number with `KB`, `MB`, `GB`; `KB` is 1,024 bytes
            - lists: separated by commas, or a YAML list; `{}` is the empty list
            - "holds" says from when on a change holds that is made while the server runs

            A [sample file](tarry.sample.yaml) and a [JSON schema](tarry.schema.json) for editors lie beside this page.
            """;

    private ReferencePage() {}

    /// The page.
    public static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        Outline outline = Outline.whole();
        outline.sections()
                .forEach((name, rows) -> section(page, name.isEmpty() ? "At the top" : "`" + name + "`", "", "", rows));
        outline.lists()
                .forEach(list -> section(page, "`" + list.key() + "`", list.says(), list.key() + ".N.", list.rows()));
        return page.toString();
    }

    private static void section(StringBuilder page, String heading, String says, String prefix, List<Setting<?>> rows) {
        page.append("\n## ").append(heading).append('\n');
        if (!says.isEmpty()) {
            page.append('\n').append(says).append(" `N` counts from 0.\n");
        }
        page.append("\n| key | default | bounds | holds | Exchange | variable | what it says |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        for (Setting<?> row : rows) {
            page.append("| ")
                    .append(String.join(
                            " | ",
                            code(row.key()),
                            standard(row),
                            bounds(row),
                            row.effect().words(),
                            row.exchangeName().map(ReferencePage::code).orElse(""),
                            code(Setting.variable(prefix + row.key())),
                            cell(row.says())))
                    .append(" |\n");
        }
    }

    private static String standard(Setting<?> row) {
        if (row.required()) {
            return "must be written";
        }
        String usual = row.defaultIn(WorldKind.LAB);
        return (usual.isEmpty() ? "nothing" : code(usual))
                + row.networkBuiltIn()
                        .map(other -> other.isEmpty() ? "; in the network nothing" : "; in the network " + code(other))
                        .orElse("");
    }

    private static String bounds(Setting<?> row) {
        List<String> said = new ArrayList<>();
        if (!row.bounds().isEmpty()) {
            said.add(row.bounds());
        }
        if (!row.kind().shape().words().isEmpty()
                && !row.kind().shape().truth()
                && row.bounds().isEmpty()) {
            said.add(String.join(", ", row.kind().shape().words()));
        }
        if (!row.unit().isEmpty()) {
            said.add("in " + row.unit());
        }
        return cell(String.join("; ", said));
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
