package dev.tarry.app;

import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.ServiceControl;
import dev.tarry.server.TransportService;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// The transport service as operators are shown it. Any thread.
///
/// @param redirecting where mail is being redirected to now
record TransportDesk(TransportService service, Supplier<Optional<String>> redirecting) implements ServiceControl.Desk {
    @Override
    public String name() {
        return TransportService.NAME;
    }

    @Override
    public String displayName() {
        return TransportService.DISPLAY_NAME;
    }

    @Override
    public String status() {
        return service.status().word();
    }

    @Override
    public Optional<String> redirectingTo() {
        return redirecting.get();
    }

    @Override
    public CompletableFuture<Void> order(ServiceControl.Verb verb) {
        CompletableFuture<TransportService.Status> order = switch (verb) {
            case PAUSE -> service.pause();
            case CONTINUE -> service.resume();
            case STOP -> service.stop();
            case START -> service.start();
            case RESTART -> service.restart();
        };
        return order.handle((_, failure) -> {
            if (failure != null) {
                throw refused(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
            return null;
        });
    }

    private static RuntimeException refused(Throwable failure) {
        return failure instanceof TransportService.Refused refused
                ? new OperationRefused(
                        refused.busy() ? OperationRefused.Reason.BUSY : OperationRefused.Reason.CONFLICT,
                        refused.getMessage())
                : new CompletionException(failure);
    }
}
