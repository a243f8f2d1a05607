package dev.tarry.queue;

/// The queues are closed because somebody has stopped the service: they are there again when it is started.
public final class ServiceStoppedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ServiceStoppedException() {
        super("the transport service is stopped");
    }
}
