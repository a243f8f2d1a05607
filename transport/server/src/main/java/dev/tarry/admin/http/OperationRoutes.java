package dev.tarry.admin.http;

import dev.tarry.admin.Listing;
import dev.tarry.admin.OperationState;
import dev.tarry.admin.OperationState.Phase;
import dev.tarry.admin.Operations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Operations: verbs on everything that matches a filter. They take real time and not lab time, so waiting
/// for one is not a matter for `/api/v1/wait`, which would step a frozen clock.
///
/// @param operations those of this server
public record OperationRoutes(Operations operations) {
    /// How long a request may wait for the end, in seconds of real time.
    static final int MAX_WAIT = 60;

    /// How long the request that begins one waits, if nothing is said: most are over by then.
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /// How long a slice takes at most in any state worth waiting for.
    private static final Duration CANCELLING = Duration.ofSeconds(10);

    static final Shape OPERATION = Shape.fields(
                    Shape.required("id", Shape.WHOLE, "Names it; ids grow, over restarts of the server too."),
                    Shape.required("verb", Shape.TEXT.such("Remove-Message"), "What is done."),
                    Shape.required("what", Shape.TEXT, "The filter, or the target, that it was given."),
                    Shape.required(
                            "state",
                            Shape.oneOf(Arrays.stream(Phase.values())
                                    .map(Phase::word)
                                    .toList()),
                            "cancelled and failed: what it had not come to is as it was."),
                    Shape.required("objects", Shape.WHOLE, "How many there are to look at; 0 until that is known."),
                    Shape.required("looked", Shape.WHOLE, "How many of them have been looked at."),
                    Shape.required("matched", Shape.WHOLE, "How many of those are meant."),
                    Shape.required("done", Shape.WHOLE, "For how many of those it is done, and on disk."),
                    Shape.required("pending", Shape.WHOLE, "In flight: it will be so if their attempt fails."),
                    Shape.required("unchanged", Shape.WHOLE, "It was so already, or has no effect on them."),
                    Shape.required("gone", Shape.WHOLE, "Were there no more when it was their turn."),
                    Shape.required("refused", Shape.WHOLE, "Where Exchange does not do it."),
                    Shape.required(
                            "refusals",
                            new Shape.ListOf(Shape.fields(
                                    Shape.required("why", Shape.TEXT.such("submission-queue"), "A word that stays."),
                                    Shape.required("says", Shape.TEXT, "The reason, for people."),
                                    Shape.required("count", Shape.WHOLE, "How many were refused for it."))),
                            "Why, one by one."),
                    Shape.required("messages", Shape.WHOLE, "How many messages were concerned."),
                    Shape.required("started", Shape.MOMENT, "Lab time."),
                    Shape.required("ended", new Shape.Nullable(Shape.MOMENT), "Lab time; null while it goes on."),
                    Shape.required("problem", new Shape.Nullable(Shape.TEXT), "Why it failed."),
                    Shape.required(
                            "warning",
                            new Shape.Nullable(Shape.TEXT),
                            "What there is to know besides: where redirected messages have not been taken."))
            .named("Operation");

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/operations", "Operations under way, and the last that are over; newest first.")
                        .givesItems(
                                OPERATION,
                                "All of this run of the server that are kept: " + Operations.MAX_KEPT
                                        + " that are over. The server's end is theirs, and the rest is not done.")
                        .by(_ -> Reply.items(Listing.of(operations.list().stream()
                                .map(OperationState::bag)
                                .toList()))),
                waiting(in(Route.get("/api/v1/operations/{id}", "How an operation stands.")), Duration.ZERO)
                        .gives(OPERATION, "As it is now, or as it ended.")
                        .by(r -> later(id(r), wait(r, Duration.ZERO), r)),
                in(Route.post(
                                "/api/v1/operations/{id}/cancel",
                                "Ends an operation after what is under way; the rest is as it was."))
                        .gives(OPERATION, "How far it came; one that was over already is left alone.")
                        .by(r -> Reply.ok(operations.cancel(id(r), CANCELLING).bag())));
    }

    private static Route.Draft in(Route.Draft draft) {
        return draft.path("id", Shape.WHOLE.such(1767603600001L), "As it was given when the operation began.");
    }

    /// With the parameter that says how long to wait.
    static Route.Draft waiting(Route.Draft draft, Duration otherwise) {
        return draft.query(
                "wait",
                Shape.within(0, MAX_WAIT),
                "How many seconds, of real time, to wait for the operation's end; " + otherwise.toSeconds()
                        + " if not given.");
    }

    /// The answer to whoever has begun one.
    Reply begun(OperationState operation, Request request) {
        return later(operation.id(), wait(request, FIRST_WAIT), request);
    }

    private Reply later(long id, Duration wait, Request request) {
        CompletableFuture<OperationState> over = operations.over(id);
        boolean begins = !request.path().containsKey("id");
        return new Reply.Later(caller -> {
            CompletableFuture<Void> gone = new CompletableFuture<>();
            caller.whenGone(() -> gone.complete(null));
            try {
                CompletableFuture.anyOf(over, gone).get(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // it goes on
            } catch (ExecutionException e) {
                throw new IllegalStateException("an operation ends, and does not fail to", e);
            }
            OperationState state = operations.find(id);
            int status = begins && !state.over() ? 202 : 200;
            Reply reply = new Reply.Json(status, state.bag());
            return begins ? reply.at("/api/v1/operations/" + id) : reply;
        });
    }

    private static Duration wait(Request request, Duration otherwise) {
        return request.query("wait")
                .map(text -> Duration.ofSeconds(Integer.parseInt(text)))
                .orElse(otherwise);
    }

    private static long id(Request request) {
        String text = request.path("id");
        if (text.length() <= 18 && text.matches("[0-9]+")) {
            return Long.parseLong(text);
        }
        throw new ProblemException(
                Problem.notFound("There is no operation " + Problems.quoted(text) + "; its id is a number."));
    }
}
