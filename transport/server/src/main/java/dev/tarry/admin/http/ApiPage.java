package dev.tarry.admin.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// The API as a page for a browser, written from the table of routes: one file, no scripts, nothing from elsewhere.
/// Pure.
final class ApiPage {
    /// The only style that the page's policy allows, by its hash.
    static final String STYLE = """
            :root{color-scheme:light dark;--edge:#8884;--soft:#8881}
            body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1rem 1.5rem 4rem}
            h1{font-size:1.7rem}h2{border-bottom:1px solid var(--edge);margin-top:2.5rem;padding-bottom:.2rem}
            nav{columns:12rem;margin:1rem 0}nav a{display:block}
            details{border:1px solid var(--edge);border-radius:.4rem;margin:.5rem 0;padding:.4rem .7rem}
            summary{cursor:pointer}summary code{font-weight:600}
            code,pre{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
            pre{background:var(--soft);border-radius:.3rem;padding:.6rem;white-space:pre-wrap}
            table{border-collapse:collapse;margin:.5rem 0;width:100%}
            td,th{border-top:1px solid var(--edge);padding:.25rem .5rem;text-align:left;vertical-align:top}
            .get{color:#1a7f37}.post,.put,.patch{color:#9a6700}.delete{color:#cf222e}
            .d1{padding-left:1.5rem}.d2{padding-left:3rem}.d3{padding-left:4.5rem}""";

    private final StringBuilder out = new StringBuilder();

    private ApiPage() {}

    /// What a browser may do with the page: show it, in its own style, and follow its links.
    static String policy() {
        return "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(RouteTable routes, String version) {
        ApiPage page = new ApiPage();
        page.write(ApiGroup.of(routes.routes()), version);
        return page.out.toString();
    }

    private void write(SequencedMap<ApiGroup, List<Route>> groups, String version) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>tarry: the API</title>\n"
                + "<style>");
        out.append(STYLE);
        out.append("</style>\n</head>\n<body>\n<h1>tarry: the API</h1>\n<p>Version ");
        text(version);
        out.append(
                ". For programs: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a> (OpenAPI 3.1).</p>\n<ul>\n");
        ApiText.RULES.forEach(rule -> element("li", rule));
        out.append("</ul>\n<nav>\n");
        groups.keySet().forEach(group -> {
            out.append("<a href=\"#").append(anchor(group.name())).append("\">");
            text(group.name());
            out.append("</a>\n");
        });
        out.append("<a href=\"#problems\">problems</a>\n</nav>\n");
        groups.forEach(this::group);
        problems();
        out.append("</body>\n</html>\n");
    }

    private void group(ApiGroup group, List<Route> routes) {
        out.append("<h2 id=\"").append(anchor(group.name())).append("\">");
        text(group.name());
        out.append("</h2>\n");
        if (!group.about().isEmpty()) {
            element("p", group.about());
        }
        routes.forEach(this::route);
    }

    private void route(Route route) {
        String method = route.method();
        out.append("<details>\n<summary><code class=\"")
                .append(method.toLowerCase(Locale.ROOT))
                .append("\">");
        text(method + " " + route.path());
        out.append("</code> ");
        text(route.summary());
        out.append("</summary>\n");
        if (!ApiText.notes(route).isEmpty()) {
            element("p", ApiText.notes(route));
        }
        table("Parameter", ApiText.parameters(route));
        route.body().ifPresent(body -> table("Member of the body", ApiText.body(body)));
        element("p", "Gives " + ApiText.answer(route) + ": " + route.answer().description());
        route.answer().shape().ifPresent(shape -> table("Member", ApiText.members(shape)));
        element("pre", Examples.curl(route));
        out.append("</details>\n");
    }

    private void table(String heading, List<ApiText.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append("<table>\n<tr><th>");
        text(heading);
        out.append("</th><th>Type</th><th></th></tr>\n");
        for (ApiText.Row row : rows) {
            out.append("<tr><td class=\"d").append(Math.min(3, row.depth())).append("\"><code>");
            text(row.name());
            out.append("</code></td>");
            element("td", row.type());
            element("td", row.description());
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    private void problems() {
        out.append("<h2 id=\"problems\">problems</h2>\n");
        element("p", "Each type begins with " + ProblemType.PREFIX);
        out.append("<table>\n<tr><th>Type</th><th>Status</th><th>When</th><th>What to do</th></tr>\n");
        for (ProblemType type : ProblemType.values()) {
            out.append("<tr id=\"").append(type.word()).append("\"><td><code>");
            text(type.word());
            out.append("</code></td>");
            element("td", Integer.toString(type.status()));
            element("td", type.when());
            element("td", type.remedy());
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    private static String anchor(String name) {
        return name.replaceAll("[^a-z-]", "");
    }

    private void element(String name, String content) {
        out.append('<').append(name).append('>');
        text(content);
        out.append("</").append(name).append(">\n");
    }

    /// The one way for a text into the page.
    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
