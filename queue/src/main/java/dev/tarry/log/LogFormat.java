package dev.tarry.log;

import java.time.Instant;
import java.util.List;

/// What the files of one log look like. Pure; any thread.
public interface LogFormat<E> {
    /// With what the names of its files begin: `MSGTRK`. Capitals only.
    String prefix();

    /// `#Log-type`.
    String type();

    /// `#Version`: that of the format.
    default String version() {
        return "15.0.0.0";
    }

    /// Columns in file order; the first is the time.
    List<String> fields();

    /// When it happened, in lab time.
    Instant time(E entry);

    /// One line, without its CRLF, with every field escaped.
    String line(E entry);

    /// The lines that a file begins with, with CRLFs.
    ///
    /// @param date when the file was begun
    default String header(Instant date) {
        return "#Software: Microsoft Exchange Server\r\n#Version: " + version() + "\r\n#Log-type: " + type()
                + "\r\n#Date: " + LogTime.text(date) + "\r\n#Fields: " + String.join(",", fields()) + "\r\n";
    }
}
