package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.Preset;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Form;
import dev.tarry.lab.net.RuleGrammar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// `/lab/v1/faults`, the forms they take, and presets.
final class FaultRoutes {
    /// Every word of the grammar, as the grammar's own table has it: which of them go together only the grammar
    /// says, and it says so better than a schema.
    private static final Shape.Fields FAULT = fault();

    private static final String LINES = "text/plain";
    private static final String YAML = "application/yaml";

    private static final Shape.Fields WORD = Shape.fields(
            Shape.required("name", Shape.TEXT, "The word."),
            Shape.required("needed", Shape.FLAG, "Whether it must be given."),
            Shape.required("meaning", Shape.TEXT, "For people."));

    private static final Shape.Fields FORM = Shape.fields(
            Shape.required("where", Shape.TEXT, "The place."),
            Shape.required("what", Shape.TEXT, "What goes wrong."),
            Shape.required("meaning", Shape.TEXT, "For people."),
            Shape.required("example", Shape.TEXT, "A whole line."),
            Shape.required("words", new Shape.ListOf(WORD), "What belongs to it."),
            Shape.required("whom", new Shape.ListOf(WORD), "For whom."),
            Shape.required("when", new Shape.ListOf(WORD), "When; all that is given must hold."));

    private static final Shape.Fields PRESET = Shape.fields(
            Shape.required("name", Shape.TEXT, "Its name."),
            Shape.required("meaning", Shape.TEXT, "What it is, how it shows, what mends it."),
            Shape.required("faults", new Shape.ListOf(Shape.TEXT), "Lines of the fault grammar."),
            Shape.required("rules", new Shape.ListOf(Shape.ANYTHING), "Firewall rules."),
            Shape.required("forwarders", new Shape.Map(new Shape.ListOf(Shape.TEXT)), "Of internal DNS servers."));

    private static final Shape.Fields APPLIED = Shape.fields(
            Shape.required("name", Shape.TEXT, "The preset's."),
            Shape.required("faults", new Shape.ListOf(FAULT), "As they are now."),
            Shape.required("rules", new Shape.ListOf(Shape.ANYTHING), "As they are now."),
            Shape.required(
                    "forwarders",
                    new Shape.Map(new Shape.ListOf(Shape.TEXT)),
                    "Of all internal DNS servers, as they are now."));

    private final Lab lab;

    private FaultRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        FaultRoutes routes = new FaultRoutes(lab);
        return Stream.of(routes.faults(), routes.presets())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> faults() {
        return List.of(
                Route.get("/lab/v1/faults", "What goes wrong, in the order of asking.")
                        .givesItems(FAULT, "Each with how often it was asked and how often it struck.")
                        .by(_ -> LabRoutes.items(
                                lab.faults().stream().map(FaultGrammar::write).toList())),
                Route.post("/lab/v1/faults", "Lets something go wrong: either its words, or all of them as one line.")
                        .takes(FAULT)
                        .gives(201, FAULT, "The fault, with its id.")
                        .by(request ->
                                Reply.created(FaultGrammar.write(LabRoutes.checked("fault", () -> add(request))))),
                Route.get("/lab/v1/faults/{id}", "One thing that goes wrong.")
                        .gives(FAULT, "With how often it was asked and how often it struck.")
                        .by(request -> Reply.ok(FaultGrammar.write(number(request)
                                .flatMap(id -> lab.faults().stream()
                                        .filter(fault -> fault.id() == id)
                                        .findFirst())
                                .orElseThrow(FaultRoutes::unknown)))),
                Route.delete("/lab/v1/faults/{id}", "Mends one thing.").by(request -> {
                    number(request).flatMap(lab::removeFault).orElseThrow(FaultRoutes::unknown);
                    return Reply.nothing();
                }),
                Route.put(
                                "/lab/v1/faults",
                                "Puts these in the place of all that go wrong: words, a line each, or YAML.")
                        .takes(Shape.fields(
                                Shape.required("faults", new Shape.ListOf(FAULT), "In the order of asking.")))
                        .orDocument(LINES, YAML)
                        .givesItems(FAULT, "As they are now.")
                        .by(request -> LabRoutes.items(LabRoutes.checked("faults", () -> replace(request)).stream()
                                .map(FaultGrammar::write)
                                .toList())),
                Route.delete("/lab/v1/faults", "Mends everything that faults broke.")
                        .by(_ -> {
                            lab.clearFaults();
                            return Reply.nothing();
                        }),
                Route.get("/lab/v1/fault-forms", "Everything that can go wrong, with the words for it.")
                        .givesItems(FORM, "Each with an example.")
                        .by(_ -> LabRoutes.items(FaultGrammar.forms().stream()
                                .map(FaultRoutes::shown)
                                .toList())));
    }

