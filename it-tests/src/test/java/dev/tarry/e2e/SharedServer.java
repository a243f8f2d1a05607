package dev.tarry.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Lends one server with its lab to every story that asks for it, with good weather at the beginning of each. Stories
/// take domains of their own, so that a queue or a cached answer of one is nothing to another. At the end it must end
/// in good order.
final class SharedServer implements ParameterResolver, BeforeEachCallback {
    private static final String KEY = "server";

    private record Held(TarryProcess process) implements AutoCloseable {
        @Override
        public void close() {
            try (process) {
                process.stop();
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server(context).client().resetLab();
        server(context).client().runClock(1);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TarryProcess.class;
    }

    @Override
    public TarryProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static TarryProcess server(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServer.class))
                .computeIfAbsent(KEY, _ -> new Held(TarryProcess.serve(folder())), Held.class)
                .process();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("shared-server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
