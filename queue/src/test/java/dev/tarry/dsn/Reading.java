package dev.tarry.dsn;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Properties;
import org.eclipse.angus.mail.dsn.MultipartReport;

/// Reads reports with somebody else's code.
final class Reading {
    private Reading() {}

    static MimeMessage message(DsnRequest request) throws Exception {
        byte[] octets = Samples.octets(DsnWriter.write(request), request.original());
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    static MultipartReport report(MimeMessage message) throws Exception {
        return assertInstanceOf(MultipartReport.class, message.getContent());
    }

    static String plainText(DsnRequest request) throws Exception {
        BodyPart human = report(message(request)).getBodyPart(0);
        return human.getContent() instanceof Multipart alternative
                ? (String) alternative.getBodyPart(0).getContent()
                : (String) human.getContent();
    }

    static String html(DsnRequest request) throws Exception {
        Multipart alternative =
                (Multipart) report(message(request)).getBodyPart(0).getContent();
        return (String) alternative.getBodyPart(1).getContent();
    }

    static String address(Address address) {
        return ((InternetAddress) address).getAddress();
    }
}