    /// A line says it all: beside one, only what is shown may stand, so that nothing is silently left out.
    private ActiveFault add(Request request) {
        Optional<String> line = request.text("line");
        if (line.isEmpty() || request.body().containsKey("id")) {
            return lab.addFault(request.body());
        }
        if (request.body().size() > 1) {
            throw new IllegalArgumentException("beside line nothing else is read; write it into the line");
        }
        return lab.addFault(line.get());
    }

    private List<ActiveFault> replace(Request request) {
        return request.document()
                .map(text -> lab.replaceFaults(text.text(), text.mediaType().equals(YAML)))
                .orElseGet(() -> {
                    List<Fault> faults = new ArrayList<>();
                    for (Object given : (List<?>) request.body().get("faults")) {
                        Map<String, Object> words = new LinkedHashMap<>();
                        ((Map<?, ?>) given).forEach((word, value) -> words.put(word.toString(), value));
                        faults.add(lab.readFault(words));
                    }
                    return lab.replaceFaults(faults);
                });
    }

    private static Optional<Long> number(Request request) {
        try {
            return Optional.of(Long.parseLong(request.path("id")));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("There is no fault with this id; GET /lab/v1/faults lists them."));
    }

    private List<Route> presets() {
        return List.of(
                Route.get("/lab/v1/presets", "Weather that has a name.")
                        .givesItems(PRESET, "What each is made of.")
                        .by(_ -> LabRoutes.items(
                                Preset.all().stream().map(FaultRoutes::shown).toList())),
                Route.post("/lab/v1/presets/{name}", "Brings that weather, beside what there is already.")
                        .takes(Shape.fields())
                        .gives(201, APPLIED, "What came of it; /lab/v1/reset undoes it.")
                        .by(request -> {
                            Preset preset = Preset.named(request.path("name"))
                                    .orElseThrow(() -> new ProblemException(Problem.notFound(
                                            "There is no preset of this name; GET /lab/v1/presets lists them.")));
                            return Reply.created(shown(LabRoutes.checked("preset", () -> lab.apply(preset))));
                        }));
    }

    private static SequencedMap<String, Object> shown(Preset preset) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", preset.name());
        bag.put("meaning", preset.meaning());
        bag.put("faults", preset.faults());
        bag.put("rules", preset.rules());
        bag.put("forwarders", preset.forwarders());
        return bag;
    }

    private static SequencedMap<String, Object> shown(Preset.Applied applied) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", applied.preset().name());
        bag.put("faults", applied.faults().stream().map(FaultGrammar::write).toList());
        bag.put("rules", applied.rules().stream().map(RuleGrammar::write).toList());
        bag.put("forwarders", applied.forwarders());
        return bag;
    }

    private static SequencedMap<String, Object> shown(Form form) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("where", form.where().name().toLowerCase(Locale.ROOT));
        bag.put("what", form.what());
        bag.put("meaning", form.meaning());
        bag.put("example", form.example());
        bag.put("words", words(form.words()));
        bag.put("whom", words(form.where().whom()));
        bag.put("when", words(Form.WHEN));
        return bag;
    }

    private static List<SequencedMap<String, Object>> words(List<Form.Word> words) {
        List<SequencedMap<String, Object>> bags = new ArrayList<>();
        for (Form.Word word : words) {
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("name", word.name());
            bag.put("needed", word.needed());
            bag.put("meaning", word.meaning());
            bags.add(bag);
        }
        return bags;
    }

    private static Shape.Fields fault() {
        Map<String, Shape.Field> fields = new LinkedHashMap<>();
        note(fields, "line", Shape.TEXT, "All of it as one line; then nothing else is given.");
        note(fields, "where", Shape.TEXT, "dns, connect, link, smtp, tls or store.");
        note(fields, "what", Shape.TEXT, "What goes wrong; GET /lab/v1/fault-forms lists what there is.");
        for (Form form : FaultGrammar.forms()) {
            Stream.of(form.words(), form.where().whom(), Form.WHEN)
                    .flatMap(List::stream)
                    .forEach(word -> note(
                            fields,
                            word.name(),
                            Shape.ANYTHING,
                            form.where().name().toLowerCase(Locale.ROOT) + ": " + word.meaning() + "."));
        }
        note(fields, "id", Shape.WHOLE, "Shown, not taken.");
        note(fields, "asked", Shape.WHOLE, "Shown, not taken: how often something that it matches came by.");
        note(fields, "fired", Shape.WHOLE, "Shown, not taken: how often it struck.");
        return new Shape.Fields(List.copyOf(fields.values()));
    }

    private static void note(Map<String, Shape.Field> fields, String name, Shape shape, String description) {
        fields.putIfAbsent(name, Shape.optional(name, shape, description));
    }
}
