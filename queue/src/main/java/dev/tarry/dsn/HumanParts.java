package dev.tarry.dsn;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A [HumanText] as plain text and as HTML (reference §7.3). Lines end in CRLF and may be long: both travel as
/// quoted-printable.
final class HumanParts {
    private static final int BLANK_LINES = 8;
    private static final int BREAKS = 6;

    private static final String ADDRESS_FONT = "<font color=\"#000000\" size=\"2\" face=\"Tahoma\">";
    private static final String TEXT_FONT = "<font color=\"#000000\" size=\"3\" face=\"Arial\">";
    private static final String HEADING_FONT = "<font color=\"#000066\" size=\"3\" face=\"Arial\">";
    private static final String TECHNICAL_FONT = "<font color=\"#808080\" size=\"2\" face=\"Tahoma\">";

    private HumanParts() {}

    static String plain(HumanText text) {
        StringBuilder out = new StringBuilder(4096);
        line(out, text.heading());
        line(out, "");
        for (HumanText.Told told : text.recipients()) {
            line(out, text.bareAddresses() ? told.address() : told.address() + "<mailto:" + told.address() + ">");
            told.lines().forEach(l -> line(out, l));
            line(out, "");
        }
        for (String paragraph : text.closing()) {
            line(out, paragraph);
            line(out, "");
        }
        if (!text.technical().isEmpty()) {
            // the blank line that ends the block above is the first
            for (int i = 1; i < BLANK_LINES; i++) {
                line(out, "");
            }
            line(out, DsnText.DIAGNOSTICS);
            line(out, "");
            for (List<String> block : text.technical()) {
                block.forEach(l -> line(out, l));
                line(out, "");
            }
            line(out, DsnText.ORIGINAL_HEADERS);
            line(out, "");
            text.headers().forEach(l -> line(out, l));
        }
        return out.toString();
    }

    static String html(HumanText text) {
        StringBuilder out = new StringBuilder(8192);
        line(out, "<html>");
        line(out, "<Head></head><body>");
        line(out, "<p><b>" + HEADING_FONT + escaped(text.heading()) + "</font></b></p>");
        for (HumanText.Told told : text.recipients()) {
            String address = escaped(told.address());
            line(out, ADDRESS_FONT + "<p><a href=\"mailto:" + url(told.address()) + "\">" + address + "</a><br>");
            line(out, "</font>");
            told(out, told);
        }
        text.closing().forEach(p -> paragraph(out, List.of(p)));
        if (!text.technical().isEmpty()) {
            line(out, ADDRESS_FONT + "<br>".repeat(BREAKS));
            line(out, "</font>");
            line(out, TECHNICAL_FONT + "<p><b>" + DsnText.DIAGNOSTICS + "</b></p>");
            for (List<String> block : text.technical()) {
                for (int i = 0; i < block.size(); i++) {
                    line(
                            out,
                            (i == 0 ? "<p>" : "") + escaped(block.get(i)) + (i == block.size() - 1 ? "</p>" : "<br>"));
                }
            }
            line(out, "<p>" + DsnText.ORIGINAL_HEADERS + "</p>");
            out.append("<pre>");
            text.headers().forEach(l -> line(out, escaped(l)));
            line(out, "</pre>");
            line(out, "</font>");
        }
        line(out, "</body>");
        line(out, "</html>");
        return out.toString();
    }

    private static void told(StringBuilder out, HumanText.Told told) {
        if (told.html().isEmpty()) {
            paragraph(out, told.lines());
            return;
        }
        DsnRequest.CustomText own = told.html().get();
        out.append(TEXT_FONT);
        line(out, own.html() + "<br>");
        line(out, "</font>");
        paragraph(out, told.lines().subList(own.plain().size(), told.lines().size()));
    }

    private static void paragraph(StringBuilder out, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.append(TEXT_FONT);
        lines.forEach(l -> line(out, escaped(l) + "<br>"));
        line(out, "</font>");
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append("\r\n");
    }

    /// For text and for attributes in double quotes.
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// An address inside `mailto:` (RFC 6068): what has a meaning in a URL or in HTML is percent-encoded.
    private static String url(String address) {
        StringBuilder out = new StringBuilder(address.length() + 16);
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c > 0x20 && c < 0x7f && (Character.isLetterOrDigit(c) || "-._~@!$*+:".indexOf(c) >= 0)) {
                out.append((char) c);
            } else {
                out.append(String.format("%%%02X", c));
            }
        }
        return out.toString();
    }
}
