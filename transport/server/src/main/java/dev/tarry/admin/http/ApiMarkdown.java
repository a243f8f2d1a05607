package dev.tarry.admin.http;

import java.util.List;

/// The API as a page of Markdown, written from the table of routes. Pure.
public final class ApiMarkdown {
    private final StringBuilder out = new StringBuilder();

    private ApiMarkdown() {}

    /// @param about what stands under the heading: one line
    public static String of(RouteTable routes, String about) {
        ApiMarkdown page = new ApiMarkdown();
        page.write(routes, about);
        return page.out.toString();
    }

    private void write(RouteTable routes, String about) {
        line("# The API");
        line("");
        line(about);
        line("");
        ApiText.RULES.forEach(rule -> line("- " + escaped(rule)));
        ApiGroup.of(routes.routes()).forEach((group, all) -> {
            line("");
            line("## " + group.name());
            if (!group.about().isEmpty()) {
                line("");
                line(escaped(group.about()));
            }
            all.forEach(this::route);
        });
        problems();
    }

    private void route(Route route) {
        line("");
        line("### `" + route.method() + " " + route.path() + "`");
        line("");
        line(escaped(route.summary() + (ApiText.notes(route).isEmpty() ? "" : " " + ApiText.notes(route))));
        table("Parameter", ApiText.parameters(route));
        route.body().ifPresent(body -> table("Member of the body", ApiText.body(body)));
        line("");
        line("Gives " + ApiText.answer(route) + ": " + escaped(route.answer().description()));
        route.answer().shape().ifPresent(shape -> table("Member", ApiText.members(shape)));
        line("");
        line("```sh");
        line(Examples.curl(route));
        line("```");
    }

    private void table(String heading, List<ApiText.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        line("");
        line("| " + heading + " | Type | |");
        line("|---|---|---|");
        rows.forEach(row -> line("| " + "· ".repeat(row.depth()) + "`" + row.name() + "` | " + escaped(row.type())
                + " | " + escaped(row.description()) + " |"));
    }

    private void problems() {
        line("");
        line("## Problems");
        line("");
        line("| Type (after `" + ProblemType.PREFIX + "`) | Status | When | What to do |");
        line("|---|---|---|---|");
        for (ProblemType type : ProblemType.values()) {
            line("| `" + type.word() + "` | " + type.status() + " | " + escaped(type.when()) + " | "
                    + escaped(type.remedy()) + " |");
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "\\<")
                .replace("*", "\\*")
                .replace("{", "\\{");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
