package dev.tarry.shell.windows;

import dev.tarry.client.LoggedEvent;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The event log's own dialect of XPath, as Event Viewer writes it, over events in the form that Windows gives them:
/// `*[System[(Level=2 or Level=3) and TimeCreated[timediff(@SystemTime) <= 3600000]]]`.
final class EventXPath {
    /// What events of programs have in Keywords.
    static final long CLASSIC = 0x80000000000000L;
    /// Milliseconds since 1970, which plain XPath can compare.
    private static final String MILLIS = "Millis";

    private static final Pattern AGE = Pattern.compile("timediff\\(\\s*@SystemTime\\s*\\)");
    private static final Pattern MOMENT =
            Pattern.compile("@SystemTime\\s*(<=|>=|!=|<|>|=)\\s*(?:'([^']*)'|\"([^\"]*)\")");
    private static final Pattern MASK = Pattern.compile("band\\(\\s*Keywords\\s*,\\s*([0-9]{1,18})\\s*\\)");

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    /// What plain XPath has and the event log's does not: a few of these in one another would look at each part of an
    /// event for each of its parts, and so on, for hours.
    private static final Pattern FOREIGN = Pattern.compile("//|\\.\\.|::|\\$|([A-Za-z][A-Za-z0-9:-]*)\\s*\\(");
    private static final Set<String> CALLED = Set.of("position", "timediff", "band", "and", "or");

    private final DocumentBuilder documents;
    private final Instant now;
    private final String machine;

    /// @param now the server's time, which ages are counted from
    /// @param machine what `Computer` is
    EventXPath(Instant now, String machine) {
        this.documents = documents();
        this.now = now;
        this.machine = machine;
    }

    private static DocumentBuilder documents() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser is always there", e);
        }
    }

    private static ShellFailure invalid(String query, String why) {
        return ShellFailure.of(
                        Category.InvalidArgument,
                        "InvalidQuery",
                        "EventLogException",
                        "The specified query is invalid" + (why.isBlank() ? "." : ": " + why))
                .withTarget(query);
    }

    /// @throws ShellFailure where it does not read
    Predicate<LoggedEvent> path(String written) {
        XPathExpression expression;
        try {
            expression = XPathFactory.newInstance().newXPath().compile(plain(written));
        } catch (XPathExpressionException e) {
            throw invalid(written, String.valueOf(e.getMessage()));
        }
        return event -> {
            try {
                return (Boolean) expression.evaluate(document(event), XPathConstants.BOOLEAN);
            } catch (XPathExpressionException e) {
                throw invalid(written, String.valueOf(e.getMessage()));
            }
        };
    }

    /// `<QueryList><Query><Select Path="Application">…</Select><Suppress …>…`.
    ///
    /// @param logs is told each log that is named
    /// @throws ShellFailure where it does not read
    Predicate<LoggedEvent> queries(String xml, Consumer<String> logs) {
        Document document;
        try {
            document = documents.parse(new InputSource(new StringReader(xml)));
        } catch (IOException | SAXException e) {
            throw invalid(xml, String.valueOf(e.getMessage()));
        }
        NodeList queries = document.getElementsByTagName("Query");
        if (!document.getDocumentElement().getTagName().equals("QueryList") || queries.getLength() == 0) {
            throw invalid(xml, "it is a QueryList with at least one Query.");
        }
        Predicate<LoggedEvent> wanted = _ -> false;
        for (int i = 0; i < queries.getLength(); i++) {
            Element query = (Element) queries.item(i);
            List<Predicate<LoggedEvent>> selected = paths(query, "Select", logs);
            if (selected.isEmpty()) {
                throw invalid(xml, "a Query has a Select.");
            }
            List<Predicate<LoggedEvent>> suppressed = paths(query, "Suppress", logs);
            wanted = wanted.or(event -> selected.stream().anyMatch(one -> one.test(event))
                    && suppressed.stream().noneMatch(one -> one.test(event)));
        }
        return wanted;
    }

    private List<Predicate<LoggedEvent>> paths(Element query, String tag, Consumer<String> logs) {
        List<Predicate<LoggedEvent>> paths = new ArrayList<>();
        NodeList found = query.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            Element one = (Element) found.item(i);
            String log = one.hasAttribute("Path") ? one.getAttribute("Path") : query.getAttribute("Path");
            logs.accept(log);
            paths.add(path(one.getTextContent().strip()));
        }
        return paths;
    }

    /// What only Windows' dialect has, said in plain XPath.
    private String plain(String written) {
        Matcher foreign = FOREIGN.matcher(QUOTED.matcher(written).replaceAll("''"));
        while (foreign.find()) {
            String function = foreign.group(1);
            if (function == null || !CALLED.contains(function)) {
                throw invalid(
                        written,
                        "the event log's XPath does not know " + foreign.group() + (function == null ? "" : ")")
                                + ", only elements, attributes, comparisons, and, or, position(), timediff(), band().");
            }
        }
        String aged = AGE.matcher(written.strip()).replaceAll("(" + now.toEpochMilli() + " - @" + MILLIS + ")");
        String timed = MOMENT.matcher(aged).replaceAll(match -> {
            String moment = match.group(2) == null ? match.group(3) : match.group(2);
            try {
                return Matcher.quoteReplacement("@" + MILLIS + " " + match.group(1) + " "
                        + Instant.parse(moment).toEpochMilli());
            } catch (DateTimeException e) {
                throw invalid(written, "'" + moment + "' is no moment such as 2026-01-02T03:04:05.000Z.");
            }
        });
        return MASK.matcher(timed)
                .replaceAll(match -> (Long.parseLong(match.group(1)) & CLASSIC) != 0 ? "true()" : "false()");
    }

    private Document document(LoggedEvent event) {
        Document document = documents.newDocument();
        Element root = document.createElement("Event");
        document.appendChild(root);
        Element system = added(root, "System", "");
        added(system, "Provider", "").setAttribute("Name", event.source());
        added(system, "EventID", String.valueOf(event.id()));
        added(system, "Level", String.valueOf(WantedEvents.number(event.level())));
        added(system, "Keywords", "0x" + Long.toHexString(CLASSIC));
        Element time = added(system, "TimeCreated", "");
        time.setAttribute("SystemTime", event.time().toString());
        time.setAttribute(MILLIS, String.valueOf(event.time().toEpochMilli()));
        added(system, "EventRecordID", String.valueOf(event.recordId()));
        added(system, "Channel", EventLogCmdlets.LOG);
        added(system, "Computer", machine);
        Element told = added(root, "EventData", "");
        event.details().forEach((name, value) -> added(told, "Data", value).setAttribute("Name", name));
        return document;
    }

    private static Element added(Element parent, String name, String text) {
        Element child = parent.getOwnerDocument().createElement(name);
        child.setTextContent(text);
        parent.appendChild(child);
        return child;
    }
}
